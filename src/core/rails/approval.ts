import { recipeTitle } from '../action/recipe.js';
import type { ProposedStep } from '../plan.js';
import type { Decision } from '../ports/index.js';
import { millis } from '../time.js';
import { standingOf } from './covering.js';
import { needsApproval } from './holds.js';
import { limitsOf } from './limits-of.js';
import type { Hold, Rail, RailScene } from './rail.js';

/** What cannot be undone always needs a person; what disrupts does unless the policy lets it through. */
export const approval: Rail = (step, scene) => {
  const { denial, approvals, lapsed } = standingOf(step, scene);
  if (denial !== undefined) return { hold: denied(denial), note: `denied by ${denial.by}` };
  const [given] = approvals;
  if (given !== undefined) return { note: `approved by ${given.by} until ${given.expiresAt}` };
  const why = needOf(step, scene);
  if (why === undefined) return { note: 'needs none' };
  const before = lapsed === undefined ? '' : `; ${lapsed}`;
  return { hold: needsApproval('ApprovalNeeded', `needs an approval: ${why}${before}`), note: why };
};

/** Why a person has to say yes; undefined when nobody has to. In a window the window itself lets it through. */
function needOf(step: ProposedStep, { askAlways }: RailScene): string | undefined {
  const { irreversible, disruptive, recipe } = step.action;
  if (irreversible !== undefined) return `it cannot be undone: ${irreversible}`;
  if (recipe !== undefined) return `it is a step of ${recipeTitle(recipe)}, which cannot be undone`;
  if (disruptive && limitsOf(step).disruptive === 'approval') return 'it is disruptive';
  return askAlways === true ? 'nothing is done here that was not approved' : undefined;
}

function denied({ by, expiresAt, reason }: Decision): Hold {
  const message = `denied by ${by} until ${expiresAt}${reason === undefined ? '' : `: ${reason}`}`;
  return { ...needsApproval('PlanDenied', message), until: millis(expiresAt) };
}
