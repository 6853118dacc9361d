import type { Plan } from '../plan.js';
import type { Journal, Remediation } from '../ports/index.js';

/** A plan that cannot go on without a person. */
export interface WaitingPlan {
  readonly plan: Plan;
  /** Why it waits, as the daemon wrote it down. */
  readonly reason: string;
  readonly message: string;
  readonly since: string;
}

/** Plans of which a step waits for an approval; of those that were split, the parts. */
export async function waitingFor(journal: Journal): Promise<readonly WaitingPlan[]> {
  const held = new Map<string, Remediation>();
  for (const remediation of await journal.remediations(0)) {
    const { state, planHash } = remediation;
    if (state === 'WaitingApproval' && !held.has(planHash)) held.set(planHash, remediation);
  }
  if (held.size === 0) return [];
  const plans = await journal.plans('');
  const split = new Set(plans.map(({ partOf }) => partOf?.hash));
  return plans.flatMap((plan) => {
    // Approving the whole would not help where it reaches too far: its parts stand for it.
    if (split.has(plan.hash)) return [];
    const remediation = held.get(plan.hash) ?? held.get(plan.partOf?.hash ?? '');
    if (remediation === undefined) return [];
    const { reason, message, updatedAt } = remediation;
    return [{ plan, reason, message, since: updatedAt }];
  });
}
