/**
 * The names that Juju itself allows, written so that there is one way only to match them: a name must not cost time that
 * grows with the ways. Others come from a broken or hostile controller and are dropped at the edge.
 */
const application = /^[a-z][a-z0-9]*(?:-[0-9]*[a-z][a-z0-9]*)*$/;
const unit = /^([a-z][a-z0-9]*(?:-[0-9]*[a-z][a-z0-9]*)*)\/(?:0|[1-9]\d{0,9})$/;
const endpoint = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/;
const machine = /^(?:0|[1-9]\d*)(?:\/[a-z]+\/(?:0|[1-9]\d*))*$/;
const model = /^[a-z0-9][a-z0-9-]*$/;
const user = /^[a-z0-9](?:[a-z0-9.+-]*[a-z0-9])?(?:@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)?$/i;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Longer names than any cloud would take. */
const longest = 200;

function within(pattern: RegExp): (name: string) => boolean {
  return (name) => name.length <= longest && pattern.test(name);
}

export const isApplicationName = within(application);
export const isEndpointName = within(endpoint);
export const isMachineId = within(machine);
export const isModelName = within(model);
export const isUserName = within(user);
export const isUuid = within(uuid);

/** The application of a unit's name, or undefined when the name is none. */
export function applicationOfUnit(name: string): string | undefined {
  return name.length <= longest ? unit.exec(name)?.[1] : undefined;
}

/** Told of each name that was dropped: of what it should have been the name, and the name itself. */
export type OnBadName = (what: string, name: string) => void;
