import type { ControllerAccess, Credentials } from '../core/policy/policy.js';
import type { Account } from '../core/ports/index.js';

/** Passwords of our own identities that may change while they are in use. */
export interface LivePasswords {
  /** The same access; its passwords are what they are at the moment at which they are read. */
  over(access: ControllerAccess): ControllerAccess;
  /** Sessions that are open go on; whoever logs in from now on takes this one. */
  change(account: Account, password: string): void;
}

export function livePasswords(): LivePasswords {
  const known = new Map<string, string>();
  const live = (controller: string, identity: Credentials): Credentials => {
    const key = keyOf({ controller, user: identity.user });
    known.set(key, identity.password);
    return {
      ...identity,
      get password() {
        return known.get(key) ?? identity.password;
      },
    };
  };
  return {
    over: ({ observer, auditor, prober, remediator, ...access }) => ({
      ...access,
      observer: live(access.name, observer),
      ...(auditor === undefined ? {} : { auditor: live(access.name, auditor) }),
      ...(prober === undefined ? {} : { prober: live(access.name, prober) }),
      ...(remediator === undefined ? {} : { remediator: live(access.name, remediator) }),
    }),
    change: (account, password) => {
      known.set(keyOf(account), password);
    },
  };
}

function keyOf({ controller, user }: Account): string {
  return JSON.stringify([controller, user]);
}
