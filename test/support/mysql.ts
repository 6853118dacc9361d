/** Worlds around Charmed MySQL for tests: an application `db` of two units in the Kubernetes model `data` of `prod`. */
import type { Charm, Snapshot } from '../../src/core/snapshot.js';
import {
  application,
  controller,
  estate,
  model,
  type ApplicationSpec,
  type ControllerSpec,
  type ModelSpec,
} from './world.js';

const common = ['database', 'grafana-dashboard', 'logging', 'metrics-endpoint'];

interface Release {
  readonly charm: Partial<Charm>;
  readonly endpoints: readonly string[];
}

/** The charms that the guide judges. */
export const releases = {
  mysql80: {
    charm: { name: 'mysql-k8s', track: '8.0', base: 'ubuntu@22.04' },
    endpoints: [...common, 'certificates', 'mysql', 'mysql-root', 's3-parameters'],
  },
  mysql84: {
    charm: { name: 'mysql-k8s', track: '8.4', base: 'ubuntu@24.04' },
    endpoints: [...common, 'client-certificates', 'peer-certificates'],
  },
  router80: {
    charm: { name: 'mysql-router-k8s', track: '8.0', base: 'ubuntu@22.04' },
    endpoints: [...common, 'backend-database', 'certificates', 'tracing'],
  },
  router84: {
    charm: { name: 'mysql-router-k8s', track: '8.4', base: 'ubuntu@24.04' },
    endpoints: [...common, 'backend-database'],
  },
} as const satisfies Record<string, Release>;

export type ReleaseName = keyof typeof releases;

export interface MysqlWorld extends ModelSpec {
  readonly db?: ApplicationSpec;
  readonly prod?: ControllerSpec;
}

/** The estate with this release in it; what is not said is as the world builder has it. */
export function mysqlWorld(release: ReleaseName, { db = {}, prod = {}, ...data }: MysqlWorld = {}): Snapshot {
  const { charm, endpoints } = releases[release];
  const app = application({ charm, endpoints, units: 2, ...db });
  const models = { data: model({ type: 'caas', ...data, applications: { db: app, ...data.applications } }) };
  return estate({ controllers: { prod: controller({ ...prod, models }) } });
}
