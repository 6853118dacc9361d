import type { ModelState, Snapshot } from '../../src/core/snapshot.js';

/** The model of a snapshot that holds just one. */
export function onlyModel(snapshot: Snapshot): ModelState {
  const models = Object.values(snapshot.controllers).flatMap((controller) =>
    Object.values(controller.models),
  );
  const [model] = models;
  if (model === undefined || models.length > 1) throw new Error(`expected one model, found ${models.length}`);
  return model;
}
