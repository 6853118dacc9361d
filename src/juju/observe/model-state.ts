import { mapDict, newDict, type Dict } from '../../core/dict.js';
import { mapFact, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { ApplicationState, ModelState, PortProbe } from '../../core/snapshot.js';
import type { ModelStatus } from './full-status.js';
import type { ModelFacts } from './model-facts.js';
import type { ListedModel } from './read-models.js';
import { joinOffers } from './read-offers.js';

/** Puts a model together from its status and from all that is read beside it. */
export function assembleModel(
  place: { readonly controller: string; readonly name: string; readonly model: ListedModel },
  status: ModelStatus,
  facts: ModelFacts,
): ModelState {
  const { uuid } = place.model;
  return {
    name: place.name,
    controller: place.controller,
    info: mapFact(status.info, (info) => ({ ...info, ...facts.details, uuid, ...migrationOf(info, facts) })),
    applications: applicationsOf(status, facts),
    machines: status.machines,
    relations: status.relations,
    remoteApplications: status.remoteApplications,
    offers: joinOffers(facts.offers.fact, status.offers),
    users: facts.users.fact,
    config: facts.config.fact,
    blocks: facts.blocks.fact,
    secrets: facts.secrets.fact,
    sshKeys: facts.sshKeys.fact,
    credential: facts.credential.fact,
    secretBackend: facts.secretBackend.fact,
    operations: facts.operations.fact,
  };
}

/** The status knows of a migration sooner than the slower facts. */
function migrationOf(info: { migration?: string }, facts: ModelFacts): { migration?: string } {
  const migration = info.migration ?? facts.details.migration;
  return migration === undefined ? {} : { migration };
}

const nothing: Dict<Fact<unknown>> = Object.freeze(newDict<Fact<unknown>>());

function applicationsOf(status: ModelStatus, facts: ModelFacts): Dict<ApplicationState> {
  const probes = unprobed(status.info);
  return mapDict(status.applications, (application, name) => ({
    ...application,
    ...facts.application(name),
    probes,
    workload: nothing,
  }));
}

function unprobed({ at }: Pick<Reading, 'at'>): Fact<Dict<Dict<PortProbe>>> {
  return unknown({ source: { road: 'probe', call: 'ports' }, at }, 'the units’ ports were not probed');
}
