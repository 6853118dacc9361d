/** One write each, inside a transaction. */
import { endStates } from '../../core/ports/index.js';
import type { Approval, Mark, Pause, Quarantine, Remediation, Step, Write } from '../../core/ports/index.js';
import type { Plan } from '../../core/plan.js';
import { targetKey } from '../../core/target.js';
import { millis } from '../../core/time.js';
import { noSuchPlan } from '../refusals.js';
import { append } from './audit.js';
import type { Trx } from './engine.js';
import { applyNotified } from './notify.js';
import { putRotation } from './rotation.js';

export async function apply(trx: Trx, write: Write, fence: number): Promise<unknown> {
  switch (write.type) {
    case 'remediation':
      return putRemediation(trx, write.remediation, fence);
    case 'step':
      return putStep(trx, write.step, fence);
    case 'plan':
      return putPlan(trx, write.plan);
    case 'approval':
      return putApproval(trx, write.approval);
    case 'quarantine':
      return putQuarantine(trx, write.quarantine);
    case 'clear':
      return trx.deleteFrom('quarantine').where('id', '=', write.quarantine).execute();
    case 'pause':
      return putPause(trx, write.pause);
    case 'resume':
      return trx.deleteFrom('pause').where('id', '=', write.pause).execute();
    case 'mark':
      return addMark(trx, write.mark);
    case 'rotation':
      return putRotation(trx, write.rotation);
    case 'audit':
      return append(trx, write.entry);
    default:
      return applyNotified(trx, write);
  }
}

function putRemediation(trx: Trx, remediation: Remediation, fence: number): Promise<unknown> {
  const { id, planHash, target, state, updatedAt } = remediation;
  const standing = {
    plan_hash: planHash,
    target: targetKey(target),
    state,
    ended: Number(endStates.has(state)),
    updated_ms: millis(updatedAt),
    fence,
    body: JSON.stringify(remediation),
  };
  return trx
    .insertInto('remediation')
    .values((row) => ({
      id,
      n: row
        .selectFrom('remediation')
        .select((of) => of(of.fn.coalesce(of.fn.max('n'), of.lit(0)), '+', 1).as('n')),
      ...standing,
    }))
    .onConflict((there) => there.column('id').doUpdateSet(standing))
    .execute();
}

function putStep(trx: Trx, step: Step, fence: number): Promise<unknown> {
  const { remediation, n, state } = step;
  const standing = { state, fence, body: JSON.stringify(step) };
  return trx
    .insertInto('step')
    .values({ remediation, n, ...standing })
    .onConflict((there) => there.columns(['remediation', 'n']).doUpdateSet(standing))
    .execute();
}

function putPlan(trx: Trx, plan: Plan): Promise<unknown> {
  const shown = { at_ms: millis(plan.createdAt), body: JSON.stringify(plan) };
  return trx
    .insertInto('plan')
    .values({ hash: plan.hash, ...shown })
    .onConflict((there) => there.column('hash').doUpdateSet(shown))
    .execute();
}

/** Keeps the plan with the word on it, for its text may be written anew under the same hash. */
async function putApproval(trx: Trx, approval: Approval): Promise<unknown> {
  const { planHash, at, expiresAt } = approval;
  const plan = await trx.selectFrom('plan').select('body').where('hash', '=', planHash).executeTakeFirst();
  if (plan === undefined) throw noSuchPlan(planHash);
  const word = {
    at_ms: millis(at),
    expires_ms: millis(expiresAt),
    body: JSON.stringify(approval),
    plan: plan.body,
  };
  return trx
    .insertInto('approval')
    .values({ plan_hash: planHash, ...word })
    .onConflict((there) => there.column('plan_hash').doUpdateSet(word))
    .execute();
}

function putQuarantine(trx: Trx, quarantine: Quarantine): Promise<unknown> {
  const { id, since, control, target } = quarantine;
  const standing = {
    since_ms: millis(since),
    control,
    target: targetKey(target),
    body: JSON.stringify(quarantine),
  };
  return trx
    .insertInto('quarantine')
    .values({ id, ...standing })
    .onConflict((there) => there.column('id').doUpdateSet(standing))
    .execute();
}

function putPause(trx: Trx, pause: Pause): Promise<unknown> {
  const { id, at, until } = pause;
  const standing = {
    at_ms: millis(at),
    until_ms: until === undefined ? null : millis(until),
    body: JSON.stringify(pause),
  };
  return trx
    .insertInto('pause')
    .values({ id, ...standing })
    .onConflict((there) => there.column('id').doUpdateSet(standing))
    .execute();
}

function addMark(trx: Trx, mark: Mark): Promise<unknown> {
  const { at, controller, kind } = mark;
  return trx
    .insertInto('mark')
    .values((row) => ({
      n: row.selectFrom('mark').select((of) => of(of.fn.coalesce(of.fn.max('n'), of.lit(0)), '+', 1).as('n')),
      at_ms: millis(at),
      controller,
      kind,
      body: JSON.stringify(mark),
    }))
    .execute();
}
