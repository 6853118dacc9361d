import { afterTag } from '../observe/answer.js';
import { branch, isBranch, text } from '../status/json.js';
import type { ApiRecord } from './answers.js';
import type { RecordedModel } from './models.js';

/**
 * The models that an answer can be of, going by what it names: the connection, the model itself, or applications.
 * All of them when it names nothing.
 */
export function modelsOf(record: ApiRecord, models: readonly RecordedModel[]): readonly RecordedModel[] {
  const connected = /^\/model\/([^/]+)\/api$/.exec(record.path ?? '')?.[1];
  if (connected !== undefined) return models.filter(({ uuid }) => uuid === connected);
  const { uuids, names } = modelNamed(record);
  if (uuids.length > 0 && models.some(({ uuid }) => uuid !== ''))
    return models.filter(({ uuid }) => uuids.includes(uuid));
  if (names.length > 0) return models.filter(({ name }) => names.includes(name));
  const applications = applicationsNamed(record);
  return models.filter((model) => applications.every((name) => model.applications.has(name)));
}

interface Named {
  readonly uuids: readonly string[];
  readonly names: readonly string[];
}

function modelNamed({ call, response }: ApiRecord): Named {
  const answer = branch(response);
  switch (call) {
    case 'Client.FullStatus':
      return { uuids: [], names: given(branch(answer['model'])['name']) };
    case 'ModelConfig.ModelGet': {
      const { uuid, name } = branch(answer['config']);
      return { uuids: given(branch(uuid)['value']), names: given(branch(name)['value']) };
    }
    case 'Admin.Login':
      return { uuids: given(afterTag(answer['model-tag'], 'model')), names: [] };
    default:
      return { uuids: tagsIn(answer).flatMap((tag) => given(afterTag(tag, 'model'))), names: [] };
  }
}

function applicationsNamed({ call, params, response }: ApiRecord): readonly string[] {
  if (call === 'Application.Get') return given(params['application']);
  return tagsIn(branch(response)).flatMap((tag) => given(afterTag(tag, 'application')));
}

/** What the results of an answer say they are of: blocks name their model, secrets their owner. */
function tagsIn(answer: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { results } = answer;
  if (!Array.isArray(results)) return [];
  return (results as unknown[]).flatMap((item) => {
    const inner = branch(item)['result'];
    const { tag, 'owner-tag': owner } = isBranch(inner) ? inner : branch(item);
    return [tag, owner];
  });
}

function given(name: unknown): readonly string[] {
  const read = text(name);
  return read === '' ? [] : [read];
}
