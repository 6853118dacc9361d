/** How the daemon changes passwords, and remembers when it did. */
import type { Policy } from '../../core/policy/policy.js';
import type { Clock, Journal, RotationPorts } from '../../core/ports/index.js';
import type { RotationMeans } from '../carrier.js';
import { RotationHistory } from './history.js';
import { withPassword } from './own-passwords.js';
import { Rotator } from './rotator.js';

/** What changes when one of our own identities gets another password. */
interface InForce {
  policy: Policy;
  passwordChanged: (before: Policy, after: Policy) => void;
}

interface RotationOptions {
  readonly store: Journal;
  readonly clock: Clock;
  readonly rotation?: RotationPorts;
}

export interface Rotation {
  readonly history: RotationHistory;
  /** Absent: no passwords are changed. */
  readonly rotator: Rotator | undefined;
}

export function makeRotation({ store, clock, rotation }: RotationOptions, inForce: InForce): Rotation {
  const history = new RotationHistory(store, clock);
  if (rotation === undefined) return { history, rotator: undefined };
  const rotator = new Rotator({
    ...rotation,
    clock,
    adopt: (account, password) => {
      rotation.adopt(account, password);
      const before = inForce.policy;
      inForce.policy = withPassword(before, account, password);
      inForce.passwordChanged(before, inForce.policy);
    },
  });
  return { history, rotator };
}

export function meansOf({ history, rotator }: Rotation): RotationMeans | undefined {
  return rotator && { history, rotator };
}
