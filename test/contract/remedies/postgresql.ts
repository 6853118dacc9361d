/** Controls of PostgreSQL and PgBouncer, each with a world in which it fails. */
import type { ApplicationSpec, ModelSpec } from '../../../src/simulator/world/spec.js';
import type { RemedyCase } from '../../support/remedies/case.js';
import {
  cos,
  cosOffers,
  machines,
  pods,
  nothingOffered,
  prod,
  twoDaysOld,
} from '../../support/remedies/estates.js';

const ca: ApplicationSpec = { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' };
const pg14: ApplicationSpec = {
  name: 'pg',
  charm: 'postgresql-k8s',
  channel: '14/stable',
  units: 2,
  trust: true,
};
const pg16: ApplicationSpec = { ...pg14, channel: '16/stable' };
const pooler: ApplicationSpec = { name: 'pooler', charm: 'pgbouncer-k8s', channel: '1/stable', trust: true };
const onMachine: ApplicationSpec = { name: 'pg', charm: 'postgresql', channel: '14/stable', units: 2 };
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
const subordinateCollector: ApplicationSpec = {
  name: 'otelcol',
  charm: 'opentelemetry-collector',
  channel: '2/stable',
  base: '22.04',
};
const provider = { provider: 'ca' } as const;
const pooled = ['pooler:backend-database', 'pg:database'] as const;

function behind(model: ModelSpec): RemedyCase {
  return { estate: prod([model]), params: { age: '1m' }, ends: nothingOffered };
}

export const postgresqlRemedies: Readonly<Record<string, RemedyCase>> = {
  'PG-UPG-01': behind(pods([{ ...pg14, revision: 700, canUpgradeTo: 'ch:amd64/postgresql-k8s-773' }])),
  'PGB-UPG-01': behind(
    pods([pg14, { ...pooler, units: 2, revision: 500, canUpgradeTo: 'ch:amd64/pgbouncer-k8s-510' }], {
      relations: [pooled],
    }),
  ),
  'PG-ENC-01': {
    estate: prod([pods([pg16, ca], { relations: [['pg:peer-certificates', 'ca:certificates']] })]),
    params: provider,
  },
  'PG-ENC-02': { estate: prod([pods([pg16, ca])]), params: provider },
  'PGB-ENC-01': {
    estate: prod([pods([pg14, pooler, ca], { relations: [pooled, ['pg:certificates', 'ca:certificates']] })]),
    params: provider,
  },
  'PG-ENC-04': {
    estate: prod([
      pods(
        [pg14, { ...store, config: { ...store.config, endpoint: 'http://store.example.internal:9000' } }],
        {
          relations: [['pg:s3-parameters', 's3:s3-credentials']],
        },
      ),
    ]),
    params: { endpoint: 'https://store.example.internal:9443' },
  },
  'PG-AUTH-01': {
    estate: prod([pods([{ ...pg16, config: { 'instance-password-encryption': 'md5' } }])]),
  },
  'PG-AUTH-04': {
    estate: prod([pods([pg16])]),
    policy: { rotation: [{ match: { application: 'pg' }, users: ['operator'], every: 86_400 }] },
  },
  'PG-MON-01': { estate: prod([cos, pods([pg14, otelcol], { consumes: cosOffers })]) },
  'PG-MON-03': {
    estate: prod([pods([{ ...pg14, config: { logging_log_connections: false } }])]),
  },
  'PGB-MON-01': {
    estate: prod([cos, pods([pg14, pooler, otelcol], { relations: [pooled], consumes: cosOffers })]),
  },
  'PG-BKP-01': { estate: prod([pods([pg14, store])]), arrange: twoDaysOld('pg') },
  'PG-NET-01': {
    estate: prod([machines([{ ...onMachine, exposed: true }])], {
      cloud: { name: 'sky', type: 'openstack' },
    }),
  },
  'PGB-NET-01': {
    estate: prod([
      pods([pg14, { ...pooler, config: { 'expose-external': 'nodeport' } }], { relations: [pooled] }),
    ]),
  },
  'PG-OS-01': {
    estate: prod([
      machines([
        onMachine,
        { name: 'landscape', charm: 'landscape-client', channel: 'latest/stable', base: '22.04' },
      ]),
    ]),
  },
  'PG-OS-02': {
    estate: prod([
      machines([
        onMachine,
        {
          name: 'pro',
          charm: 'ubuntu-advantage',
          channel: 'latest/stable',
          config: { token: 'placeholder' },
        },
      ]),
    ]),
  },
};

/** The same on other tracks and on machines, where endpoints, options and ways differ. */
export const postgresqlVariants: Readonly<Record<string, RemedyCase>> = {
  'PG-ENC-01 on 14': { estate: prod([pods([pg14, ca])]), params: provider },
  'PG-AUTH-01 on 14': {
    estate: prod([pods([{ ...pg14, config: { instance_password_encryption: 'md5' } }])]),
  },
  'PG-AUTH-04 on 14': {
    estate: prod([pods([pg14])]),
    policy: { rotation: [{ match: { application: 'pg' }, users: ['operator'], every: 86_400 }] },
  },
  'PG-MON-01 on machines': {
    estate: prod([cos, machines([onMachine, subordinateCollector], { consumes: cosOffers })]),
  },
  'PG-MON-03 on 16': { estate: prod([pods([{ ...pg16, config: { 'plugin-audit-enable': false } }])]) },
  'PG-BKP-01 on machines': { estate: prod([machines([onMachine, store])]), arrange: twoDaysOld('pg') },
  'PG-UPG-01 on 16': behind(pods([{ ...pg16, revision: 700, canUpgradeTo: 'ch:amd64/postgresql-k8s-790' }])),
};
