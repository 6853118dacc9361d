import type { EstateSpec, ModelSpec } from '../world/spec.js';
import { postgres, streams } from './demo-products.js';

const telemetry: ModelSpec = {
  name: 'cos',
  users: { dave: 'read' },
  applications: [
    { name: 'prometheus', charm: 'prometheus-k8s' },
    { name: 'loki', charm: 'loki-k8s' },
    { name: 'grafana', charm: 'grafana-k8s' },
  ],
  offers: [
    { application: 'prometheus', endpoint: 'receive-remote-write', name: 'prometheus-receive-remote-write' },
    { application: 'loki', endpoint: 'logging', name: 'loki-logging', users: { bob: 'consume' } },
    { application: 'grafana', endpoint: 'grafana-dashboard', name: 'grafana-dashboards' },
  ],
};

/** A guide's three units of etcd with everything at hand that hardening needs, and nothing of it related. */
const data: ModelSpec = {
  name: 'data',
  users: { bob: 'admin', carol: 'read' },
  config: { 'logging-config': '<root>=INFO;juju.rpc=TRACE' },
  secrets: [
    { label: 'internal', owner: 'etcd', rotation: 'monthly', createdDaysAgo: 20, rotatesInDays: 10 },
    { label: 's3-creds', createdDaysAgo: 400 },
  ],
  applications: [
    { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units: 3 },
    {
      name: 'etcd-ca',
      charm: 'self-signed-certificates',
      channel: '1/stable',
      config: { 'ca-common-name': 'etcd-ca' },
    },
    { name: 'landscape-client', channel: 'latest/stable' },
    { name: 'ubuntu-pro', channel: 'latest/stable', config: { token: 'placeholder' } },
    { name: 'opentelemetry-collector', channel: '2/stable' },
    {
      name: 's3-integrator',
      channel: '2/stable',
      config: {
        bucket: 'backups',
        endpoint: 'http://minio.example.internal:9000',
        credentials: 'secret:placeholder',
      },
    },
    {
      name: 'data-integrator',
      channel: 'latest/stable',
      config: { 'extra-user-roles': 'admin' },
      exposed: true,
    },
  ],
  relations: [['landscape-client:container', 'etcd:juju-info']],
  consumes: [
    { model: 'cos', offer: 'prometheus-receive-remote-write' },
    { model: 'cos', offer: 'loki-logging' },
    { model: 'cos', offer: 'grafana-dashboards' },
  ],
};

/** The same product as its guide wants it. */
const vault: ModelSpec = {
  name: 'vault',
  users: { bob: 'admin' },
  config: { 'enable-os-upgrade': true, 'ssh-allow': '10.77.0.0/24', 'saas-ingress-allow': '10.77.0.0/24' },
  blocks: [
    { commandSet: 'destroy-model', message: 'production' },
    { commandSet: 'remove-object', message: 'production' },
  ],
  applications: [
    { name: 'charmed-etcd', channel: '3.6/stable', units: 3 },
    { name: 'vault', channel: '1.16/stable' },
    { name: 'landscape-client', channel: 'latest/stable' },
    { name: 'ubuntu-pro', channel: 'latest/stable', config: { token: 'placeholder' } },
    {
      name: 's3-integrator',
      channel: '2/stable',
      config: { bucket: 'backups', credentials: 'secret:placeholder' },
    },
    { name: 'grafana-agent', channel: '1/stable', base: '24.04' },
  ],
  relations: [
    ['charmed-etcd:peer-certificates', 'vault:vault-pki'],
    ['charmed-etcd:client-certificates', 'vault:vault-pki'],
    ['charmed-etcd:s3-credentials', 's3-integrator:s3-credentials'],
    ['charmed-etcd:cos-agent', 'grafana-agent:cos-agent'],
    ['landscape-client:container', 'charmed-etcd:juju-info'],
    ['ubuntu-pro:juju-info', 'charmed-etcd:juju-info'],
  ],
};

const web: ModelSpec = {
  name: 'web',
  users: { frank: 'write' },
  applications: [
    { name: 'postgresql', channel: '14/stable', units: 2 },
    { name: 'self-signed-certificates', channel: '1/stable' },
    { name: 'pgbouncer', charm: 'pgbouncer-k8s', channel: '1/stable', exposed: { '': ['10.20.0.0/16'] } },
  ],
  relations: [['postgresql:certificates', 'self-signed-certificates:certificates']],
};

/**
 * Two controllers, one of each major version, where some is as the guides want it and much is not: auditing off,
 * tracing in production, the world let in, a superuser too many, a user who left long ago.
 */
export const demoEstate: EstateSpec = {
  controllers: [
    {
      name: 'prod',
      flavour: '4.0',
      config: {
        'auditing-enabled': false,
        'audit-log-exclude-methods': 'ReadOnlyMethods,ModelManager.ModifyModelAccess',
        'agent-ratelimit-max': 0,
      },
      users: [
        { name: 'alice', access: 'superuser', createdDaysAgo: 200, lastConnectionDaysAgo: 1 },
        { name: 'bob', createdDaysAgo: 200, lastConnectionDaysAgo: 2 },
        { name: 'carol', createdDaysAgo: 200, lastConnectionDaysAgo: 5 },
        { name: 'dave', createdDaysAgo: 400 },
        { name: 'mallory', access: 'superuser', createdDaysAgo: 3, lastConnectionDaysAgo: 1 },
        { name: 'eve', createdDaysAgo: 300, lastConnectionDaysAgo: 250, disabled: true },
      ],
      models: [telemetry, data, postgres],
    },
    {
      name: 'edge',
      flavour: '3.6',
      users: [
        { name: 'bob', createdDaysAgo: 90, lastConnectionDaysAgo: 3 },
        { name: 'frank', createdDaysAgo: 700, lastConnectionDaysAgo: 400 },
        { name: 'grace', createdDaysAgo: 60, lastConnectionDaysAgo: 1 },
      ],
      models: [vault, web, streams],
    },
  ],
};
