/** Cuts a plan that reaches too far into parts that a person can approve one by one. */
import type { PlannedAction } from '../action/planned.js';
import { recipeId } from '../action/recipe.js';
import { planHash, type Plan, type Proposal, type ProposedStep } from '../plan.js';
import { findingId } from '../report/build.js';
import type { ModelState } from '../snapshot.js';
import { changedBy } from './places.js';
import { excessOf } from './reach.js';

/**
 * The parts, in the order in which they are to be done; none where the plan keeps to its limits. What depends on each
 * other stays together as far as the limits allow. An action that passes them all alone is a part of its own, and stays
 * refused until the limits are raised.
 */
export function splitPlan({ plan, steps }: Proposal, model: ModelState | undefined): readonly Plan[] {
  const places = new Map(steps.map((step, index) => [step, index]));
  const inOrder = (part: Steps): Steps =>
    [...part].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const fits = (part: readonly ProposedStep[]): boolean =>
    excessOf(
      part.map(({ action }) => action),
      model,
      plan.limits,
    ).length === 0;
  if (fits(steps)) return [];
  const parts = packed(groupsOf(steps).map(inOrder), fits).map(inOrder);
  return parts.map((part, index) => partPlan(plan, part, { n: index + 1, of: parts.length }));
}

type Steps = readonly ProposedStep[];

/** Steps that belong together: they change the same application, or one waits for what another changes. */
function groupsOf(steps: Steps): readonly Steps[] {
  let groups: { readonly steps: Steps; readonly changed: ReadonlySet<string> }[] = [];
  for (const step of steps) {
    const names = [...changedBy(step.action), ...awaitedBy(step.action)];
    const bound = groups.filter(({ changed }) => names.some((name) => changed.has(name)));
    const first = bound[0];
    const joined = {
      steps: [...bound.flatMap((group) => group.steps), step],
      changed: new Set([...bound.flatMap(({ changed }) => [...changed]), ...changedBy(step.action)]),
    };
    if (first === undefined) groups = [...groups, joined];
    else
      groups = groups.flatMap((group) => (group === first ? [joined] : bound.includes(group) ? [] : [group]));
  }
  return groups.map((group) => group.steps);
}

/** Applications whose state an action waits for. */
function awaitedBy({ preconditions }: PlannedAction): readonly string[] {
  return preconditions.flatMap((condition) =>
    condition.type === 'related' || condition.type === 'application-settled' ? [condition.application] : [],
  );
}

/** Fills part after part; a group that fits into none is cut between its steps. */
function packed(groups: readonly Steps[], fits: (part: Steps) => boolean): readonly Steps[] {
  const parts: Steps[] = [];
  for (const group of groups) {
    for (const piece of fits(group) ? [group] : cut(group, fits)) {
      const last = parts.at(-1);
      const longer = [...(last ?? []), ...piece];
      if (last !== undefined && fits(longer)) parts[parts.length - 1] = longer;
      else parts.push(piece);
    }
  }
  return parts;
}

function cut(group: Steps, fits: (part: Steps) => boolean): readonly Steps[] {
  const pieces: Steps[] = [];
  for (const step of group) {
    const longer = [...(pieces.at(-1) ?? []), step];
    if (pieces.length > 0 && fits(longer)) pieces[pieces.length - 1] = longer;
    else pieces.push([step]);
  }
  return pieces;
}

/** What a step of a recipe turns into later has another id, but the same recipe. */
function idsOf({ actions }: Plan): readonly string[] {
  const ids = actions.flatMap(({ id, recipe }) => (recipe === undefined ? [id] : [id, recipeId(recipe)]));
  return [...new Set(ids)];
}

function partPlan(whole: Plan, steps: Steps, { n, of }: { readonly n: number; readonly of: number }): Plan {
  const { target, limits } = whole;
  const actions = steps.map(({ action }) => action);
  const partOf = { hash: whole.hash, n, of, actions: idsOf(whole) };
  const hash = planHash({ target, limits, actions, partOf });
  const findings = steps.flatMap((step) => step.findings.map((one) => findingId(one.control.id, one.target)));
  return { ...whole, id: hash.slice(0, 12), hash, findings: [...new Set(findings)], actions, partOf };
}
