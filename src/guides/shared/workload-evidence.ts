import type { ApplicationView } from '../../core/evaluate/view.js';
import { unsettled, type Judgement } from '../../core/judgement.js';

/** What it takes to look inside units: the identity, and the very line of the policy. */
export function workloadPermission(app?: ApplicationView): string {
  const model = app === undefined ? 'MODEL' : app.model.name;
  return `workload evidence: a prober identity with model admin, turned on by the policy line "workload: [{ match: { model: ${model} } }]"`;
}

/** The reasons that `workloadNeeded` gives. */
export const workloadReasons = {
  WorkloadEvidenceOff:
    'This can only be seen inside the units, which nobody has allowed Holdfast to look into.',
} as const;

/** The honest answer where only the inside of the units would tell. */
export function workloadNeeded(what: string, app?: ApplicationView): Judgement {
  return unsettled('WorkloadEvidenceOff', `${what} was not looked at; needs ${workloadPermission(app)}`);
}
