import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { unsettled, type Judgement } from '../../core/judgement.js';

/** What it takes to look inside units: the identity, and the very line of the policy. */
export function workloadPermission(app?: ApplicationView): string {
  if (app === undefined) return permissionFor('MODEL');
  let permission = permissions.get(app.model);
  if (permission === undefined) permissions.set(app.model, (permission = permissionFor(app.model.name)));
  return permission;
}

/** The same text for all applications of a model: most controls on the inside of units say it. */
const permissions = new WeakMap<ModelView, string>();

function permissionFor(model: string): string {
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
