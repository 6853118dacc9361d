/** Where a step acts: the applications that it names, those that it changes, and whether they are at rest. */
import type { PlannedAction } from '../action/planned.js';
import { touchedBy } from '../action/touched.js';
import { isKnown, valueOf } from '../fact.js';
import { stageOf } from '../refresh/stage.js';
import type { ApplicationState, ModelState, Unit } from '../snapshot.js';

type Acting = Pick<PlannedAction, 'args'>;

/** The applications of the model that a step names. */
export function applicationsOf({ action }: { readonly action: Acting }): readonly string[] {
  return touchedBy(action);
}

/**
 * The applications that an action changes. A relation names two, and only the one that the action's own conditions
 * speak of is put right by it: the other, such as a provider of certificates, serves on.
 */
export function changedBy(action: Pick<PlannedAction, 'args' | 'preconditions'>): readonly string[] {
  const named = touchedBy(action);
  const free = action.preconditions.flatMap((condition) =>
    condition.type === 'relation-absent' ? [condition.application] : [],
  );
  const own = named.filter((name) => free.includes(name));
  return own.length === 0 ? named : own;
}

/** The changed applications as they are seen; those that are not in the model are left out. */
export function statesOf(
  names: readonly string[],
  model: ModelState | undefined,
): readonly ApplicationState[] {
  return names.flatMap((name) => model?.applications[name] ?? []);
}

/** Whether a unit is doing something, or its state cannot be seen. */
export function isBusy(app: ApplicationState): boolean {
  return !isKnown(app.units) || unitsOf(app).some(isAtWork);
}

/** Whether a refresh is going on, waits to go on, or was left half done. */
export function isRefreshing(app: ApplicationState): boolean {
  const stage = stageOf(app)?.stage ?? 'none';
  return stage !== 'none' || unitsOf(app).some((unit) => unit.upgradingFrom !== undefined);
}

/** Whether an action disrupts, or only begins what will: then what would hold the rest holds it already. */
export function disrupts({ disruptive, recipe }: Pick<PlannedAction, 'disruptive' | 'recipe'>): boolean {
  return disruptive || recipe !== undefined;
}

/** Whether an action goes on with a refresh of the application that waits for it. */
export function goesOn(
  { preconditions }: Pick<PlannedAction, 'preconditions'>,
  { name }: ApplicationState,
): boolean {
  return preconditions.some((one) => one.type === 'refresh-paused' && one.application === name);
}

/** Its units; none where they were not read. */
export function unitsOf(app: ApplicationState): readonly Unit[] {
  return Object.values(valueOf(app.units) ?? {});
}

function isAtWork(unit: Unit): boolean {
  return unit.agent !== 'idle' || unit.workload === 'maintenance';
}

/** The charm's name without the ending of its variant for Kubernetes: `zookeeper`, `kafka`, `postgresql`. */
export function productOf(app: ApplicationState): string {
  return (valueOf(app.charm)?.name ?? '').replace(/^charmed-/, '').replace(/-k8s$/, '');
}
