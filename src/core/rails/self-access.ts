/** Actions on users: ours are never touched, and somebody must be left who may mend things. */
import type { Action } from '../action/action.js';
import { isKnown } from '../fact.js';
import type { ControllerState } from '../snapshot.js';

export interface Harm {
  readonly reason: string;
  readonly message: string;
}

interface Users {
  readonly controller: ControllerState;
  /** Names of our own identities on it. */
  readonly ourselves: readonly string[];
}

export function accessHarm(action: Action, { controller, ourselves }: Users): Harm | undefined {
  // Who rotates a password of ours keeps the old one until the new one is seen to work.
  if (!('user' in action) || action.type === 'rotate-user-password') return undefined;
  const user = plain(action.user);
  if (isOurs(user, ourselves)) {
    const message = `${action.user} is an identity of Holdfast itself: its access is changed by a person only`;
    return { reason: 'OurOwnIdentity', message };
  }
  return lowersController(action) ? lastSuperuser(user, controller) : undefined;
}

/** Local users may be written with the domain that they have none of; Juju tells no cases apart. */
function plain(user: string): string {
  return user.toLowerCase().replace(/@local$/, '');
}

/** What everyone from outside is granted is ours too, where an identity of ours comes from outside. */
function isOurs(user: string, ourselves: readonly string[]): boolean {
  const ours = ourselves.map(plain);
  return ours.includes(user) || (user === 'everyone@external' && ours.some((name) => name.includes('@')));
}

function lowersController(action: Action): boolean {
  return action.type === 'disable-user' || (action.type === 'revoke' && action.on === undefined);
}

function lastSuperuser(user: string, { name: place, users }: ControllerState): Harm | undefined {
  if (!isKnown(users)) {
    const message = `the users of ${place} were not read: ${user} may be its last superuser`;
    return { reason: 'SuperusersNotSeen', message };
  }
  const isOne = users.value.some(({ name, access }) => plain(name) === user && access === 'superuser');
  const others = users.value.filter(
    ({ name, access, disabled }) => access === 'superuser' && !disabled && plain(name) !== user,
  );
  if (!isOne || others.length > 0) return undefined;
  return {
    reason: 'LastSuperuser',
    message: `without ${user} no enabled superuser is left on ${place}`,
  };
}
