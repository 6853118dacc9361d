/** Controls of Charmed etcd, each with a world in which it fails. */
import type { ApplicationSpec, ModelSpec } from '../../../src/simulator/world/spec.js';
import type { RemedyCase } from '../../support/remedies/case.js';
import {
  applicationIn,
  cos,
  cosOffers,
  machines,
  nothingOffered,
  prod,
  twoDaysOld,
} from '../../support/remedies/estates.js';

const etcd: ApplicationSpec = { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units: 3 };
const ca: ApplicationSpec = { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' };
const provider = { provider: 'ca' } as const;
const peers = ['etcd:peer-certificates', 'ca:certificates'] as const;
const clients = ['etcd:client-certificates', 'ca:certificates'] as const;

function etcdWith(besides: readonly ApplicationSpec[], more: Partial<ModelSpec> = {}): ModelSpec {
  return machines([etcd, ca, ...besides], { relations: [peers, clients], ...more });
}

const store: ApplicationSpec = {
  name: 's3',
  charm: 's3-integrator',
  channel: '2/stable',
  config: { bucket: 'backups', credentials: 'secret:placeholder' },
};
const toStore = ['etcd:s3-credentials', 's3:s3-credentials'] as const;
const otelcol: ApplicationSpec = { name: 'otelcol', charm: 'opentelemetry-collector', channel: '2/stable' };

function behind(more: Partial<ApplicationSpec>): RemedyCase {
  const old = { ...etcd, canUpgradeTo: 'ch:amd64/charmed-etcd-182', ...more };
  return { estate: prod([machines([old, ca], { relations: [peers, clients] })]), params: { age: '1m' } };
}

export const etcdRemedies: Readonly<Record<string, RemedyCase>> = {
  'ETCD-OS-01': {
    estate: prod([etcdWith([{ name: 'landscape', charm: 'landscape-client', channel: 'latest/stable' }])]),
  },
  'ETCD-OS-02': {
    estate: prod([
      etcdWith([
        { name: 'pro', charm: 'ubuntu-pro', channel: 'latest/stable', config: { token: 'placeholder' } },
      ]),
    ]),
  },
  'ETCD-UPG-01': { ...behind({ revision: 181 }), ends: nothingOffered },
  'ETCD-UPG-02': {
    ...behind({ revision: 144 }),
    arrange: ({ world }) => {
      for (const unit of applicationIn(world, 'etcd').units) unit.handSnap = 39;
    },
  },
  'ETCD-UPG-03': behind({
    revision: 181,
    workloadVersion: '3.6.11',
    canUpgradeTo: 'ch:amd64/charmed-etcd-190',
    newestWorkload: '3.6.14',
  }),
  'ETCD-ENC-01': { estate: prod([etcdWith([], { relations: [peers] })]), params: provider },
  'ETCD-ENC-02': { estate: prod([etcdWith([], { relations: [] })]), params: provider },
  'ETCD-ENC-07': {
    estate: prod([
      etcdWith([{ ...store, config: { ...store.config, endpoint: 'http://store.example.internal:9000' } }], {
        relations: [peers, clients, toStore],
      }),
    ]),
    params: { endpoint: 'https://store.example.internal:9443' },
  },
  'ETCD-AUTH-03': {
    estate: prod([etcdWith([])]),
    policy: { rotation: [{ match: { application: 'etcd' }, users: ['root'], every: 86_400 }] },
  },
  'ETCD-MON-01': { estate: prod([cos, etcdWith([otelcol], { consumes: cosOffers })]) },
  'ETCD-BKP-01': { estate: prod([etcdWith([store])]), arrange: twoDaysOld('etcd') },
  'ETCD-NET-01': {
    estate: prod([machines([{ ...etcd, exposed: true }, ca], { relations: [peers, clients] })], {
      cloud: { name: 'sky', type: 'openstack' },
    }),
  },
};
