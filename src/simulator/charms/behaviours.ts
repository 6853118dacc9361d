import type { SimApplication } from '../world/state.js';
import type { Behaviour } from './behaviour.js';
import { etcd } from './etcd/behaviour.js';
import { kafka } from './kafka/behaviour.js';
import { zookeeper } from './kafka/zookeeper.js';
import { pgbouncer, postgresql } from './postgresql/behaviour.js';
import { landscapeClient, s3Integrator, ubuntuPro } from './system.js';

const behaviours: Readonly<Record<string, Behaviour>> = {
  'charmed-etcd': etcd,
  postgresql,
  'postgresql-k8s': postgresql,
  'pgbouncer-k8s': pgbouncer,
  kafka,
  'kafka-k8s': kafka,
  zookeeper,
  'zookeeper-k8s': zookeeper,
  'landscape-client': landscapeClient,
  'ubuntu-pro': ubuntuPro,
  'ubuntu-advantage': ubuntuPro,
  's3-integrator': s3Integrator,
};

/** What the application's charm does on its own; undefined for charms that only turn active. */
export function behaviourOf(application: SimApplication): Behaviour | undefined {
  return behaviours[application.charm.name];
}
