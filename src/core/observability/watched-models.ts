/** Which models of an estate a stack watches, and how their telemetry is labelled. */
import { valueOf } from '../fact.js';
import { globMatcher } from '../glob.js';
import type { ControllerState, ModelState } from '../snapshot.js';
import { telemetryKey, type StackMatch } from './stack.js';

/** A model as the labels of rules, series and log streams tell it (Juju topology). */
export interface WatchedModel {
  readonly key: string;
  readonly controller: string;
  readonly model: string;
  /** Without its owner: `juju_model`. */
  readonly shortName: string;
  /** `juju_model_uuid`; absent where it was not read: the name decides then. */
  readonly uuid?: string;
}

/** The models that a stack is said to watch. Its pattern of applications is looked at when they are judged. */
export function watchedModels(
  controllers: readonly ControllerState[],
  { controller = '*', model = '*' }: StackMatch,
): readonly WatchedModel[] {
  const isController = globMatcher(controller);
  const isModel = globMatcher(model);
  return controllers
    .filter(({ name }) => isController(name))
    .flatMap(({ models }) => Object.values(models).filter(({ name }) => isModel(name)))
    .map(watchedModel);
}

function watchedModel({ controller, name, info }: ModelState): WatchedModel {
  const uuid = valueOf(info)?.uuid;
  return {
    key: telemetryKey(controller, name),
    ...{ controller, model: name, shortName: name.slice(name.lastIndexOf('/') + 1) },
    ...(uuid === undefined ? {} : { uuid }),
  };
}

/** Labels by which Juju's charms tell whose a rule, a series or a stream is. */
export interface TopologyLabels {
  readonly juju_model?: string;
  readonly juju_model_uuid?: string;
}

/** Whether labels name this model: by its UUID where both are known, else by its name. */
export function isLabelledAs(
  { uuid, shortName }: WatchedModel,
  { juju_model_uuid: labelled, juju_model: name }: TopologyLabels,
): boolean {
  if (labelled !== undefined && labelled !== '' && uuid !== undefined) return labelled === uuid;
  return name === shortName;
}
