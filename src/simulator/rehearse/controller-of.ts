import { isKnown, valueOf } from '../../core/fact.js';
import type { ControllerState, ModelState, UserAccount } from '../../core/snapshot.js';
import { millis } from '../../core/time.js';
import type { CloudSpec, ControllerSpec, UserSpec } from '../world/spec.js';
import type { ControllerLevel } from '../world/state.js';
import { defined } from './defined.js';
import type { Doubts } from './doubts.js';

const dayMs = 86_400_000;

/** The controller itself as the simulator builds it, without its models. `now` in ms. */
export function controllerFrom(
  state: ControllerState,
  now: number,
  doubts: Doubts,
): Omit<ControllerSpec, 'models'> {
  const version = versionOf(state);
  if (version === undefined) doubts.add("the controller's version was not read: it is rehearsed as Juju 4.0");
  if (!isKnown(state.users)) doubts.add('the users of the controller were not read');
  const own = Object.values(state.models).find((model) => isController(model));
  return {
    name: state.name,
    ...(version === undefined ? {} : { version, flavour: version.startsWith('3') ? '3.6' : '4.0' }),
    cloud: cloudOf(state, doubts),
    users: usersOf(state, now),
    config: configOf(state),
    controllerModel: {
      blocks: (own && valueOf(own.blocks)) ?? [],
      nodes: Math.max(1, unitCount(own)),
    },
  };
}

/** The controller's own, or that of its models where only they were read. */
function versionOf(state: ControllerState): string | undefined {
  const models = Object.values(state.models).flatMap((model) => valueOf(model.info)?.version ?? []);
  return valueOf(state.info)?.version ?? models[0];
}

/** Such a model is made by the simulated controller itself. */
export function isController(model: ModelState): boolean {
  return valueOf(model.info)?.isController === true || model.name === 'controller';
}

function unitCount(model: ModelState | undefined): number {
  const units = model?.applications['controller']?.units;
  return units === undefined ? 1 : Object.keys(valueOf(units) ?? {}).length;
}

function cloudOf(state: ControllerState, doubts: Doubts): CloudSpec {
  const infos = Object.values(state.models).flatMap((model) => valueOf(model.info) ?? []);
  const clouds = valueOf(state.clouds) ?? {};
  const name = infos.flatMap(({ cloud }) => cloud ?? [])[0] ?? Object.keys(clouds)[0];
  const own = name === undefined ? undefined : clouds[name];
  const [type = own?.type] = infos.flatMap(({ provider }) => provider ?? []);
  if (type !== undefined) return defined<CloudSpec>({ name, type, users: own?.users });
  // Most clouds have a firewall; without one, closing a port could not be seen to work.
  const usual = infos.some((info) => info.type === 'caas') ? 'kubernetes' : 'openstack';
  doubts.add(`the provider of the cloud was not read: rehearsed as ${usual}`);
  return defined<CloudSpec>({ name, type: usual, users: own?.users });
}

/** Those that were read, and whoever holds a level somewhere: Juju knows no grants of users who are not there. */
function usersOf(state: ControllerState, now: number): readonly UserSpec[] {
  const read = (valueOf(state.users) ?? []).map((user) => userFrom(user, now));
  const names = new Set(read.map(({ name }) => name));
  const holders = Object.values(state.models).flatMap((model) => [
    ...(valueOf(model.users) ?? []).map(({ name }) => name),
    ...Object.values(valueOf(model.offers) ?? {}).flatMap(({ users = {} }) => Object.keys(users)),
  ]);
  const others = [...new Set(holders)].filter((name) => !names.has(name) && !builtIn.has(name));
  return [...read, ...others.map((name) => ({ name }))];
}

/** Made by the simulated controller itself. */
const builtIn: ReadonlySet<string> = new Set(['admin', 'everyone@external']);

const levels: ReadonlySet<string> = new Set(['', 'login', 'superuser']);

function userFrom(user: UserAccount, now: number): UserSpec {
  const { name, displayName, access, disabled, created, lastConnection } = user;
  return {
    name,
    displayName,
    disabled,
    access: levels.has(access) ? (access as ControllerLevel) : 'login',
    ...(created === undefined ? {} : { createdDaysAgo: (now - millis(created)) / dayMs }),
    ...(lastConnection === undefined
      ? {}
      : { lastConnectionDaysAgo: (now - millis(lastConnection)) / dayMs }),
  };
}

/** Its names and keys are its own. */
const identity: ReadonlySet<string> = new Set([
  'controller-name',
  'controller-uuid',
  'system-ssh-keys',
  'ca-cert',
]);

function configOf({ config }: ControllerState): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(valueOf(config) ?? {}).filter(([key]) => !identity.has(key)));
}
