import type { EstateSpec, ModelSpec } from '../world/spec.js';

/** Both tracks of PostgreSQL with PgBouncer in front, and both of Kafka, on Kubernetes, nothing of it with TLS yet. */
export const productsModel: ModelSpec = {
  name: 'products',
  type: 'caas',
  users: { observer: 'read', remediator: 'admin' },
  applications: [
    {
      name: 'ca',
      charm: 'self-signed-certificates',
      channel: '1/stable',
      config: { 'ca-common-name': 'ca' },
    },
    { name: 's3', charm: 's3-integrator', channel: '1/stable' },
    { name: 'pg14', charm: 'postgresql-k8s', channel: '14/stable', units: 2, trust: true },
    { name: 'pg16', charm: 'postgresql-k8s', channel: '16/stable', units: 2, trust: true },
    { name: 'pooler', charm: 'pgbouncer-k8s', channel: '1/stable', trust: true },
    { name: 'keeper', charm: 'zookeeper-k8s', channel: '3/stable', units: 3 },
    { name: 'kafka3', charm: 'kafka-k8s', channel: '3/stable', units: 2 },
    {
      name: 'kafka4',
      charm: 'kafka-k8s',
      channel: '4/stable',
      units: 2,
      config: { roles: 'broker,controller' },
    },
    { name: 'app', charm: 'data-integrator', channel: 'latest/stable' },
    { name: 'newcomer', charm: 'data-integrator', channel: 'latest/stable' },
  ],
  relations: [
    ['pooler:backend-database', 'pg14:database'],
    ['kafka3:zookeeper', 'keeper:zookeeper'],
    ['app:kafka', 'kafka4:kafka-client'],
  ],
};

/** One controller with the products' model. */
export const productsEstate: EstateSpec = {
  controllers: [
    {
      name: 'prod',
      users: [
        { name: 'observer', createdDaysAgo: 9, lastConnectionDaysAgo: 0 },
        { name: 'auditor', access: 'superuser', createdDaysAgo: 9, lastConnectionDaysAgo: 0 },
        { name: 'remediator', access: 'superuser', createdDaysAgo: 9, lastConnectionDaysAgo: 0 },
      ],
      models: [productsModel],
    },
  ],
};
