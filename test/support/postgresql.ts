/** Worlds around Charmed PostgreSQL for tests: an application `db` of two units in the model `data` of `prod`. */
import type { Finding } from '../../src/core/finding.js';
import type { Charm, Snapshot } from '../../src/core/snapshot.js';
import type { Guide } from '../../src/core/control.js';
import { controlOf, isExplained } from './etcd.js';
import { judge, type Judging } from './judge.js';
import {
  application,
  controller,
  estate,
  model,
  type ApplicationSpec,
  type ControllerSpec,
  type ModelSpec,
} from './world.js';

const common = ['database', 'juju-info', 'ldap', 's3-parameters', 'tracing'];
const direct = ['grafana-dashboard', 'logging', 'metrics-endpoint'];

interface Release {
  readonly charm: Partial<Charm>;
  readonly endpoints: readonly string[];
  readonly type: 'iaas' | 'caas';
}

/** The charms that the guide judges. */
export const releases = {
  k8s14: {
    charm: { name: 'postgresql-k8s', track: '14', base: 'ubuntu@22.04' },
    endpoints: [...common, ...direct, 'certificates', 'db', 'db-admin'],
    type: 'caas',
  },
  k8s16: {
    charm: { name: 'postgresql-k8s', track: '16', base: 'ubuntu@24.04' },
    endpoints: [...common, ...direct, 'client-certificates', 'peer-certificates'],
    type: 'caas',
  },
  machine14: {
    charm: { name: 'postgresql', track: '14', base: 'ubuntu@22.04' },
    endpoints: [...common, 'certificates', 'cos-agent', 'db', 'db-admin'],
    type: 'iaas',
  },
  machine16: {
    charm: { name: 'postgresql', track: '16', base: 'ubuntu@24.04' },
    endpoints: [...common, 'client-certificates', 'cos-agent', 'peer-certificates'],
    type: 'iaas',
  },
  pgbouncer: {
    charm: { name: 'pgbouncer-k8s', track: '1', base: 'ubuntu@22.04' },
    endpoints: [...direct, 'backend-database', 'certificates', 'database', 'db', 'db-admin', 'tracing'],
    type: 'caas',
  },
  machinePgbouncer: {
    charm: { name: 'pgbouncer', track: '1', base: 'ubuntu@24.04' },
    endpoints: ['backend-database', 'certificates', 'cos-agent', 'database', 'db', 'db-admin'],
    type: 'iaas',
  },
} as const satisfies Record<string, Release>;

export type ReleaseName = keyof typeof releases;

export interface PostgresqlWorld extends ModelSpec {
  readonly db?: ApplicationSpec;
  readonly prod?: ControllerSpec;
}

/** The estate with this release in it; what is not said is as the world builder has it. */
export function postgresqlWorld(
  release: ReleaseName,
  { db = {}, prod = {}, ...data }: PostgresqlWorld = {},
): Snapshot {
  const { charm, endpoints, type } = releases[release];
  const app = application({ charm, endpoints, units: 2, ...db });
  const models = {
    data: model({ type, ...data, applications: { db: app, ...data.applications } }),
    ...prod.models,
  };
  return estate({ controllers: { prod: controller({ ...prod, models }) } });
}

/** What one control says of the application `db`. @throws Error when it says something else than one thing. */
export function findingOn(guide: Guide, id: string, world: Snapshot, judging: Judging = {}): Finding {
  const [finding, ...more] = findingsOn(guide, id, world, judging);
  if (finding === undefined || more.length > 0) throw new Error(`${id} does not say one thing of db`);
  return finding;
}

export function findingsOn(
  guide: Guide,
  id: string,
  world: Snapshot,
  judging: Judging = {},
): readonly Finding[] {
  const control = controlOf(guide, id);
  const found = judge(control, world, judging).filter(
    ({ target }) => target.application === 'db' && target.model === 'data',
  );
  for (const { judgement } of found) {
    if (!isExplained(control, judgement.reason))
      throw new Error(`${id} does not explain ${judgement.reason}`);
  }
  return found;
}

/** `outcome Reason`, for tables. */
export function saysOn(guide: Guide, id: string, world: Snapshot, judging: Judging = {}): string {
  const { outcome, reason } = findingOn(guide, id, world, judging).judgement;
  return `${outcome} ${reason}`;
}
