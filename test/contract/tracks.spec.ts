/**
 * The same policy, given to two tracks of one product that are equally bare: the plans ask for the same things by the
 * endpoints and in the spellings of each track.
 */
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Guide } from '../../src/core/control.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import { plan } from '../../src/core/plan.js';
import { observeOnly, type Policy } from '../../src/core/policy/policy.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { millis } from '../../src/core/time.js';
import { charmedKafkaK8s } from '../../src/guides/charmed-kafka-k8s/index.js';
import { charmedPostgresqlK8s } from '../../src/guides/charmed-postgresql-k8s/index.js';
import { cosOffers } from '../support/etcd.js';
import { knowledge } from '../support/judge.js';
import { deployed, kafkaWorld, keeps, type ProductName } from '../support/kafka.js';
import { postgresqlWorld, type ReleaseName } from '../support/postgresql.js';
import { application, type ModelSpec } from '../support/world.js';

/** One policy for all of them. */
const policy: Policy = {
  ...observeOnly,
  defaults: { ...observeOnly.defaults, mode: 'propose' },
  rules: [{ match: {}, params: { provider: 'vault' } }],
};

type Ready = Required<Pick<ModelSpec, 'applications' | 'remoteApplications'>>;

const store = application({ charm: { name: 's3-integrator' }, endpoints: ['s3-credentials'] });
const signing = (name: string) => application({ charm: { name }, config: { pki_allow_ip_sans: true } });

/** What stands ready beside pods: a TLS provider, an object store, a collector, and COS in another model. */
const besidePods: Ready = {
  applications: {
    vault: signing('vault-k8s'),
    s3: store,
    otel: application({ charm: { name: 'opentelemetry-collector-k8s' } }),
  },
  remoteApplications: cosOffers(),
};

/** The same beside machines, where subordinates need the base of their principal. */
function besideMachines(base: string): Ready {
  const subordinate = (name: string) => application({ charm: { name, base }, units: 0 });
  return {
    applications: {
      vault: signing('vault'),
      s3: store,
      otel: subordinate('opentelemetry-collector'),
      landscape: subordinate('landscape-client'),
      pro: subordinate('ubuntu-pro'),
    },
    remoteApplications: cosOffers(),
  };
}

/** The older track of each product is on 22.04, the newer one on 24.04. */
function ready(name: ReleaseName | ProductName): Ready {
  if (name.startsWith('k8s')) return besidePods;
  return besideMachines(/(?:14|3)$/.test(name) ? 'ubuntu@22.04' : 'ubuntu@24.04');
}

const weak = {
  '14': {
    instance_password_encryption: 'md5',
    logging_log_connections: false,
    logging_log_disconnections: false,
    plugin_audit_enable: false,
  },
  '16': {
    'instance-password-encryption': 'md5',
    'logging-log-connections': false,
    'logging-log-disconnections': false,
    'plugin-audit-enable': false,
  },
} as const;

function postgresql(release: ReleaseName): Snapshot {
  const config = release.endsWith('14') ? weak['14'] : weak['16'];
  return postgresqlWorld(release, { ...ready(release), db: { config } });
}

const opened = {
  '3': { log_level: 'WARNING', expose_external: 'nodeport' },
  '4': { 'log-level': 'WARNING', 'expose-external': 'nodeport' },
} as const;

function kafka(product: ProductName): Snapshot {
  const { applications, remoteApplications } = ready(product);
  const isThree = product.endsWith('3');
  const zookeeper = deployed(product.startsWith('k8s') ? 'zookeeper' : 'machineZookeeper');
  return kafkaWorld(product, {
    remoteApplications,
    applications: { ...applications, ...(isThree ? { zookeeper } : {}) },
    relations: isThree ? [keeps()] : [],
    options: isThree ? opened['3'] : opened['4'],
  });
}

/** The lines of the plan, without program and model. */
function planned(guide: Guide, world: Snapshot): readonly string[] {
  const asOf = millis(world.takenAt);
  const findings = evaluate([guide], world, { policy, knowledge }, asOf);
  return plan(findings, asOf).flatMap((proposal) =>
    proposal.plan.actions.map(({ argv }) => argv.slice(1).join(' ').replace('-m prod:admin/data ', '')),
  );
}

const printed: string[] = [];

afterAll(() => {
  process.stdout.write(`\n${printed.join('\n')}\n`);
});

type Row = readonly [older: string, newer: string];

/** Both plans, side by side. */
function print(...rows: readonly Row[]): void {
  const width = Math.max(...rows.map(([older]) => older.length));
  printed.push('', ...rows.map(([older, newer]) => `${older.padEnd(width)} | ${newer}`.trimEnd()));
}

const onward: readonly Row[] = [
  'otel:send-remote-write prometheus:receive-remote-write',
  'otel:send-loki-logs loki:logging',
  'otel:grafana-dashboards-provider grafana:grafana-dashboard',
].map((ends) => [`integrate ${ends}`, `integrate ${ends}`]);

