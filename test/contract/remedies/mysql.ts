/** Controls of MySQL and its Router, each with a world in which it fails. */
import type { CharmFacts } from '../../../src/simulator/charms/charm.js';
import type { ApplicationSpec, ModelSpec } from '../../../src/simulator/world/spec.js';
import type { RemedyCase } from '../../support/remedies/case.js';
import { cos, cosOffers, pods, prod } from '../../support/remedies/estates.js';

const ca: ApplicationSpec = { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' };
const db: ApplicationSpec = { name: 'db', charm: 'mysql-k8s', channel: '8.0/stable', units: 3, trust: true };
const router: ApplicationSpec = {
  name: 'router',
  charm: 'mysql-router-k8s',
  channel: '8.0/stable',
  trust: true,
};
/** Of track 8.4 the endpoints for TLS were looked up, and no more. */
const mysql84: CharmFacts = {
  ...{ name: 'mysql-k8s', track: '8.4', base: '24.04', workloadVersion: '', revision: 1 },
  endpoints: [
    'database provider mysql_client',
    'client-certificates requirer tls-certificates',
    'peer-certificates requirer tls-certificates',
  ],
  ...{ options: {}, actions: [] },
};
const db84: ApplicationSpec = { ...db, charm: mysql84, channel: '8.4/stable' };
const otelcol: ApplicationSpec = {
  name: 'otelcol',
  charm: 'opentelemetry-collector-k8s',
  channel: '2/stable',
};
const store: ApplicationSpec = {
  name: 's3',
  charm: 's3-integrator',
  channel: '2/stable',
  config: { bucket: 'backups', credentials: 'secret:placeholder' },
};
const provider = { provider: 'ca' } as const;
/** The relation stands; whether TLS took effect a person tries. */
const forAPerson = { state: 'NeedsReview' } as const;

/** Clients come to MySQL through the Router. */
function routed(door: ApplicationSpec, besides: readonly ApplicationSpec[] = []): ModelSpec {
  return pods([db, door, ...besides], { relations: [['router:backend-database', 'db:database']] });
}

export const mysqlRemedies: Readonly<Record<string, RemedyCase>> = {
  'MYSQL-ENC-01': { estate: prod([pods([db, ca])]), params: provider, ends: forAPerson },
  'MYSQL-ENC-02': { estate: prod([pods([db84, ca])]), params: provider, ends: forAPerson },
  'MYR-ENC-01': { estate: prod([routed(router, [ca])]), params: provider, ends: forAPerson },
  'MYSQL-ENC-03': {
    estate: prod([
      pods([db, { ...store, config: { ...store.config, endpoint: 'http://store.example.internal:9000' } }], {
        relations: [['db:s3-parameters', 's3:s3-credentials']],
      }),
    ]),
    params: { endpoint: 'https://store.example.internal:9443' },
  },
  'MYSQL-BKP-01': {
    estate: prod([pods([db, store])]),
    ends: { reason: 'BackupAgeNotObserved', state: 'NeedsReview' },
  },
  'MYSQL-AUTH-01': {
    estate: prod([pods([db])]),
    policy: { rotation: [{ match: { application: 'db' }, users: ['clusteradmin'], every: 86_400 }] },
  },
  'MYSQL-MON-01': { estate: prod([cos, pods([db, otelcol], { consumes: cosOffers })]) },
  'MYSQL-MON-03': { estate: prod([pods([{ ...db, config: { 'plugin-audit-enabled': false } }])]) },
  'MYR-NET-01': { estate: prod([routed({ ...router, config: { 'expose-external': 'nodeport' } })]) },
};

/** The same on the newer track, and for the Router. */
export const mysqlVariants: Readonly<Record<string, RemedyCase>> = {
  'MYSQL-ENC-01 on 8.4': { estate: prod([pods([db84, ca])]), params: provider, ends: forAPerson },
};
