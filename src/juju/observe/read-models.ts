import type { Reading } from '../../core/fact.js';
import type { ModelInfo } from '../../core/snapshot.js';
import { branch, defined, text, textOr, type Branch } from '../status/json.js';
import { afterTag, entriesOf } from './answer.js';
import { isModelName, isUserName, isUuid, type OnBadName } from './names.js';

/** What lists of models and ModelInfo tell of a model beside its status. */
export type ModelDetails = Pick<
  ModelInfo,
  'provider' | 'owner' | 'isController' | 'life' | 'migration' | 'reader'
>;

/** A model that we may see. */
export interface ListedModel {
  readonly uuid: string;
  readonly name: string;
  readonly details: ModelDetails;
}

/** The models in a `ModelManager.ListModelSummaries` answer; those that Juju could not read are left out. */
export function readModelList(
  reading: Reading,
  answer: unknown,
  onBadName: OnBadName,
): readonly ListedModel[] {
  const models: ListedModel[] = [];
  for (const entry of entriesOf(reading, answer)) {
    if (!('result' in entry)) continue;
    const name = text(entry.result['name']);
    const uuid = text(entry.result['uuid']);
    if (isModelName(name) && isUuid(uuid)) models.push({ uuid, name, details: detailsOf(entry.result) });
    else onBadName('model', name);
  }
  return models;
}

/** Owner in 3.x answers, qualifier in those of 4.x. */
export function detailsOf(raw: Branch): ModelDetails {
  const owner = textOr(raw['qualifier']) ?? afterTag(raw['owner-tag'], 'user');
  return defined<ModelDetails>({
    provider: textOr(raw['provider-type']),
    owner: isUserName(owner) ? owner : undefined,
    isController: typeof raw['is-controller'] === 'boolean' ? raw['is-controller'] : undefined,
    life: textOr(raw['life']),
    migration: migrationOf(branch(raw['migration'])),
  });
}

/** A migration that has not ended yet. */
function migrationOf(raw: Branch): string | undefined {
  return textOr(raw['end']) === undefined ? textOr(raw['status']) : undefined;
}
