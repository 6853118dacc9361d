import { InputError } from '../../core/input-error.js';
import type { ModelState } from '../../core/snapshot.js';
import type { FoundStatus } from './statuses.js';

/** A model with the place in the text where its status was found. */
export interface PlacedModel {
  readonly found: FoundStatus;
  readonly model: ModelState;
}

/**
 * The models, no two of one name on one controller. A status does not say who owns its model: where two are of one
 * name, the keys of an object of statuses (`alice/dev`) tell them apart.
 * @throws InputError when two statuses are of the same model.
 */
export function distinctModels(placed: readonly PlacedModel[], source: string): readonly ModelState[] {
  const taken = new Map<string, FoundStatus>();
  const names = namesOf(placed);
  return placed.map(({ found, model }, index) => {
    const name = names[index] ?? model.name;
    const label = labelOf(model.controller, name);
    const before = taken.get(label);
    if (before !== undefined) throw new InputError(twice(label, [before, found], source));
    taken.set(label, found);
    return name === model.name ? model : { ...model, name };
  });
}

/** As the statuses name them; with the owner where that is not enough and the owner is known. */
function namesOf(placed: readonly PlacedModel[]): readonly string[] {
  const counts = new Map<string, number>();
  const labels = placed.map(({ model }) => labelOf(model.controller, model.name));
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return placed.map(({ found: { key = '' }, model }, index) => {
    const owned = key.slice(key.indexOf(':') + 1);
    const isAlone = counts.get(labels[index] ?? '') === 1;
    return !isAlone && owned.endsWith(`/${model.name}`) ? owned : model.name;
  });
}

function twice(label: string, [first, second]: readonly [FoundStatus, FoundStatus], source: string): string {
  return (
    `${source} holds two statuses of the model ${label} (${first.place} and ${second.place}): leave one of them out. ` +
    'If they are of two owners, write them as an object: {"OWNER/MODEL": STATUS, …}'
  );
}

function labelOf(controller: string, model: string): string {
  return controller === '' ? model : `${controller}:${model}`;
}
