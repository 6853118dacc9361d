import type { ApplicationSpec, ModelSpec } from '../world/spec.js';

const authority: ApplicationSpec = {
  name: 'ca',
  charm: 'self-signed-certificates',
  channel: '1/stable',
  config: { 'ca-common-name': 'ca' },
};

/** Both tracks of PostgreSQL and a PgBouncer on Kubernetes: no TLS, and new passwords stored as md5. */
export const postgres: ModelSpec = {
  name: 'postgres',
  type: 'caas',
  applications: [
    authority,
    { name: 'pg14', charm: 'postgresql-k8s', channel: '14/stable', units: 2, trust: true },
    {
      name: 'pg16',
      charm: 'postgresql-k8s',
      channel: '16/stable',
      units: 2,
      trust: true,
      config: { 'instance-password-encryption': 'md5' },
    },
    { name: 'pgbouncer', charm: 'pgbouncer-k8s', channel: '1/stable', trust: true },
  ],
  relations: [['pgbouncer:backend-database', 'pg14:database']],
};

/** Kafka 3 with its ZooKeeper and Kafka 4 on Kubernetes: no TLS for clients, and denied accesses not logged. */
export const streams: ModelSpec = {
  name: 'streams',
  type: 'caas',
  applications: [
    authority,
    { name: 'zookeeper', charm: 'zookeeper-k8s', channel: '3/stable', units: 3 },
    { name: 'kafka3', charm: 'kafka-k8s', channel: '3/stable', units: 2 },
    {
      name: 'kafka4',
      charm: 'kafka-k8s',
      channel: '4/stable',
      units: 2,
      config: { roles: 'broker,controller', 'log-level': 'ERROR' },
    },
    { name: 'orders', charm: 'data-integrator', channel: 'latest/stable' },
    { name: 'sensors', charm: 'data-integrator', channel: 'latest/stable' },
  ],
  relations: [
    ['kafka3:zookeeper', 'zookeeper:zookeeper'],
    ['orders:kafka', 'kafka3:kafka-client'],
    ['sensors:kafka', 'kafka4:kafka-client'],
  ],
};
