/** Worlds in which one application can be refreshed, is being refreshed, or was checked for it. */
import { argvOf, commandLine } from '../../src/core/action/argv.js';
import { dictOf } from '../../src/core/dict.js';
import type { Finding } from '../../src/core/finding.js';
import type { Operation, Snapshot, Unit } from '../../src/core/snapshot.js';
import { currentCharm } from '../../src/guides/juju/app-charm.js';
import { judge } from './judge.js';
import {
  application,
  controller,
  estate,
  knownFact,
  model,
  relate,
  unit,
  type ApplicationSpec,
  type ModelSpec,
} from './world.js';

export const now = '2026-11-22T06:10:00Z';

export function operation(action: string, units: string, more: Partial<Operation> = {}): Operation {
  const times = { enqueued: '2026-11-22T06:04:00Z', completed: '2026-11-22T06:05:00Z' };
  return { id: '7', action, units: [units], status: 'completed', ...times, ...more };
}

export interface Case {
  readonly app?: ApplicationSpec;
  readonly operations?: ModelSpec['operations'];
  readonly model?: ModelSpec;
  readonly asOf?: string;
}

export type Kind = readonly [charm: string, track: string];

export const kinds = {
  etcd: ['charmed-etcd', '3.6'],
  pg14: ['postgresql-k8s', '14'],
  pg14Machine: ['postgresql', '14'],
  pg16: ['postgresql-k8s', '16'],
  pg16Machine: ['postgresql', '16'],
  pgbouncer: ['pgbouncer-k8s', '1'],
  kafka3: ['kafka-k8s', '3'],
  kafka3Machine: ['kafka', '3'],
  kafka4: ['kafka-k8s', '4'],
  kafka4Machine: ['kafka', '4'],
  zookeeper: ['zookeeper-k8s', '3'],
  zookeeperMachine: ['zookeeper', '3'],
} as const satisfies Readonly<Record<string, Kind>>;

export type Product = keyof typeof kinds;

export const newKinds: readonly Product[] = ['etcd', 'pg16', 'pg16Machine', 'kafka4', 'kafka4Machine'];

/** Three units of the product at revision 100, of which Juju offers 101; the second one leads. */
export function world(product: Product, { app = {}, operations, model: rest = {} }: Case = {}): Snapshot {
  const [name, track] = kinds[product];
  const isKubernetes = name.endsWith('-k8s');
  const option = newKinds.includes(product)
    ? { config: { 'pause-after-unit-refresh': { value: 'first', source: 'default' } } }
    : {};
  const made = application({
    charm: { name, track, revision: 100 },
    upgrade: { to: `ch:amd64/${name}-101` },
    units: unitsOf({}),
    ...option,
    ...app,
  });
  const needed = product.startsWith('kafka3')
    ? { applications: { zk: keeper({}) }, relations: [relate('app:zookeeper', 'zk:zookeeper', 'zookeeper')] }
    : {};
  const spec = { ...needed, ...rest };
  return estate({
    controllers: {
      prod: controller({
        models: {
          data: model({
            type: isKubernetes ? 'caas' : 'iaas',
            ...spec,
            ...(operations === undefined ? {} : { operations }),
            applications: { app: made, ...spec.applications },
          }),
        },
      }),
    },
  });
}

export function keeper(spec: ApplicationSpec): ReturnType<typeof application> {
  return application({ charm: { name: 'zookeeper-k8s', track: '3', revision: 5 }, units: 3, ...spec });
}

export function unitsOf(
  changed: Readonly<Record<number, Partial<Unit>>>,
): NonNullable<ApplicationSpec['units']> {
  return knownFact(
    dictOf([0, 1, 2].map((n) => [`app/${n}`, unit(`app/${n}`, { leader: n === 1, ...changed[n] })])),
  );
}

export function findingIn(snapshot: Snapshot, { asOf = now }: Case = {}): Finding {
  const found = judge(currentCharm, snapshot, { asOf, params: { age: '1s' } });
  const own = found.find(({ target }) => target.application === 'app');
  if (own === undefined) throw new Error('no finding');
  return own;
}

/** What would be done next, as one would type it. */
export function stepsOf(product: Product, given: Case = {}): readonly string[] {
  return findingIn(world(product, given), given).remedies.map(({ action }) => commandLine(argvOf(action)));
}

export function verdictOf(product: Product, given: Case = {}): string {
  const { outcome, reason } = findingIn(world(product, given), given).judgement;
  return `${outcome} ${reason}`;
}

export const run = (unitName: string, action: string): string =>
  `juju run -m prod:admin/data ${unitName} ${action} --format json --utc --wait 10m`;

export function checked(product: Product): Operation {
  return newKinds.includes(product)
    ? operation('pre-refresh-check', 'app/1', { rollback: 'juju refresh app --revision 100' })
    : operation('pre-upgrade-check', 'app/1');
}

/** A charm of the newer kind whose units go on. */
export const goingOn = {
  status: 'maintenance',
  message: 'Refreshing. To pause refresh, run `juju config app pause-after-unit-refresh=all`',
};

/** A unit that waits for its turn. */
export const behind = { upgradingFrom: 'ch:amd64/x-100' };
export const waits = { ...behind, workload: 'waiting', workloadMessage: 'other units upgrading first...' };
