import { known, type Reading } from '../../core/fact.js';
import type { ControllerState, ModelInfo, ModelState, Relation } from '../../core/snapshot.js';
import { commonFacts, readApplications } from './applications.js';
import { gapsOf, unreadable, type Gaps } from './gaps.js';
import { branch, defined, statusError, text, textOr, type Branch } from './json.js';
import { readMachines } from './machines.js';
import { readOffers, readRemotes } from './offers.js';
import { readRelations } from './relations.js';
import { readUnits } from './units.js';

/** One model as `juju status` shows it; what a status does not carry is unknown. Never throws on strange shapes. */
export function modelFromStatus(reading: Reading, status: Branch, carrier = 'a status file'): ModelState {
  const gaps = gapsOf(reading, carrier);
  const model = branch(status['model']);
  const raw = branch(status['applications']);
  const remotes = branch(status['application-endpoints']);
  const relations = readRelations(raw, remotes);
  const context = { reading, gaps, relations, units: readUnits(raw), common: commonFacts(reading) };
  return {
    name: text(model['name']),
    controller: text(model['controller']),
    info: known(reading, infoOf(model)),
    applications: readApplications(context, raw),
    machines: readMachines(reading, branch(status['machines'])),
    relations: relationsFact(reading, raw, relations.all),
    remoteApplications: readRemotes(reading, remotes),
    offers: readOffers(reading, branch(status['offers'])),
    ...slowFacts(gaps),
  };
}

type SlowFacts = Pick<
  ModelState,
  'users' | 'config' | 'blocks' | 'secrets' | 'sshKeys' | 'credential' | 'secretBackend' | 'operations'
>;

/** The facts of a model that no status carries. */
export function slowFacts(gaps: Gaps): SlowFacts {
  const { settings: config, users, blocks, secrets, sshKeys, credential, secretBackend, operations } = gaps;
  return { users, config, blocks, secrets, sshKeys, credential, secretBackend, operations };
}

/** A controller of which only models are known. */
export function controllerOf(name: string, gaps: Gaps, models: ControllerState['models']): ControllerState {
  const { controller: info, controllerConfig: config, users, clouds, self } = gaps;
  return { name, info, config, users, clouds, self, models };
}

/** Between an application that Juju could not read and any other there may be relations that nobody shows. */
function relationsFact(reading: Reading, raw: Branch, all: readonly Relation[]): ModelState['relations'] {
  for (const name of Object.keys(raw)) {
    const error = statusError(branch(raw[name]));
    if (error !== undefined) return unreadable(reading, `the relations of application ${name}`, error);
  }
  return known(reading, all);
}

function infoOf(model: Branch): ModelInfo {
  const type = text(model['type']);
  const status = branch(model['model-status']);
  const message = text(status['message']);
  return defined<ModelInfo>({
    type: type === 'iaas' || type === 'caas' ? type : undefined,
    cloud: textOr(model['cloud']),
    region: textOr(model['region']),
    version: textOr(model['version']),
    availableVersion: textOr(model['upgrade-available']),
    status: textOr(status['current']),
    migration: message.startsWith('migrating') ? message : undefined,
  });
}
