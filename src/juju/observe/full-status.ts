import { mapDict, type Dict } from '../../core/dict.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { Machine, ModelInfo, Offer, Relation, RemoteApplication } from '../../core/snapshot.js';
import { atOnce, type Steps } from '../../core/steps.js';
import { branch, defined, text, textOr, type Branch } from '../status/json.js';
import type { OnBadName } from './names.js';
import { gapApplication, readApplications, type StatusApplication } from './status-applications.js';
import { errorIn, statusContext, unreadable } from './status-context.js';
import { readMachines } from './status-machines.js';
import { readRemoteApplications, readStatusOffers } from './status-offers.js';
import { readRelations } from './status-relations.js';
import { readUnits } from './status-units.js';

/** The part of a model that one `Client.FullStatus` tells. */
export interface ModelStatus {
  readonly info: Fact<ModelInfo>;
  readonly applications: Dict<StatusApplication>;
  readonly machines: Fact<Dict<Machine>>;
  readonly relations: Fact<readonly Relation[]>;
  readonly remoteApplications: Fact<Dict<RemoteApplication>>;
  /** Empty also for who may not see offers. */
  readonly offers: Fact<Dict<Offer>>;
}

/**
 * Reads an answer of Juju 2.9, 3.x or 4.x. What Juju could not read itself becomes an unknown fact; names that Juju
 * would not allow are dropped and told. @throws Error when the answer is no status at all
 */
export function readFullStatus(reading: Reading, answer: unknown, onBadName: OnBadName): ModelStatus {
  return atOnce(fullStatusSteps(reading, answer, onBadName));
}

/** The same, so that a large answer can be read bit by bit. @throws as it does */
export function* fullStatusSteps(
  reading: Reading,
  answer: unknown,
  onBadName: OnBadName,
): Steps<ModelStatus> {
  const status = branch(answer);
  const model = branch(status['model']);
  if (text(model['name']) === '') throw new Error('the answer to Client.FullStatus names no model');
  const context = statusContext(reading, onBadName);
  const applications = branch(status['applications']);
  const remotes = branch(status['remote-applications']);
  const relations = yield* readRelations(status['relations'], remotes, onBadName);
  const units = yield* readUnits(applications, onBadName);
  return {
    info: infoOf(reading, model),
    applications: yield* readApplications(context, applications, { units, relations }),
    machines: yield* readMachines(context, branch(status['machines'])),
    relations: known(reading, relations.all),
    remoteApplications: readRemoteApplications(context, remotes),
    offers: readStatusOffers(context, branch(status['offers'])),
  };
}

function infoOf(reading: Reading, model: Branch): Fact<ModelInfo> {
  const status = branch(model['model-status']);
  const error = errorIn(status);
  if (error !== undefined) return unreadable(reading, "the model's status", error);
  const type = text(model['type']);
  const message = text(status['info']);
  return known(
    reading,
    defined<ModelInfo>({
      uuid: undefined,
      type: type === 'iaas' || type === 'caas' ? type : undefined,
      cloud: cloudOf(model),
      provider: undefined,
      region: textOr(model['region']) ?? textOr(model['cloud-region']),
      version: textOr(model['version']),
      availableVersion: textOr(model['available-version']),
      owner: undefined,
      isController: undefined,
      life: undefined,
      status: textOr(status['status']),
      migration: message.startsWith('migrating') ? message : undefined,
    }),
  );
}

function cloudOf(model: Branch): string | undefined {
  return textOr(text(model['cloud-tag']).replace(/^cloud-/, ''));
}

/** The same model when it can no longer be seen: only the names of its applications are left. */
export function blindStatus(reading: Reading, reason: string, last?: ModelStatus): ModelStatus {
  const gap = unknown(reading, reason);
  return {
    info: gap,
    applications: mapDict(last?.applications ?? {}, ({ name }) => gapApplication(name, gap)),
    machines: gap,
    relations: gap,
    remoteApplications: gap,
    offers: gap,
  };
}
