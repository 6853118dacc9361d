import { valueOf } from '../fact.js';
import type { ControllerState, ModelState } from '../snapshot.js';

/** The charms of a model of which Charmhub may know: those from a file, or from the closed store, are none of its. */
const seen = new WeakMap<ModelState, ReadonlySet<string>>();

function charmsOf(model: ModelState): ReadonlySet<string> {
  const known = seen.get(model);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const app of Object.values(model.applications)) {
    const charm = valueOf(app.charm);
    if (charm !== undefined && charm.origin !== 'local' && charm.origin !== 'charmstore')
      names.add(charm.name);
  }
  seen.set(model, names);
  return names;
}

/** The charms of all models, each with the models that run it. */
export function charmsIn(
  controllers: readonly ControllerState[],
): ReadonlyMap<string, readonly ModelState[]> {
  const runners = new Map<string, ModelState[]>();
  for (const model of controllers.flatMap(({ models }) => Object.values(models)))
    for (const name of charmsOf(model)) {
      const own = runners.get(name);
      if (own === undefined) runners.set(name, [model]);
      else own.push(model);
    }
  return runners;
}
