/** The conditions of a refresh's steps, read from the model as it is. Undefined when they hold, else why not. */
import type { Precondition } from '../action/action.js';
import { isKnown } from '../fact.js';
import type { ApplicationState, ModelState } from '../snapshot.js';
import { JudgedTime } from '../time.js';
import { checkState } from './check.js';
import { stageOf } from './stage.js';

type RefreshCondition = Extract<
  Precondition,
  { type: 'refresh-checked' | 'charm-revision' | 'refresh-paused' | 'not-refreshing' | 'option-is' }
>;

/** Where such a condition is looked up, and when; without a time nothing counts as recent. */
export interface RefreshPlace {
  readonly model?: ModelState;
  readonly now?: number;
}

export function unmetOfRefresh(condition: RefreshCondition, place: RefreshPlace): string | undefined {
  const app = place.model?.applications[condition.application];
  if (app === undefined) return `application ${condition.application} is not in the model`;
  switch (condition.type) {
    case 'refresh-checked':
      return unchecked(app, condition.action, place);
    case 'charm-revision':
      return anotherRevision(app, condition.revision);
    case 'refresh-paused':
      return notPaused(app, condition.unit);
    case 'not-refreshing':
      return refreshing(app);
    case 'option-is':
      return anotherValue(app, condition);
  }
}

function unchecked(app: ApplicationState, action: string, { model, now }: RefreshPlace): string | undefined {
  if (model === undefined || !isKnown(model.operations)) return 'what was run on units was not read';
  if (now === undefined) return `whether ${action} was run lately is not known here`;
  const { name: application, charm } = app;
  const checked = { application, action, charm, operations: model.operations.value };
  const { state } = checkState(checked, new JudgedTime(now));
  return state === 'passed' ? undefined : `${action} has not passed on ${application} within the half hour`;
}

function anotherRevision({ name, charm }: ApplicationState, revision: number): string | undefined {
  if (!isKnown(charm)) return `the charm of ${name} was not read`;
  const now = charm.value.revision;
  return now === revision ? undefined : `${name} has revision ${now ?? 'unknown'}, not ${revision} any more`;
}

function notPaused(app: ApplicationState, unit: string): string | undefined {
  const stage = stageOf(app);
  if (stage?.stage === 'paused' && stage.resumeOn === unit) return undefined;
  return `the refresh of ${app.name} does not wait for ${unit} with its refreshed units well`;
}

function refreshing(app: ApplicationState): string | undefined {
  const stage = stageOf(app);
  if (stage === undefined) return `whether ${app.name} is being refreshed is not shown`;
  return stage.stage === 'none' ? undefined : `${app.name} is being refreshed`;
}

function anotherValue(
  { name, config }: ApplicationState,
  { key, value }: { readonly key: string; readonly value: string },
): string | undefined {
  if (!isKnown(config)) return `the options of ${name} were not read`;
  const option = config.value[key];
  return String(option?.value) === value ? undefined : `${key} of ${name} is not ${value}`;
}
