import type { Plan } from '../../core/plan.js';
import type { Approval } from '../../core/ports/index.js';
import { renderPlan } from './plan.js';
import { columnsOf } from './style.js';
import { clean, second, wrap } from './text.js';

interface Look {
  readonly columns: number | undefined;
  readonly color: boolean;
}

/** What a person decided on, and what follows from it. */
export function renderDecision(approval: Approval, plan: Plan, waits: boolean, look: Look): string {
  const { decision, by, expiresAt } = approval;
  const approved = decision === 'approve';
  const said = `${approved ? 'Approved' : 'Denied'} by ${clean(by)} until ${second(expiresAt)}.`;
  const text = `${said} ${approved ? afterApproval(plan, waits) : afterDenial(plan)}`;
  return `${renderPlan(plan, look)}\n${wrap(text, columnsOf(look.columns)).join('\n')}\n`;
}

function afterApproval({ id }: Plan, waits: boolean): string {
  const takeBack = `holdfast deny ${id} takes it back.`;
  return waits
    ? `The daemon carries it out as soon as nothing else holds it back; ${takeBack}`
    : `Nothing waits for this plan just now: the approval counts if it is asked for again; ${takeBack}`;
}

function afterDenial({ id }: Plan): string {
  return `Nothing of it is done until then; holdfast approve ${id} takes it back.`;
}
