import { durationText } from '../duration.js';
import { InputError } from '../input-error.js';
import { hashOf, type Plan } from '../plan.js';
import type { Approval, AuditEntry, Journal } from '../ports/index.js';
import { targetLabel } from '../target.js';
import { instant } from '../time.js';
import { findPlan } from './find-plan.js';
import { spanOf } from './moments.js';
import type { Saying } from './saying.js';
import { waitingFor } from './waiting.js';

export interface DecisionRequest {
  /** Id or hash of the plan, or the beginning of it. */
  readonly plan: string;
  readonly decision: Approval['decision'];
  /** How long it counts, as in `24h`; as long as the policy says where absent. */
  readonly valid?: string | undefined;
}

export interface Decided {
  readonly approval: Approval;
  readonly plan: Plan;
  /** Whether something waits for that word just now. */
  readonly waits: boolean;
}

/** Writes a person's word on a plan, bound to its hash, and who gave it. @throws InputError */
export async function decide(journal: Journal, request: DecisionRequest, saying: Saying): Promise<Decided> {
  const plan = await findPlan(journal, request.plan);
  const { by, reason, now } = saying;
  const said = {
    planHash: plan.hash,
    decision: request.decision,
    by,
    at: instant(now),
    expiresAt: instant(now + validity(plan, request, saying) * 1000),
    ...(reason === undefined ? {} : { reason }),
  };
  const approval: Approval = { id: `a-${hashOf(said).slice(0, 10)}`, ...said };
  const entry = entryOf(approval, plan, saying);
  await journal.write({ type: 'approval', approval }, { type: 'audit', entry });
  const waits = (await waitingFor(journal)).some(({ plan: { hash } }) => hash === plan.hash);
  return { approval, plan, waits };
}

/** Seconds. @throws InputError for an approval that would count longer than the policy allows. */
function validity(
  { limits: { approvalValidity } }: Plan,
  { decision, valid }: DecisionRequest,
  { called }: Saying,
): number {
  if (valid === undefined) return approvalValidity;
  const name = called('valid');
  const span = spanOf(valid, name);
  if (decision === 'approve' && span > approvalValidity)
    throw new InputError(
      `${name}: the policy lets an approval of this plan count for ${durationText(approvalValidity)} at most`,
    );
  return span;
}

function entryOf(approval: Approval, plan: Plan, { via }: Saying): AuditEntry {
  const { decision, by, at, expiresAt, reason, planHash } = approval;
  const word = decision === 'approve' ? 'approved' : 'denied';
  const body = { plan: planHash, target: plan.target, expiresAt, argv: plan.actions.map(({ argv }) => argv) };
  return {
    at,
    actor: by,
    event: decision === 'approve' ? 'PlanApproved' : 'PlanDenied',
    why: reason ?? `${by} ${word} plan ${plan.id} for ${targetLabel(plan.target)}`,
    body: via === undefined ? body : { ...body, via },
  };
}
