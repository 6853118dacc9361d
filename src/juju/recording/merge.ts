import { newDict, type Dict } from '../../core/dict.js';
import { isKnown } from '../../core/fact.js';
import type { ApplicationState, ControllerState, ModelState } from '../../core/snapshot.js';
import { isFact } from './as-recorded.js';

/** One controller by two roads: what the first does not know, the second may. */
export function mergeControllers(first: ControllerState, second: ControllerState): ControllerState {
  const models = newDict<ModelState>();
  for (const [name, model] of Object.entries(first.models))
    models[name] = mergeModels(model, second.models[name]);
  for (const [name, model] of Object.entries(second.models)) models[name] ??= model;
  return { ...filled(first, second), models };
}

function mergeModels(first: ModelState, second: ModelState | undefined): ModelState {
  if (second === undefined) return first;
  const [ours, theirs] = [first.applications, second.applications];
  // Without a status the first road does not know which applications there are.
  const applications = isKnown(first.relations) ? mergeApplications(ours, theirs) : theirs;
  return { ...filled(first, second), applications };
}

function mergeApplications(
  first: Dict<ApplicationState>,
  second: Dict<ApplicationState>,
): Dict<ApplicationState> {
  const merged = newDict<ApplicationState>();
  for (const [name, application] of Object.entries(first)) {
    const other = second[name];
    merged[name] = other === undefined ? application : filled(application, other);
  }
  return merged;
}

/** Every fact that is unknown replaced by the other road's, if that one knows it. */
function filled<T extends object>(facts: T, others: T): T {
  const merged = { ...facts };
  for (const key in facts) {
    const [fact, other]: unknown[] = [facts[key], others[key]];
    if (isFact(fact) && isFact(other) && !isKnown(fact) && isKnown(other)) merged[key] = others[key];
  }
  return merged;
}
