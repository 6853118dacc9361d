/** How far a plan reaches, held against its limits. */
import type { PlannedAction } from '../action/planned.js';
import type { Rails } from '../policy/rails.js';
import type { ModelState } from '../snapshot.js';
import { changedBy, statesOf, unitsOf } from './places.js';

type Acting = Pick<PlannedAction, 'args' | 'preconditions'>;
type Caps = Pick<Rails, 'applications' | 'percent' | 'units' | 'actions'>;

/** What a plan changes. */
export interface Reach {
  readonly applications: readonly string[];
  readonly units: number;
  readonly actions: number;
}

/** One limit that is passed: what there is of it, and what may be. */
export interface Excess {
  readonly what: string;
  readonly is: number;
  readonly most: number;
}

export function reachOf(actions: readonly Acting[], model: ModelState | undefined): Reach {
  const applications = [...new Set(actions.flatMap(changedBy))];
  const states = statesOf(applications, model);
  return {
    applications,
    units: states.reduce((sum, app) => sum + unitsOf(app).length, 0),
    actions: actions.length,
  };
}

/** The limits that a plan passes, none when it keeps to them. */
export function excessOf(
  actions: readonly Acting[],
  model: ModelState | undefined,
  caps: Caps,
): readonly Excess[] {
  const reach = reachOf(actions, model);
  const touched = reach.applications.length;
  const share = shareOf(caps.percent, model);
  return [
    { what: 'applications', is: touched, most: caps.applications },
    { what: `applications (${caps.percent} % of the model's)`, is: touched, most: share },
    { what: 'units', is: reach.units, most: caps.units },
    { what: 'actions', is: reach.actions, most: caps.actions },
  ].filter(({ is, most }) => is > most);
}

/** So many per cent of the model's applications, rounded up, one at least. */
function shareOf(percent: number, model: ModelState | undefined): number {
  if (model === undefined) return Infinity;
  return Math.max(1, Math.ceil((Object.keys(model.applications).length * percent) / 100));
}

export function excessText({ what, is, most }: Excess): string {
  return `${is} ${what}, ${most} allowed`;
}
