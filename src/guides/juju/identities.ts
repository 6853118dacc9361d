import type { ControllerView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import type { NamedUsers } from '../../core/policy/users.js';

/** Accounts that Juju itself makes: they are judged, and never changed. */
const jujusOwn: ReadonlySet<string> = new Set(['juju-metrics', 'everyone@external']);

export const everyone = 'everyone@external';

export function isJujusOwn(user: string): boolean {
  return jujusOwn.has(user);
}

/** Whether the account lives in Juju itself; others belong to an identity provider and have no dates. */
export function isLocalUser(user: string): boolean {
  return !user.includes('@');
}

/** The users that we ourselves are on this controller, by the policy and by what the connections say. */
export function ourNames(
  controller: ControllerView,
  context: { readonly ourselves: readonly string[] },
): ReadonlySet<string> {
  const self = valueOf(controller.get('self'));
  return new Set([...context.ourselves, ...(self?.identities ?? []).map((identity) => identity.user)]);
}

/** Who is superuser of the controller, and who may be one by the policy: above every level that can be granted. */
export function superuserNames(
  controller: ControllerView,
  context: { readonly users: Pick<NamedUsers, 'superusers'> },
): ReadonlySet<string> {
  const accounts = valueOf(controller.get('users')) ?? [];
  const holders = accounts.filter(({ access }) => access === 'superuser').map(({ name }) => name);
  return new Set([...holders, ...(context.users.superusers ?? [])]);
}

/**
 * Whether a user may be named in a command and changed: not Juju's own, not ourselves, and a name that no
 * command line takes for anything else.
 */
export function mayBeChanged(user: string, ours: ReadonlySet<string>): boolean {
  return !isJujusOwn(user) && !ours.has(user) && isPlainName(user);
}

/** A name as Juju allows it; anything else is left to a person. */
export function isPlainName(name: string): boolean {
  return plainName.test(name);
}

const plainName = /^[a-z\d][\w.+@-]*$/i;
