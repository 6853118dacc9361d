/** Random small estates, and random changes to them, for properties of the evaluation. */
import fc from 'fast-check';
import { unknown } from '../../src/core/fact.js';
import type { ClusterState } from '../../src/core/kube/cluster.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { instant } from '../../src/core/time.js';
import { listing, release, withCharmhub } from '../support/charmhub.js';
import { cluster, container, pod, service, type NamespaceSpec } from '../support/cluster.js';
import { application, controller, estate, model, relate, user } from '../support/world.js';

interface Application {
  readonly charm: string;
  readonly track: string;
  readonly endpoints: readonly string[];
  readonly exposed: boolean;
  readonly units: number;
  readonly trust: boolean | 'unknown';
  readonly workload: string;
}

interface Model {
  readonly applications: ReadonlyMap<string, Application>;
  readonly relations: readonly (readonly [string, string])[];
  readonly sshAllow: string;
  readonly blocked: boolean;
  /** Its namespace, where it runs on Kubernetes; `unseen` where nobody may look at it. */
  readonly namespace: Namespace | 'unseen' | 'on machines';
}

interface Namespace {
  readonly enforce: string;
  readonly uuid: string;
  readonly root: boolean;
  readonly open: boolean;
  readonly policies: 'none' | 'closed' | 'wide' | 'unread';
}

interface Controller {
  readonly auditing: boolean | 'unknown';
  /** What Charmhub says of etcd's charm: the revision that the channel holds. */
  readonly store: 'unasked' | 'silent' | number;
  /** User to days since the last connection. */
  readonly users: ReadonlyMap<string, number>;
  readonly models: ReadonlyMap<string, Model>;
}

/** A whole estate as plain data. */
export type Estate = ReadonlyMap<string, Controller>;

/** A change: what it does to an estate, with a name for counterexamples. */
export interface Change {
  readonly name: string;
  readonly apply: (estate: Estate) => Estate;
}

const controllers = ['prod', 'lab'];
const models = ['data', 'constructor', 'cos'];
const applications = ['etcd', 'ca', 'kafka', '__proto__', 'hasOwnProperty'];

const anApplication: fc.Arbitrary<Application> = fc.record({
  charm: fc.constantFrom(
    'charmed-etcd',
    'self-signed-certificates',
    'ubuntu',
    'opentelemetry-collector',
    'vault',
    'postgresql-k8s',
  ),
  track: fc.constantFrom('3.6', '3.5', '1'),
  endpoints: fc.subarray([
    'peer-certificates',
    'client-certificates',
    'certificates',
    'cos-agent',
    's3-credentials',
    'database',
  ]),
  exposed: fc.boolean(),
  units: fc.integer({ min: 0, max: 3 }),
  trust: fc.constantFrom(true, false, 'unknown' as const),
  workload: fc.constantFrom('active', 'blocked', 'error'),
});

const aNamespace: fc.Arbitrary<Namespace> = fc.record({
  enforce: fc.constantFrom('privileged', 'restricted', 'odd'),
  uuid: fc.constantFrom('', 'd4a5f6c0-0000-4000-8000-000000000001', 'd4a5f6c0-0000-4000-8000-00000000000f'),
  root: fc.boolean(),
  open: fc.boolean(),
  policies: fc.constantFrom('none', 'closed', 'wide', 'unread'),
});

const aPlace = fc.oneof(aNamespace, fc.constantFrom('unseen' as const, 'on machines' as const));

const aModel: fc.Arbitrary<Model> = fc.record({
  namespace: aPlace,
  applications: mapOf(applications, anApplication),
  relations: fc.subarray<readonly [string, string]>([
    ['etcd:peer-certificates', 'ca:certificates'],
    ['etcd:client-certificates', 'ca:certificates'],
    ['kafka:certificates', 'ca:certificates'],
    ['etcd:cos-agent', 'kafka:cos-agent'],
    ['etcd:database', 'kafka:database'],
  ]),
  sshAllow: fc.constantFrom('0.0.0.0/0', '10.77.0.0/24'),
  blocked: fc.boolean(),
});

const aStore: fc.Arbitrary<Controller['store']> = fc.oneof(
  fc.constantFrom('unasked' as const, 'silent' as const),
  fc.integer({ min: 0, max: 2 }),
);

