import { newDict } from '../../core/dict.js';
import { readModelList, type ListedModel } from '../observe/read-models.js';
import { readingOf } from '../observe/slot.js';
import { branch, text } from '../status/json.js';
import type { ApiRecord } from './answers.js';

/** A model that a recording tells of. */
export interface RecordedModel extends ListedModel {
  /** Names of its applications, as far as its status was recorded. */
  readonly applications: ReadonlySet<string>;
}

/** The models that the recorded answers list; without such a list, those whose status was recorded. */
export function recordedModels(records: readonly ApiRecord[]): readonly RecordedModel[] {
  const listed = records
    .filter(({ call, error }) => lists.has(call) && error === undefined)
    .flatMap(({ call, response }) => readModelList(readingOf(call, 0), response, () => undefined));
  const byUuid = new Map(listed.map((model) => [model.uuid, model]));
  const statuses = statusesIn(records);
  const models = byUuid.size > 0 ? [...byUuid.values()] : Object.keys(statuses).map(withoutUuid);
  return models.map((model) => ({ ...model, applications: statuses[model.name] ?? new Set() }));
}

const lists = new Set(['ModelManager.ListModelSummaries', 'ModelManager.ModelInfo']);

function withoutUuid(name: string): ListedModel {
  return { uuid: '', name, details: {} };
}

/** Names of the applications by the name of the model. */
function statusesIn(records: readonly ApiRecord[]): Readonly<Record<string, ReadonlySet<string>>> {
  const statuses = newDict<ReadonlySet<string>>();
  for (const { call, response } of records) {
    if (call !== 'Client.FullStatus') continue;
    const { model, applications } = branch(response);
    const name = text(branch(model)['name']);
    if (name !== '') statuses[name] = new Set(Object.keys(branch(applications)));
  }
  return statuses;
}
