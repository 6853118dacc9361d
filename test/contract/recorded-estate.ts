import type { CharmFacts } from '../../src/simulator/charms/charm.js';
import type {
  ApplicationSpec,
  ControllerSpec,
  EstateSpec,
  ModelSpec,
} from '../../src/simulator/world/spec.js';

/** The estates that the fixtures were recorded on, in the simulator's words (fixtures: SOURCES.md). */
const local = { origin: 'local' } as const;
const bothFamilies = { '': ['::/0', '0.0.0.0/0'] };

function applications(hardened: boolean): readonly ApplicationSpec[] {
  const blocked = (message: string): Pick<ApplicationSpec, 'status'> =>
    hardened ? {} : { status: { status: 'blocked', message } };
  return [
    {
      name: 'data-integrator',
      ...local,
      ...blocked('Please relate the data-integrator with the desired product'),
      to: ['0'],
      config: { 'prefix-name': '/app/', ...(hardened ? {} : { 'extra-user-roles': 'admin' }) },
    },
    {
      name: 'etcd',
      charm: 'charmed-etcd',
      ...local,
      revision: 1,
      units: 2,
      to: ['0', '2'],
      ...(hardened ? { config: { 'system-users': 'secret:placeholder' } } : {}),
    },
    {
      name: 'etcd-ca',
      charm: 'self-signed-certificates',
      ...local,
      revision: 2,
      to: ['2'],
      config: { 'ca-common-name': 'etcd-ca' },
    },
    { name: 'grafana-agent', ...local },
    { name: 'hydra', ...local, to: ['1'], ...(hardened ? {} : { config: { dev: true } }) },
    {
      name: 'kafka',
      ...local,
      to: ['1'],
      channel: '3/stable',
      ...blocked('missing required zookeeper relation'),
      ...(hardened ? {} : { exposed: bothFamilies }),
      ...(hardened ? {} : { config: { log_level: 'WARNING' } }),
    },
    { name: 'kafka4', charm: 'kafka-k8s', ...local, channel: '4/stable', to: ['2'] },
    {
      name: 'landscape-client',
      ...local,
      ...(hardened
        ? {
            config: {
              'account-name': 'example',
              'computer-title': 'x',
              'ping-url': 'http://landscape.example.internal/ping',
              url: 'https://landscape.example.internal/message-system',
            },
          }
        : {}),
    },
    { name: 'opentelemetry-collector', ...local },
    {
      name: 'pg14',
      charm: 'postgresql-k8s',
      ...local,
      channel: '14/stable',
      to: ['1'],
      status: { status: 'active', message: 'Primary' },
    },
    {
      name: 'pg16',
      charm: 'postgresql-k8s',
      ...local,
      revision: 1,
      channel: '16/edge',
      to: ['2'],
      trust: !hardened,
      status: { status: 'active', message: 'Primary' },
      ...(hardened ? {} : { config: { 'instance-password-encryption': 'md5' } }),
    },
    {
      name: 'pgbouncer',
      charm: 'pgbouncer-k8s',
      ...local,
      to: ['1'],
      ...blocked('waiting for backend database relation to initialise'),
      exposed: { '': ['10.20.0.0/16', '192.168.50.0/24'] },
    },
    {
      name: 'postgresql',
      ...local,
      channel: '14/stable',
      to: ['1'],
      status: { status: 'active', message: 'Primary' },
    },
    {
      name: 's3-integrator',
      ...local,
      channel: '2/stable',
      to: ['0'],
      config: {
        bucket: 'backups',
        endpoint: 'http://minio.example.internal:9000',
        ...(hardened ? { credentials: 'secret:placeholder', 'tls-ca-chain': 'U1RVQg==' } : {}),
      },
    },
    { name: 'self-signed-certificates', ...local, to: ['0'] },
    { name: 'ubuntu-pro', ...local, ...(hardened ? { config: { token: 'placeholder' } } : {}) },
    { name: 'zookeeper', ...local, to: ['1'] },
  ];
}

const certificates = 'self-signed-certificates:certificates';

const hardenedRelations: NonNullable<ModelSpec['relations']> = [
  ['etcd:peer-certificates', 'etcd-ca:certificates'],
  ['etcd:client-certificates', 'etcd-ca:certificates'],
  ['etcd:s3-credentials', 's3-integrator:s3-credentials'],
  ['postgresql:s3-parameters', 's3-integrator:s3-credentials'],
  ['pg14:s3-parameters', 's3-integrator:s3-credentials'],
  ['pg16:s3-parameters', 's3-integrator:s3-credentials'],
  ['zookeeper:s3-credentials', 's3-integrator:s3-credentials'],
  ['landscape-client:container', 'etcd:juju-info'],
  ['ubuntu-pro:juju-info', 'etcd:juju-info'],
  ['opentelemetry-collector:cos-agent', 'etcd:cos-agent'],
  ['opentelemetry-collector:send-remote-write', 'prometheus-receive-remote-write'],
  ['opentelemetry-collector:send-loki-logs', 'loki-logging'],
  ['opentelemetry-collector:grafana-dashboards-provider', 'grafana-dashboards'],
  ['grafana-agent:cos-agent', 'postgresql:cos-agent'],
  ['grafana-agent:cos-agent', 'kafka:cos-agent'],
  ['grafana-agent:cos-agent', 'zookeeper:cos-agent'],
  ['grafana-agent:send-remote-write', 'prometheus-receive-remote-write'],
  ['grafana-agent:logging-consumer', 'loki-logging'],
  ['grafana-agent:grafana-dashboards-provider', 'grafana-dashboards'],
  ['pg14:certificates', certificates],
  ['pg16:client-certificates', certificates],
  ['pg16:peer-certificates', certificates],
  ['postgresql:certificates', certificates],
  ['pgbouncer:certificates', certificates],
  ['zookeeper:certificates', certificates],
  ['kafka:certificates', certificates],
  ['kafka4:certificates', certificates],
  ['kafka4:peer-certificates', certificates],
  ['kafka:zookeeper', 'zookeeper:zookeeper'],
  ['pgbouncer:backend-database', 'postgresql:database'],
  ['data-integrator:kafka', 'kafka:kafka-client'],
];

