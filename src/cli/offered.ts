/** What `holdfast apply` offers to a person: plans, and in place of those that reach too far their parts. */
import type { Plan } from '../core/plan.js';
import type { PlanSheet, StepSheet } from './plan-sheets.js';

export interface Offered {
  readonly plans: readonly Plan[];
  /** What the rails say of them once a person has approved them. */
  readonly sheets: readonly PlanSheet[];
  /** What can be approved. */
  readonly choices: readonly Plan[];
}

export function offeredFrom(plans: readonly Plan[], sheets: readonly PlanSheet[]): Offered {
  const parts = new Map(sheets.map((sheet) => [sheet.plan.hash, sheet.parts]));
  return {
    plans,
    sheets: sheets.map((sheet) => ({ ...sheet, steps: sheet.steps.map(approved) })),
    choices: plans.flatMap((plan) => {
      const split = parts.get(plan.hash) ?? [];
      return split.length === 0 ? [plan] : split;
    }),
  };
}

/** A person's word lifts these rails. */
const lifted: ReadonlySet<string> = new Set(['mode', 'approval', 'blast-radius']);

function approved({ action, verdicts }: StepSheet): StepSheet {
  const left = verdicts.filter(({ rail, hold }) => hold === undefined || !lifted.has(rail));
  const hold = left.find((verdict) => verdict.hold !== undefined)?.hold;
  return { action, verdicts: left, ...(hold === undefined ? {} : { hold }) };
}
