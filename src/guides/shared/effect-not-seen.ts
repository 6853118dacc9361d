import { unsettled, type Judgement } from '../../core/judgement.js';
import { workloadPermission } from './workload-evidence.js';

/**
 * The effect of a change that nothing shows yet from outside: a remediation that waits for it ends in review, because
 * a relation only asks for encryption.
 */
export function effectNotSeen(what: string): Judgement {
  return unsettled('EffectNotSeen', `${what} was not looked at; needs ${workloadPermission}`);
}
