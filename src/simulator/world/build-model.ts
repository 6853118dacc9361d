import { charmNamed } from '../charms/table.js';
import { charmOf, type Charm, type OptionValue } from '../charms/charm.js';
import { hexOf, uuidOf } from '../random.js';
import { blockTypeOf } from './blocks.js';
import { expose } from './exposure.js';
import { modelDefaults, modelDefaults36, ownModelKeys } from './model-defaults.js';
import { establishRelation, insertPeer } from './relations.js';
import type { ApplicationSpec, ModelSpec, SecretSpec } from './spec.js';
import type { Exposure, SimApplication, SimController, SimModel, SimSecret } from './state.js';
import { newUnit } from './units.js';

const dayMs = 86_400_000;

export interface BuildModel {
  readonly controller: SimController;
  readonly nextAddress: () => string;
}

/** A model with its applications, machines and offers; relations come later, when all models stand. */
export function buildModel(
  { controller, nextAddress }: BuildModel,
  spec: ModelSpec,
  isController: boolean,
): SimModel {
  const model = newModel(controller, spec, isController);
  controller.models.set(model.uuid, model);
  for (const application of spec.applications) addApplication(model, application, nextAddress);
  for (const offer of spec.offers ?? []) {
    const name = offer.name ?? offer.endpoint;
    model.offers.set(name, {
      uuid: uuidOf(controller.world.random),
      name,
      application: offer.application,
      endpoints: [offer.endpoint],
      users: new Map([['admin', 'admin'], ...Object.entries(offer.users ?? {})]),
      connections: [],
    });
  }
  return model;
}

/** Consumes offers and adds the relations. */
export function connectModel(model: SimModel, spec: ModelSpec): void {
  for (const consumed of spec.consumes ?? []) addRemote(model, consumed);
  for (const [first, second] of spec.relations ?? []) establishRelation(model, first, second);
}

function newModel(controller: SimController, spec: ModelSpec, isController: boolean): SimModel {
  const { world, cloud, version } = controller;
  const uuid = uuidOf(world.random);
  const credential = cloud.credentials[0];
  return {
    controller,
    uuid,
    name: spec.name,
    owner: spec.owner ?? 'admin',
    type: spec.type ?? 'iaas',
    isController,
    users: modelUsers(spec),
    config: modelConfig(spec, { uuid, version, type: cloud.type, flavour: controller.flavour }),
    blocks: (spec.blocks ?? []).map(({ commandSet, message = '' }) => ({
      id: uuidOf(world.random),
      type: blockTypeOf(commandSet) ?? 'BlockDestroy',
      message,
    })),
    secrets: (spec.secrets ?? []).map((secret) => newSecret(controller, secret)),
    sshKeys: [...(spec.sshKeys ?? [])],
    ...(credential === undefined ? {} : { credential }),
    secretBackend: spec.secretBackend ?? 'auto',
    machines: new Map(),
    applications: new Map(),
    remotes: new Map(),
    offers: new Map(),
    relations: new Map(),
    tasks: [],
    availableVersion: spec.availableVersion ?? '',
    nextRelation: 0,
    nextTask: 0,
    watchers: new Set(),
  };
}

function modelUsers(spec: ModelSpec): SimModel['users'] {
  const levels = { [spec.owner ?? 'admin']: 'admin' as const, ...spec.users };
  return new Map(Object.entries(levels).map(([name, access]) => [name, { access }]));
}

interface ModelFacts {
  readonly uuid: string;
  readonly version: string;
  readonly type: string;
  readonly flavour: string;
}

function modelConfig(spec: ModelSpec, { uuid, version, type, flavour }: ModelFacts): SimModel['config'] {
  const config: SimModel['config'] = new Map();
  const defaults = flavour === '3.6' ? { ...modelDefaults, ...modelDefaults36 } : modelDefaults;
  for (const [key, value] of Object.entries(defaults)) {
    config.set(key, { value, source: ownModelKeys.includes(key) ? 'model' : 'default' });
  }
  config.set('agent-version', { value: version, source: 'model' });
  config.set('logging-config', { value: '<root>=INFO', source: 'model' });
  const own = flavour === '3.6' ? 'model' : 'controller';
  for (const [key, value] of Object.entries({ name: spec.name, uuid, type }))
    config.set(key, { value, source: own });
  for (const [key, value] of Object.entries(spec.config ?? {})) config.set(key, { value, source: 'model' });
  return config;
}

function newSecret({ world }: SimController, spec: SecretSpec): SimSecret {
  const now = world.clock.now();
  const created = now - (spec.createdDaysAgo ?? 0) * dayMs;
  return {
    id: hexOf(world.random, 20),
    owner: spec.owner === undefined ? 'model' : `application-${spec.owner}`,
    label: spec.label,
    rotation: spec.rotation ?? 'never',
    ...(spec.rotatesInDays === undefined ? {} : { rotates: now + spec.rotatesInDays * dayMs }),
    ...(spec.expiresInDays === undefined ? {} : { expires: now + spec.expiresInDays * dayMs }),
    created,
    revisionCreated: created,
    revision: spec.revision ?? 1,
    grantedTo: spec.grantedTo ?? [],
  };
}

