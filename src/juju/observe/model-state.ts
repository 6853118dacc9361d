import { mapDict, newDict, type Dict } from '../../core/dict.js';
import { mapFact, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { ApplicationState, ModelState, PortProbe } from '../../core/snapshot.js';
import type { ModelStatus } from './full-status.js';
import type { ModelFacts } from './model-facts.js';
import type { ListedModel } from './read-models.js';
import type { StatusApplication } from './status-applications.js';
import { joinOffers } from './read-offers.js';

/** Applications as last put together: what is made of the same parts stays the same object. */
export class Assembled {
  #probes: { readonly info: ModelStatus['info']; readonly fact: ApplicationState['probes'] } | undefined;
  #applications = newDict<Part>();

  applications(status: ModelStatus, facts: ModelFacts): Dict<ApplicationState> {
    if (this.#probes?.info !== status.info) this.#probes = { info: status.info, fact: unprobed(status.info) };
    const probes = this.#probes.fact;
    const parts = newDict<Part>();
    for (const [name, told] of Object.entries(status.applications)) {
      const settings = facts.application(name);
      const last = this.#applications[name];
      const isSame =
        last !== undefined && consistsOf(last.state, { probes, ...settings }) && last.told === told;
      parts[name] = isSame ? last : { told, state: { ...told, ...settings, probes, workload: nothing } };
    }
    this.#applications = parts;
    return mapDict(parts, ({ state }) => state);
  }
}

interface Part {
  readonly told: StatusApplication;
  readonly state: ApplicationState;
}

function consistsOf(
  state: ApplicationState,
  { probes, config, trust }: Pick<ApplicationState, 'probes' | 'config' | 'trust'>,
): boolean {
  return state.probes === probes && state.config === config && state.trust === trust;
}

/** Puts a model together from its status and from all that is read beside it. */
export function assembleModel(
  place: { readonly controller: string; readonly name: string; readonly model: ListedModel },
  status: ModelStatus,
  facts: ModelFacts,
  assembled = new Assembled(),
): ModelState {
  const { uuid } = place.model;
  return {
    name: place.name,
    controller: place.controller,
    info: mapFact(status.info, (info) => ({ ...info, ...facts.details, uuid, ...migrationOf(info, facts) })),
    applications: assembled.applications(status, facts),
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

function unprobed({ at }: Pick<Reading, 'at'>): Fact<Dict<Dict<PortProbe>>> {
  return unknown({ source: { road: 'probe', call: 'ports' }, at }, 'the units’ ports were not probed');
}
