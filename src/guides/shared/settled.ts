import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';

/** Whether an application is active and all its units are active and idle: fit to be related to. */
export function isSettled(app: ApplicationView): boolean {
  const status = valueOf(app.get('status'));
  if (status?.status !== 'active' || isLeaving(status.life)) return false;
  const units = app.get('units');
  if (!isKnown(units)) return false;
  const all = Object.values(units.value);
  return all.length > 0 && all.every((unit) => unit.agent === 'idle' && unit.workload === 'active');
}

/** The applications of a charm in a model that are fit to be related to. */
export function settledOf(charm: string, model: ModelView): readonly ApplicationView[] {
  return model.derived(settledAmong, charm);
}

function settledAmong(model: ModelView, charm: string): readonly ApplicationView[] {
  return model.deployed(charm).filter(isSettled);
}

/** Whether an application is there to stay. */
export function isAlive(app: ApplicationView): boolean {
  return !isLeaving(valueOf(app.get('status'))?.life);
}

function isLeaving(life: string | undefined): boolean {
  return life === 'dying' || life === 'dead';
}