const same = (line: string): Row => [line, line];
const [metrics = same(''), logs = same(''), dashboards = same('')] = onward;

/** Signal by signal, into the collector and on from there. */
const pods = (name: string, ...more: readonly Row[]): readonly Row[] => [
  same(`integrate ${name}:metrics-endpoint otel:metrics-endpoint`),
  metrics,
  same(`integrate ${name}:logging otel:receive-loki-logs`),
  logs,
  same(`integrate ${name}:grafana-dashboard otel:grafana-dashboards-consumer`),
  dashboards,
  ...more,
];

const postgresqlTls: readonly Row[] = [
  ['', 'integrate vault:vault-pki db:peer-certificates'],
  ['integrate vault:vault-pki db:certificates', 'integrate vault:vault-pki db:client-certificates'],
  [
    'config db instance_password_encryption=scram-sha-256',
    'config db instance-password-encryption=scram-sha-256',
  ],
  same('integrate s3:s3-credentials db:s3-parameters'),
];

const postgresqlLogs: readonly Row[] = [
  ['config db logging_log_connections=true', 'config db logging-log-connections=true'],
  ['config db logging_log_disconnections=true', 'config db logging-log-disconnections=true'],
  ['config db plugin_audit_enable=true', 'config db plugin-audit-enable=true'],
];

/** Only the older Kafka has a ZooKeeper beside it. */
const olderOnly = (line: string): Row => [line, ''];

/** ZooKeeper before Kafka 3; the brokers before the clients of Kafka 4. */
const kafkaTls: readonly Row[] = [
  ['integrate vault:vault-pki zookeeper:certificates', 'integrate vault:vault-pki kafka:peer-certificates'],
  same('integrate vault:vault-pki kafka:certificates'),
];
const kafkaBackup = olderOnly('integrate s3:s3-credentials zookeeper:s3-credentials');
const kafkaLog: Row = ['config kafka log_level=INFO', 'config kafka log-level=INFO'];

interface Walk {
  readonly guide: Guide;
  readonly older: Snapshot;
  readonly newer: Snapshot;
  readonly rows: readonly Row[];
}

const walks: Readonly<Record<string, Walk>> = {
  'PostgreSQL K8s 14 | PostgreSQL K8s 16': {
    guide: charmedPostgresqlK8s,
    older: postgresql('k8s14'),
    newer: postgresql('k8s16'),
    rows: [
      ...postgresqlTls,
      ...pods('db', same('integrate db:tracing otel:receive-traces')),
      ...postgresqlLogs,
    ],
  },
  'PostgreSQL 14 | PostgreSQL 16': {
    guide: charmedPostgresqlK8s,
    older: postgresql('machine14'),
    newer: postgresql('machine16'),
    rows: [
      ...postgresqlTls,
      same('integrate otel:cos-agent db:cos-agent'),
      ...onward,
      ...postgresqlLogs,
      same('integrate landscape:container db:juju-info'),
      same('integrate pro:juju-info db:juju-info'),
    ],
  },
  'Kafka K8s 3 | Kafka K8s 4': {
    guide: charmedKafkaK8s,
    older: kafka('k8s3'),
    newer: kafka('k8s4'),
    rows: [
      ...kafkaTls,
      ['config kafka expose_external=false', 'config kafka expose-external=false'],
      kafkaBackup,
      kafkaLog,
      ...pods('kafka'),
      olderOnly('integrate zookeeper:metrics-endpoint otel:metrics-endpoint'),
      olderOnly('integrate zookeeper:logging otel:receive-loki-logs'),
      olderOnly('integrate zookeeper:grafana-dashboard otel:grafana-dashboards-consumer'),
    ],
  },
  'Kafka 3 | Kafka 4': {
    guide: charmedKafkaK8s,
    older: kafka('machine3'),
    newer: kafka('machine4'),
    rows: [
      ...kafkaTls,
      kafkaBackup,
      kafkaLog,
      same('integrate otel:cos-agent kafka:cos-agent'),
      ...onward,
      same('integrate landscape:container kafka:juju-info'),
      olderOnly('integrate landscape:container zookeeper:juju-info'),
      same('integrate pro:juju-info kafka:juju-info'),
      olderOnly('integrate pro:juju-info zookeeper:juju-info'),
      olderOnly('integrate otel:cos-agent zookeeper:cos-agent'),
    ],
  },
};

/** The lines of one side; a row may be empty there. */
function side(rows: readonly Row[], n: 0 | 1): readonly string[] {
  return rows.map((row) => row[n]).filter((line) => line !== '');
}

describe('one policy on two tracks', () => {
  it.each(Object.entries(walks))('%s', (names, { guide, older, newer, rows }) => {
    const [left = '', right = ''] = names.split(' | ');
    print([left, right], ...rows);
    expect(planned(guide, older)).toEqual(side(rows, 0));
    expect(planned(guide, newer)).toEqual(side(rows, 1));
  });
});