const cos: ModelSpec = {
  name: 'cos',
  users: { dave: 'read' },
  applications: [
    { name: 'prometheus', charm: 'prometheus-k8s', ...local, to: ['0'], workloadVersion: '' },
    { name: 'loki', charm: 'loki-k8s', ...local, to: ['0'], workloadVersion: '' },
    { name: 'grafana', charm: 'grafana-k8s', ...local, to: ['0'], workloadVersion: '' },
  ],
  offers: [
    { name: 'grafana-dashboards', application: 'grafana', endpoint: 'grafana-dashboard' },
    { name: 'loki-logging', application: 'loki', endpoint: 'logging', users: { bob: 'consume' } },
    { name: 'prometheus-receive-remote-write', application: 'prometheus', endpoint: 'receive-remote-write' },
  ],
};

function data(hardened: boolean): ModelSpec {
  return {
    name: 'data',
    users: { bob: 'admin', carol: 'read', eve: 'write' },
    config: hardened
      ? { 'enable-os-upgrade': true, 'ssh-allow': '10.77.0.0/24', 'saas-ingress-allow': '10.77.0.0/24' }
      : { 'logging-config': '<root>=INFO;juju.rpc=TRACE' },
    secrets: [
      { label: 'internal', owner: 'etcd', rotation: 'monthly', rotatesInDays: 30 },
      { label: 's3-creds', ...(hardened ? { grantedTo: ['s3-integrator'] } : {}) },
    ],
    blocks: hardened
      ? [
          { commandSet: 'destroy-model', message: 'production' },
          { commandSet: 'remove-object', message: 'production' },
        ]
      : [],
    applications: applications(hardened),
    ...(hardened
      ? {
          relations: hardenedRelations,
          consumes: [
            { model: 'cos', offer: 'grafana-dashboards' },
            { model: 'cos', offer: 'loki-logging' },
            { model: 'cos', offer: 'prometheus-receive-remote-write' },
          ],
        }
      : {}),
  };
}

/** The controller `prod` bare, or hardened. */
export function prodEstate(hardened: boolean): EstateSpec {
  const controller: ControllerSpec = {
    name: 'prod',
    config: hardened ? {} : { 'auditing-enabled': false, 'agent-ratelimit-max': 0 },
    users: [
      { name: 'alice', access: 'superuser', createdDaysAgo: 0, lastConnectionDaysAgo: 0 },
      { name: 'bob', createdDaysAgo: 0, lastConnectionDaysAgo: 0 },
      { name: 'carol', createdDaysAgo: 0, lastConnectionDaysAgo: 0 },
      { name: 'dave', createdDaysAgo: 0 },
      { name: 'eve', createdDaysAgo: 0, lastConnectionDaysAgo: 0, disabled: true },
    ],
    models: [cos, data(hardened)],
  };
  return { controllers: [controller] };
}

const labSource: CharmFacts = {
  name: 'lab-src',
  track: 'latest',
  base: '24.04',
  workloadVersion: '',
  revision: 1,
  endpoints: ['data provider labdata'],
  options: {
    count: ['int', 3],
    cred: ['secret'],
    flag: ['boolean', false],
    greeting: ['string', 'hello'],
  },
  actions: ['ping', 'fail'],
  answers: {
    ping: { status: 'completed', output: { pong: 'hi' } },
    fail: { status: 'failed', message: 'told to fail' },
  },
};

const labSink: CharmFacts = { ...labSource, name: 'lab-sink', endpoints: ['data requirer labdata'] };

/** The controller `lab` with its model `dev`. */
export const labEstate: EstateSpec = {
  controllers: [
    {
      name: 'lab',
      users: [{ name: 'bob', displayName: 'Bob B', createdDaysAgo: 0 }],
      models: [
        {
          name: 'dev',
          applications: [
            { name: 'src1', charm: labSource, ...local, to: ['0'] },
            { name: 'sink1', charm: labSink, ...local, to: ['0'] },
          ],
          offers: [{ name: 'datasrc', application: 'src1', endpoint: 'data' }],
        },
      ],
    },
  ],
};
