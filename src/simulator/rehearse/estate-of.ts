/** From a snapshot of a real estate to a simulated copy of it. */
import { valueOf } from '../../core/fact.js';
import type { ControllerState, ModelState, Snapshot } from '../../core/snapshot.js';
import { buildWorld } from '../world/build.js';
import { establishRelation } from '../world/relations.js';
import type { ControllerSpec, EstateSpec, ModelSpec } from '../world/spec.js';
import type { SimModel } from '../world/state.js';
import { virtualClock } from '../virtual-clock.js';
import { controllerFrom, isController } from './controller-of.js';
import { Doubts } from './doubts.js';
import { modelFrom } from './model-of.js';
import { remotesOf } from './remotes-of.js';

/** A copy to rehearse on, and what it cannot know of the original, in sentences. */
export interface Copy {
  readonly estate: EstateSpec;
  readonly doubts: readonly string[];
}

export interface CopyOptions {
  /** Which models, by controller and by their key in it, are copied; models that are joined to them come along. */
  readonly wanted: (controller: string, model: string) => boolean;
  /** ms. */
  readonly now: number;
}

/** Same names, charms, units, relations, options, exposure, users and offers, as far as they were read. */
export function copyOf(snapshot: Snapshot, options: CopyOptions): Copy {
  const doubts = new Doubts();
  const controllers = Object.values(snapshot.controllers).map((state) =>
    controllerSpec(state, options, doubts),
  );
  return { estate: onlyPossible({ controllers }, doubts), doubts: doubts.all() };
}

function controllerSpec(state: ControllerState, options: CopyOptions, doubts: Doubts): ControllerSpec {
  const states = modelsOf(state, options);
  const base = controllerFrom(state, options.now, doubts);
  const specs = states.map((model) => ({ model, spec: modelFrom(model, options.now, doubts) }));
  const offers = new Map(specs.map(({ spec }) => [spec.name, offerNames(spec)]));
  const joined = specs.map(({ model, spec }) => {
    const remotes = remotesOf(model, offers, doubts);
    return { model: { ...spec, consumes: remotes.consumes }, madeUp: remotes.madeUp };
  });
  return {
    ...base,
    models: [...joined.map(({ model }) => model), ...joined.flatMap(({ madeUp }) => madeUp)],
  };
}

function offerNames({ offers = [] }: ModelSpec): readonly string[] {
  return offers.map(({ name, endpoint }) => name ?? endpoint);
}

/** The wanted ones, and those that offer to them or consume from them. */
function modelsOf(state: ControllerState, { wanted }: CopyOptions): readonly ModelState[] {
  const all = Object.entries(state.models).filter(([, model]) => !isController(model));
  const chosen = all.filter(([key]) => wanted(state.name, key)).map(([, model]) => model);
  const names = new Set(chosen.map(({ name }) => name));
  const offering = new Set(chosen.flatMap(consumedModels));
  return all
    .map(([, model]) => model)
    .filter(
      (model) =>
        names.has(model.name) ||
        offering.has(model.name) ||
        consumedModels(model).some((name) => names.has(name)),
    );
}

function consumedModels(model: ModelState): readonly string[] {
  return Object.values(valueOf(model.remoteApplications) ?? {}).flatMap(({ offerUrl }) => {
    const name = /\/([^./]+)\./.exec(offerUrl)?.[1];
    return name === undefined ? [] : [name];
  });
}

/** Leaves out relations that the simulator's charms do not have: one that cannot be made must not fail the rest. */
function onlyPossible(estate: EstateSpec, doubts: Doubts): EstateSpec {
  const controllers = estate.controllers.map((controller) => {
    const trial = buildWorld({
      estate: { controllers: [withoutRelations(controller)] },
      seed: 1,
      clock: virtualClock(0),
    });
    const built = [...(trial.controllers.get(controller.name)?.models.values() ?? [])];
    const models = controller.models.map((model) => withPossible(model, built, doubts));
    return { ...controller, models };
  });
  return { controllers };
}

function withoutRelations(controller: ControllerSpec): ControllerSpec {
  return { ...controller, models: controller.models.map((model) => ({ ...model, relations: [] })) };
}

function withPossible(spec: ModelSpec, built: readonly SimModel[], doubts: Doubts): ModelSpec {
  const model = built.find(({ name, isController: own }) => name === spec.name && !own);
  const relations = (spec.relations ?? []).filter(([first, second]) => {
    if (model !== undefined && isPossible(model, first, second)) return true;
    doubts.add('relations that the simulator cannot play are left out ({})', `${first} ${second}`);
    return false;
  });
  return { ...spec, relations };
}

function isPossible(model: SimModel, first: string, second: string): boolean {
  try {
    establishRelation(model, first, second);
    return true;
  } catch {
    return false;
  }
}