function addApplication(model: SimModel, spec: ApplicationSpec, nextAddress: () => string): void {
  const application = newApplication(model, spec);
  model.applications.set(application.name, application);
  exposeAs(application, spec.exposed ?? false);
  const subordinate = application.charm.subordinate === true;
  const count = subordinate ? 0 : (spec.units ?? 1);
  for (let index = 0; index < count; index += 1) addUnit(application, { spec, index, nextAddress });
  for (const endpoint of application.charm.endpoints) {
    if (endpoint.role === 'peer') insertPeer(model, { application: application.name, endpoint });
  }
}

function newApplication(model: SimModel, spec: ApplicationSpec): SimApplication {
  const known = spec.charm ?? spec.name;
  const charm = typeof known === 'string' ? charmNamed(known, spec.channel) : charmOf(known);
  const {
    canUpgradeTo = '',
    workloadVersion = charm.workloadVersion,
    base = charm.base,
    trust = false,
  } = spec;
  const origin = originOf(spec, charm);
  const newest = revisionIn(canUpgradeTo) ?? origin.revision;
  return {
    model,
    name: spec.name,
    charm,
    ...origin,
    newest,
    canUpgradeTo,
    workloadVersion,
    workloadVersions: versionsOf(spec, { workloadVersion, revision: origin.revision, newest }),
    base,
    exposed: new Map(),
    settings: new Map<string, OptionValue>(Object.entries(spec.config ?? {})),
    trust,
    units: [],
    nextUnit: 0,
    backups: [],
    refreshFaults: { failing: new Set(), hanging: false },
  };
}

function versionsOf(
  { newestWorkload }: ApplicationSpec,
  { workloadVersion, revision, newest }: Pick<SimApplication, 'workloadVersion' | 'revision' | 'newest'>,
): ReadonlyMap<number, string> {
  if (newestWorkload === undefined) return new Map();
  return new Map([
    [revision, workloadVersion],
    [newest, newestWorkload],
  ]);
}

function revisionIn(url: string): number | undefined {
  const revision = /-(\d+)$/.exec(url)?.[1];
  return revision === undefined ? undefined : Number(revision);
}

/** A local charm has no channel, and its revisions begin with 0. */
function originOf(
  spec: ApplicationSpec,
  charm: Charm,
): Pick<SimApplication, 'origin' | 'channel' | 'revision'> {
  if (spec.origin === 'local') return { origin: 'local', channel: '', revision: spec.revision ?? 0 };
  const { channel = `${charm.track}/stable`, revision = charm.revision } = spec;
  return { origin: 'charmhub', channel, revision };
}

function exposeAs(application: SimApplication, exposed: NonNullable<ApplicationSpec['exposed']>): void {
  if (exposed === false) return;
  const byEndpoint = exposed === true ? {} : exposed;
  const wanted = Object.entries(byEndpoint).map(([name, cidrs]): [string, Exposure] => [
    name,
    { cidrs, spaces: [] },
  ]);
  expose(application, new Map(wanted));
}

interface NewUnit {
  readonly spec: ApplicationSpec;
  readonly index: number;
  readonly nextAddress: () => string;
}

function addUnit(application: SimApplication, { spec, index, nextAddress }: NewUnit): void {
  const { model } = application;
  const isPod = model.type === 'caas';
  const machine = isPod ? '' : machineFor(application, spec.to?.[index], nextAddress);
  const address = model.machines.get(machine)?.address ?? nextAddress();
  application.nextUnit = spec.numbers?.[index] ?? application.nextUnit;
  const unit = newUnit(application, { machine, address });
  unit.openPorts.push(...(spec.openPorts ?? []));
  if (spec.status !== undefined) {
    unit.workload = { ...unit.workload, status: spec.status.status, message: spec.status.message ?? '' };
  }
}

/** The machine named, made when it is not there yet. */
function machineFor(
  { model, base }: SimApplication,
  wanted: string | undefined,
  nextAddress: () => string,
): string {
  const id = wanted ?? String(model.machines.size);
  if (model.machines.has(id)) return id;
  const since = model.controller.world.clock.now();
  model.machines.set(id, {
    id,
    base,
    address: nextAddress(),
    hostname: `juju-${model.uuid.slice(0, 6)}-${id}`,
    agent: { status: 'started', message: '', since },
    hasVote: model.isController,
  });
  return id;
}

function addRemote(model: SimModel, consumed: NonNullable<ModelSpec['consumes']>[number]): void {
  const { controller } = model;
  const offerModel = [...controller.models.values()].find(({ name }) => name === consumed.model);
  const offer = offerModel?.offers.get(consumed.offer);
  const application = offerModel?.applications.get(offer?.application ?? '');
  if (offerModel === undefined || offer === undefined || application === undefined) {
    throw new Error(`the estate consumes ${consumed.model}.${consumed.offer}, which nobody offers`);
  }
  const name = consumed.as ?? offer.name;
  const endpoints = application.charm.endpoints.filter((endpoint) => offer.endpoints.includes(endpoint.name));
  model.remotes.set(name, { name, offer, offerModel, endpoints, since: controller.world.clock.now() });
}
