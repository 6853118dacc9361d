/**
 * Builds Snapshots for tests: an estate in which all that a test does not mention is present, known and as the guides
 * want it. Every field takes a plain value or a whole fact (`unknownFact(…)`).
 *
 *   estate({ controllers: { prod: controller({ models: { data: model({
 *     applications: { etcd: application({ charm: { name: 'charmed-etcd', track: '3.6' }, endpoints: ['peer-certificates'] }) },
 *     relations: [relate('etcd:peer-certificates', 'ca:certificates', 'tls-certificates')],
 *   }) } }) } });
 */
import { type Dict, dictOf, mapDict } from '../../src/core/dict.js';
import { type Fact, type Instant, known, type Reading, type Unknown, unknown } from '../../src/core/fact.js';
import type * as S from '../../src/core/snapshot.js';

/** When everything in a built estate was read, unless a test says otherwise. */
export const takenAt: Instant = '2026-11-22T06:00:00Z';
const reading: Reading = { source: { road: 'api', call: 'test' }, at: takenAt };

type Given<T> = T | Fact<T>;
type Maker<T> = (name: string, place: Place) => T;
interface Place {
  readonly controller: string;
  readonly relations: Fact<readonly S.Relation[]>;
  readonly type: 'iaas' | 'caas';
}

export function knownFact<T>(value: T): Fact<T> {
  return known(reading, value);
}

export function unknownFact(reason: string, permission?: string): Unknown {
  return unknown(reading, reason, permission);
}

function fact<T>(given: Given<T> | undefined, otherwise: T): Fact<T> {
  if (given === undefined) return knownFact(otherwise);
  return isFact(given) ? given : knownFact(given);
}

function isFact<T>(given: Given<T>): given is Fact<T> {
  return typeof given === 'object' && given !== null && 'source' in given && 'at' in given;
}

/** As `fact`, with the given keys laid over the default ones. */
function over<T extends object>(given: Given<Partial<T>> | undefined, otherwise: T): Fact<T> {
  if (given === undefined) return knownFact(otherwise);
  return isFact(given) ? (given as Fact<T>) : knownFact({ ...otherwise, ...given });
}

export interface EstateSpec {
  readonly takenAt?: Instant;
  readonly controllers: Dict<Maker<S.ControllerState>>;
}

export function estate(spec: EstateSpec): S.Snapshot {
  const place: Place = { controller: '', relations: knownFact([]), type: 'iaas' };
  return {
    kind: 'Snapshot',
    version: 'v1',
    takenAt: spec.takenAt ?? takenAt,
    controllers: mapDict(spec.controllers, (make, name) => make(name, place)),
  };
}

/** An estate with one controller, called `prod`. */
export function prod(spec: ControllerSpec = {}): S.Snapshot {
  return estate({ controllers: { prod: controller(spec) } });
}

export interface ControllerSpec {
  readonly version?: string;
  readonly info?: Given<S.ControllerInfo>;
  /** Keys laid over the default configuration. */
  readonly config?: Given<Dict<unknown>>;
  readonly users?: Given<readonly S.UserAccount[]>;
  readonly clouds?: Given<Dict<S.CloudState>>;
  readonly self?: Given<S.SelfAccess>;
  /** Changes of passwords that the journal knows; absent: there is no journal. */
  readonly rotations?: Given<readonly S.PasswordChange[]>;
  /** What the controller's audit log shows; absent: none is read. */
  readonly deeds?: Given<S.SeenDeeds>;
  readonly models?: Dict<Maker<S.ModelState>>;
}

const controllerConfig: Dict<unknown> = {
  'auditing-enabled': true,
  'audit-log-capture-args': false,
  'audit-log-exclude-methods': ['ReadOnlyMethods'],
  'agent-ratelimit-max': 10,
  'agent-ratelimit-rate': '250ms',
  features: [],
};

/** A controller with one superuser who was here today; no models unless given. */
export function controller(spec: ControllerSpec = {}): Maker<S.ControllerState> {
  return (name, place) => ({
    name,
    info: fact(spec.info, { version: spec.version ?? '3.6.28', facades: {} }),
    config: over(spec.config, controllerConfig),
    users: fact(spec.users, [user('admin', { access: 'superuser' })]),
    clouds: fact(spec.clouds, dictOf([['stack', { type: 'openstack', users: { admin: 'admin' } }]])),
    self: fact(spec.self, { identities: [{ role: 'observer', user: 'holdfast-observer', access: 'login' }] }),
    ...(spec.rotations === undefined ? {} : { rotations: fact(spec.rotations, []) }),
    ...(spec.deeds === undefined ? {} : { deeds: fact(spec.deeds, { passwords: {} }) }),
    models: mapDict(spec.models ?? {}, (make, model) => make(model, { ...place, controller: name })),
  });
}

/** A local user who connected today, with controller level `login`. */
export function user(name: string, more: Partial<S.UserAccount> = {}): S.UserAccount {
  const today = { created: '2026-01-05T08:00:00Z', lastConnection: '2026-11-22T05:00:00Z' };
  return { name, displayName: name, access: 'login', disabled: false, ...today, ...more };
}