const aController: fc.Arbitrary<Controller> = fc.record({
  store: aStore,
  auditing: fc.constantFrom(true, false, 'unknown' as const),
  users: mapOf(['admin', 'alice', 'dave'], fc.integer({ min: 0, max: 120 })),
  models: mapOf(models, aModel),
});

export const anEstate: fc.Arbitrary<Estate> = mapOf(controllers, aController);

function mapOf<T>(names: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<ReadonlyMap<string, T>> {
  return fc
    .shuffledSubarray([...names])
    .chain((chosen) => fc.tuple(...chosen.map((name) => value.map((given) => [name, given] as const))))
    .map((entries) => new Map(entries));
}

/** One change to one thing, or to nothing when the estate does not have it. */
export const aChange: fc.Arbitrary<Change> = fc.oneof(
  change('controller', fc.option(aController), (value) => (all) => put(all, value.place[0], value.given)),
  change('model', fc.option(aModel), ({ place, given }) =>
    inController(place, (held) => ({ ...held, models: put(held.models, place[1], given) })),
  ),
  change('auditing', fc.constantFrom(true, false, 'unknown' as const), ({ place, given }) =>
    inController(place, (held) => ({ ...held, auditing: given })),
  ),
  change('store', aStore, ({ place, given }) => inController(place, (held) => ({ ...held, store: given }))),
  change('user', fc.option(fc.integer({ min: 0, max: 120 })), ({ place, given }) =>
    inController(place, (held) => ({ ...held, users: put(held.users, 'dave', given) })),
  ),
  change('ssh-allow', fc.constantFrom('0.0.0.0/0', '10.77.0.0/24'), ({ place, given }) =>
    inModel(place, (held) => ({ ...held, sshAllow: given })),
  ),
  change('namespace', aPlace, ({ place, given }) =>
    inModel(place, (held) => ({ ...held, namespace: given })),
  ),
  change('relations', aModel, ({ place, given }) =>
    inModel(place, (held) => ({ ...held, relations: given.relations })),
  ),
  change('application', fc.option(anApplication), ({ place, given }) =>
    inModel(place, (held) => ({ ...held, applications: put(held.applications, place[2], given) })),
  ),
  change('charm', anApplication, ({ place, given }) =>
    inApplication(place, (held) => ({ ...held, charm: given.charm, track: given.track })),
  ),
  change('endpoints', anApplication, ({ place, given }) =>
    inApplication(place, (held) => ({ ...held, endpoints: given.endpoints })),
  ),
  change('units', anApplication, ({ place, given }) =>
    inApplication(place, (held) => ({ ...held, units: given.units, workload: given.workload })),
  ),
  change('exposure', fc.boolean(), ({ place, given }) =>
    inApplication(place, (held) => ({ ...held, exposed: given })),
  ),
  change('trust', anApplication, ({ place, given }) =>
    inApplication(place, (held) => ({ ...held, trust: given.trust })),
  ),
);

type Place = readonly [string, string, string];
type Edit = (estate: Estate) => Estate;

function change<T>(
  name: string,
  value: fc.Arbitrary<T>,
  editFor: (what: { place: Place; given: T }) => Edit,
): fc.Arbitrary<Change> {
  const place = fc.tuple(
    fc.constantFrom(...controllers),
    fc.constantFrom(...models),
    fc.constantFrom(...applications),
  );
  return fc
    .record({ place, given: value })
    .map((what) => ({ name: `${name} at ${what.place.join('/')}`, apply: editFor(what) }));
}

function put<T>(map: ReadonlyMap<string, T>, name: string, value: T | null): ReadonlyMap<string, T> {
  const copy = new Map(map);
  if (value === null) copy.delete(name);
  else copy.set(name, value);
  return copy;
}

function within<T>(map: ReadonlyMap<string, T>, name: string, edit: (held: T) => T): ReadonlyMap<string, T> {
  const held = map.get(name);
  return held === undefined ? map : put(map, name, edit(held));
}

function inController([name]: Place, edit: (held: Controller) => Controller): Edit {
  return (all) => within(all, name, edit);
}

function inModel(place: Place, edit: (held: Model) => Model): Edit {
  return inController(place, (held) => ({ ...held, models: within(held.models, place[1], edit) }));
}

function inApplication(place: Place, edit: (held: Application) => Application): Edit {
  return inModel(place, (held) => ({ ...held, applications: within(held.applications, place[2], edit) }));
}

/** The day on which the estates live, ms. */
export const today = Date.parse('2026-11-22T06:00:00Z');
const day = 86_400_000;

/** The estate as a snapshot. */
export function snapshotOf(described: Estate, takenAt: number): Snapshot {
  const snapshot = estateOf(described, takenAt);
  const clusters = named(described, clusterOf);
  const isAnySeen = [...described.values()].some(({ models: held }) =>
    [...held.values()].some(({ namespace }) => typeof namespace === 'object'),
  );
  const whole = isAnySeen ? { ...snapshot, clusters } : snapshot;
  return [...described.values()].reduce(withStore, whole);
}

/** One store for all: of several controllers the last one says what it holds. */
function withStore(snapshot: Snapshot, { store }: Controller): Snapshot {
  if (store === 'unasked') return snapshot;
  const name = 'charmed-etcd';
  if (store === 'silent') return withCharmhub(snapshot, { [name]: gap('charmhub') });
  const releases = [release(store, { track: '3.6' }), release(store, { track: 'latest' })];
  return withCharmhub(snapshot, { [name]: listing(name, { releases }) });
}

/** Each controller has a cluster of its own for its models. */
function clusterOf({ models: held }: Controller): ClusterState {
  const seen = [...held].flatMap(([name, { namespace }]) =>
    typeof namespace === 'object' ? [[name, namespace] as const] : [],
  );
  return cluster({ namespaces: named(new Map(seen), namespaceOf) });
}

function namespaceOf({ enforce, uuid, root, open, policies }: Namespace): NamespaceSpec {
  const security = { runAsUser: root ? 0 : 170, capabilitiesAdded: [], capabilitiesDropped: [] };
  const rule = { podSelector: {}, policyTypes: ['Ingress'] } as const;
  const all = { none: [], closed: [rule], wide: [{ ...rule, ingress: [{}] }], unread: gap('policies') };
  return {
    labels: {
      'pod-security.kubernetes.io/enforce': enforce,
      ...(uuid === '' ? {} : { 'model.juju.is/id': uuid }),
    },
    pods: applications.map((name) => pod(name, 0, { containers: [container('postgresql', { security })] })),
    services: open ? [service('etcd', 'etcd', { type: 'NodePort' })] : [],
    networkPolicies: all[policies],
  };
}

function estateOf(described: Estate, takenAt: number): Snapshot {
  return estate({
    takenAt: instant(takenAt),
    controllers: named(described, (held) =>
      controller({
        config: held.auditing === 'unknown' ? gap('settings') : { 'auditing-enabled': held.auditing },
        users: [...held.users].map(([name, days]) =>
          user(name, { lastConnection: instant(today - days * day) }),
        ),
        models: named(held.models, modelOf),
      }),
    ),
  });
}

function modelOf(held: Model) {
  return model({
    type: held.namespace === 'on machines' ? 'iaas' : 'caas',
    config: { 'ssh-allow': held.sshAllow },
    blocks: held.blocked ? ['destroy-model'] : [],
    relations: held.relations.map(([one, other]) => relate(one, other, 'tls-certificates')),
    applications: named(held.applications, applicationOf),
  });
}

function applicationOf(held: Application) {
  return application({
    charm: { name: held.charm, track: held.track },
    endpoints: held.endpoints,
    exposure: { exposed: held.exposed },
    units: held.units,
    status: { status: held.workload },
    trust: held.trust === 'unknown' ? gap('trust') : held.trust,
  });
}

function named<T, U>(map: ReadonlyMap<string, T>, make: (value: T) => U): Readonly<Record<string, U>> {
  const record = Object.create(null) as Record<string, U>;
  for (const [name, value] of map) record[name] = make(value);
  return record;
}

function gap(what: string) {
  return unknown({ source: { road: 'api', call: 'test' }, at: instant(today) }, `${what} not read`);
}