export interface ModelSpec {
  readonly type?: 'iaas' | 'caas';
  readonly info?: Given<S.ModelInfo>;
  readonly applications?: Dict<Maker<S.ApplicationState>>;
  readonly relations?: Given<readonly S.Relation[]>;
  readonly remoteApplications?: Given<Dict<S.RemoteApplication>>;
  readonly offers?: Given<Dict<S.Offer>>;
  /** User to level. */
  readonly users?: Given<Dict<string>>;
  /** Plain values laid over the default configuration; undefined leaves a key out. */
  readonly config?: Given<Dict<unknown>>;
  /** Command sets that are disabled. */
  readonly blocks?: Given<readonly string[]>;
  readonly secrets?: Given<readonly S.SecretMeta[]>;
  readonly sshKeys?: Given<readonly string[]>;
  readonly credential?: Given<S.CloudCredential>;
  readonly secretBackend?: Given<string>;
  readonly operations?: Given<readonly S.Operation[]>;
  /** Addresses by machine id; by default one machine per unit number of the largest application. */
  readonly machines?: Given<Dict<S.Machine>>;
}

const modelConfig: Dict<unknown> = {
  'ssh-allow': '10.77.0.0/24',
  'saas-ingress-allow': '10.77.0.0/24',
  'firewall-mode': 'instance',
  'logging-config': '<root>=INFO',
  'enable-os-upgrade': true,
  'enable-os-refresh-update': true,
  'image-stream': 'released',
  'agent-stream': 'released',
  'ssl-hostname-verification': true,
  development: false,
  'test-mode': false,
};

/** A machine model on OpenStack owned by `admin`, with destroy-model blocked; `type: 'caas'` makes it a Kubernetes one. */
export function model(spec: ModelSpec = {}): Maker<S.ModelState> {
  const type = spec.type ?? 'iaas';
  const relations = fact(spec.relations, []);
  return (name, place) => {
    const applications = mapDict(spec.applications ?? {}, (make, app) =>
      make(app, { ...place, relations, type }),
    );
    return {
      name,
      controller: place.controller,
      info: over(spec.info, modelInfo(type)),
      applications,
      machines: fact(spec.machines, type === 'iaas' ? machinesOf(applications) : {}),
      relations,
      remoteApplications: fact(spec.remoteApplications, {}),
      offers: fact(spec.offers, {}),
      users: mapGiven(spec.users ?? { admin: 'admin' }, modelUsers),
      config: modelConfigFact(spec.config),
      blocks: mapGiven(spec.blocks ?? ['destroy-model'], (sets) =>
        sets.map((commandSet) => ({ commandSet })),
      ),
      secrets: fact(spec.secrets, []),
      sshKeys: fact(spec.sshKeys, []),
      credential: fact(spec.credential, credential(type)),
      secretBackend: fact(spec.secretBackend, 'auto'),
      operations: fact(spec.operations, []),
    };
  };
}

function modelInfo(type: 'iaas' | 'caas'): S.ModelInfo {
  const where =
    type === 'iaas' ? { cloud: 'stack', provider: 'openstack' } : { cloud: 'k8s', provider: 'kubernetes' };
  return {
    uuid: 'd4a5f6c0-0000-4000-8000-000000000001',
    type,
    ...where,
    version: '3.6.28',
    owner: 'admin',
    life: 'alive',
    status: 'available',
  };
}

function credential(type: 'iaas' | 'caas'): S.CloudCredential {
  const cloud = type === 'iaas' ? 'stack' : 'k8s';
  return {
    name: 'ops',
    owner: 'admin',
    cloud,
    authType: type === 'iaas' ? 'userpass' : 'oauth2',
    valid: true,
  };
}

function mapGiven<T, U>(given: Given<T>, f: (value: T) => U): Fact<U> {
  if (!isFact(given)) return knownFact(f(given));
  return 'value' in given ? { ...given, value: f(given.value) } : given;
}

function modelUsers(levels: Dict<string>): readonly S.ModelUser[] {
  return Object.entries(levels).map(([name, access]) => ({ name, access }));
}

function modelConfigFact(given: ModelSpec['config']): Fact<Dict<S.ConfigValue>> {
  const values = { ...modelConfig };
  return mapGiven<Dict<unknown>, Dict<S.ConfigValue>>(given ?? {}, (own) =>
    dictOf(
      Object.entries({ ...values, ...own })
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, { value, source: key in own ? 'model' : 'default' }]),
    ),
  );
}

function machinesOf(applications: Dict<S.ApplicationState>): Dict<S.Machine> {
  const machines: [string, S.Machine][] = [];
  for (const app of Object.values(applications)) {
    for (const unit of Object.values('value' in app.units ? app.units.value : {})) {
      if (unit.machine !== undefined)
        machines.push([unit.machine, machine(unit.machine, { address: unit.address ?? '' })]);
    }
  }
  return dictOf(machines);
}

export function machine(id: string, more: Partial<S.Machine> = {}): S.Machine {
  const address = more.address ?? `10.0.0.${10 + Number(id)}`;
  return { id, status: 'started', base: 'ubuntu@24.04', address, addresses: [address], ...more };
}

export interface ApplicationSpec {
  /** Origin charmhub, risk stable and base ubuntu@24.04 unless given; a local charm has no channel. */
  readonly charm?: Given<Partial<S.Charm>>;
  /** The charm's endpoints: all bound to space `alpha` unless `bindings` says otherwise. */
  readonly endpoints?: readonly string[];
  readonly bindings?: Given<Dict<string>>;
  /** A number of idle units, or the units themselves. */
  readonly units?: number | Given<Dict<S.Unit>>;
  readonly status?: Given<Partial<S.ApplicationStatus>>;
  readonly exposure?: Given<S.Exposure>;
  readonly upgrade?: Given<S.PendingUpgrade>;
  /** Plain values, or whole options (objects with `source`). */
  readonly config?: Given<Dict<unknown>>;
  readonly trust?: Given<boolean>;
  readonly probes?: Given<Dict<Dict<S.PortProbe>>>;
  readonly workload?: S.ApplicationState['workload'];
  /** Instead of those given to the model. */
  readonly relations?: Given<readonly S.Relation[]>;
}

/** An active application, not exposed, not trusted; the charm is named after it unless `charm` says otherwise. */
export function application(spec: ApplicationSpec = {}): Maker<S.ApplicationState> {
  return (name, place) => ({
    name,
    charm: charmFact(name, spec.charm ?? {}),
    status: over(spec.status, { status: 'active', message: '' }),
    exposure: fact(spec.exposure, { exposed: false, endpoints: {} }),
    bindings: fact(
      spec.bindings,
      dictOf(['', ...(spec.endpoints ?? [])].map((endpoint) => [endpoint, 'alpha'])),
    ),
    relations: spec.relations === undefined ? relationsOf(name, place.relations) : fact(spec.relations, []),
    units:
      typeof spec.units === 'object'
        ? fact(spec.units, {})
        : knownFact(unitsOf(name, spec.units ?? 1, place.type)),
    upgrade: fact(spec.upgrade, { to: '' }),
    config: mapGiven(spec.config ?? {}, configOptions),
    trust: fact(spec.trust, false),
    probes: fact(spec.probes, {}),
    workload: spec.workload ?? {},
  });
}

function charmFact(name: string, given: Given<Partial<S.Charm>>): Fact<S.Charm> {
  return isFact(given) ? (given as Fact<S.Charm>) : knownFact(charmOf(name, given));
}

function charmOf(name: string, charm: Partial<S.Charm>): S.Charm {
  const origin = charm.origin ?? 'charmhub';
  const risk = charm.risk ?? 'stable';
  const channel =
    origin === 'local' ? {} : { risk, channel: charm.track === undefined ? risk : `${charm.track}/${risk}` };
  return { name, revision: 1, base: 'ubuntu@24.04', subordinateTo: [], origin, ...channel, ...charm };
}

function relationsOf(name: string, all: Fact<readonly S.Relation[]>): Fact<readonly S.Relation[]> {
  return mapGiven(all, (relations) =>
    relations.filter(({ ends }) => ends.some((end) => end.application === name)),
  );
}

function unitsOf(name: string, count: number, type: 'iaas' | 'caas'): Dict<S.Unit> {
  return dictOf(
    Array.from({ length: count }, (_, n) => [`${name}/${n}`, unit(`${name}/${n}`, onMachine(n, type))]),
  );
}

function onMachine(n: number, type: 'iaas' | 'caas'): Partial<S.Unit> {
  return { leader: n === 0, address: `10.0.0.${10 + n}`, ...(type === 'iaas' ? { machine: String(n) } : {}) };
}

/** An idle, active unit. */
export function unit(name: string, more: Partial<S.Unit> = {}): S.Unit {
  return { name, agent: 'idle', agentMessage: '', workload: 'active', workloadMessage: '', ...more };
}

function configOptions(values: Dict<unknown>): Dict<S.ConfigOption> {
  return mapDict(values, (value) => (isOption(value) ? value : { value, source: 'user' }));
}

function isOption(value: unknown): value is S.ConfigOption {
  return typeof value === 'object' && value !== null && 'source' in value;
}

/**
 * A joined relation between `application:endpoint` and `application:endpoint`. An end written with a leading `@`
 * belongs to an application of another model: `@prometheus:receive-remote-write`.
 */
export function relate(
  first: string,
  second: string,
  interfaceName: string,
  more: Partial<S.Relation> = {},
): S.Relation {
  return {
    interface: interfaceName,
    status: 'joined',
    scope: 'global',
    ends: [end(first), end(second)],
    ...more,
  };
}

function end(text: string): S.RelationEnd {
  const remote = text.startsWith('@');
  const [application = '', endpoint] = (remote ? text.slice(1) : text).split(':');
  return { application, ...(endpoint === undefined ? {} : { endpoint }), ...(remote ? { remote } : {}) };
}

export { judge } from './judge.js';
