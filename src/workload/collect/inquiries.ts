/** What is looked at inside the units of which charm. Paths and keys as the charms' own code has them. */
import type { Look } from '../../core/ports/workload-reader.js';
import type { Charm } from '../../core/snapshot.js';
import type { Inquiry } from './inquiry.js';
import {
  kafka3,
  kafka3Machine,
  kafka4,
  kafka4Machine,
  zookeeperK8s,
  zookeeperMachine,
} from './kafka-inquiries.js';
import { onMachine } from './system-looks.js';

const security = [
  'cert-file',
  'key-file',
  'client-cert-auth',
  'trusted-ca-file',
  'auto-tls',
  'allowed-cn',
  'allowed-hostname',
  'client-crl-file',
  'crl-file',
  'skip-client-san-verification',
];
const etcdKeys = [
  ...['name', 'data-dir', 'wal-dir', 'listen-peer-urls', 'listen-client-urls', 'listen-client-http-urls'],
  ...[
    'initial-advertise-peer-urls',
    'advertise-client-urls',
    'listen-metrics-urls',
    'initial-cluster',
    'metrics',
  ],
  ...[
    'enable-pprof',
    'enable-v2',
    'strict-reconfig-check',
    'tls-min-version',
    'tls-max-version',
    'cipher-suites',
  ],
  ...[
    'logger',
    'log-level',
    'log-outputs',
    'enable-log-rotation',
    'log-rotation-config-json',
    'host-whitelist',
    'cors',
  ],
  ...['client-transport-security', 'peer-transport-security'].flatMap((block) =>
    security.map((key) => `${block}/${key}`),
  ),
];

const etcdRoot = '/var/snap/charmed-etcd';
const etcdTls = `${etcdRoot}/current/tls`;
const etcdCertificates = ['client.pem', 'client_ca.pem', 'peer.pem', 'peer_ca.pem'].map(
  (name) => `${etcdTls}/${name}`,
);

/** Where the files of Charmed etcd are. */
export const etcdFiles = {
  configuration: `${etcdRoot}/current/etcd.conf.yml`,
  data: `${etcdRoot}/common/var/lib/etcd`,
  clientCa: `${etcdTls}/client_ca.pem`,
  peerCa: `${etcdTls}/peer_ca.pem`,
} as const;

const etcd: Inquiry = {
  id: 'etcd',
  looks: {
    etcdConfiguration: { kind: 'keys', paths: [etcdFiles.configuration], format: 'yaml', keys: etcdKeys },
    files: {
      kind: 'stat',
      paths: [
        etcdFiles.configuration,
        etcdFiles.data,
        `${etcdTls}/client.key`,
        `${etcdTls}/peer.key`,
        ...etcdCertificates,
      ],
    },
    certificates: { kind: 'certificates', paths: etcdCertificates },
    etcdAuthentication: { kind: 'program', program: 'etcd-authentication' },
    etcdPeers: { kind: 'program', program: 'etcd-members' },
    disk: { kind: 'program', program: 'etcd-disk' },
    packetFilter: { kind: 'program', program: 'packet-filter' },
    ...onMachine('charmed-etcd'),
  },
  actions: ['list-backups', 'status-detail'],
};

const patroniKeys = [
  ...['ssl', 'password_encryption', 'log_connections', 'log_disconnections', 'archive_command'].map(
    (key) => `postgresql/parameters/${key}`,
  ),
  ...['postgresql/pg_hba/-', 'restapi/certfile', 'restapi/authentication?'],
];

interface PostgresqlPlaces {
  readonly id: string;
  readonly patroni: string;
  readonly certificates: readonly string[];
  readonly container?: string;
}

function postgresql({ id, patroni, certificates, container }: PostgresqlPlaces): Inquiry {
  const within = container === undefined ? {} : { container };
  return {
    id,
    looks: {
      postgresql: { kind: 'keys', paths: [patroni], format: 'yaml', keys: patroniKeys, ...within },
      files: { kind: 'stat', paths: [patroni], ...within },
      certificates: { kind: 'certificates', paths: certificates, ...within },
      verifiers: { kind: 'program', program: 'verifiers', ...within },
      ...(container === undefined ? onMachine('charmed-postgresql') : {}),
    },
    actions: ['list-backups'],
  };
}

const patroniSnap = '/var/snap/charmed-postgresql/current/etc/patroni';
const postgresqlMachine = postgresql({
  id: 'postgresql on machines',
  patroni: `${patroniSnap}/patroni.yaml`,
  certificates: [`${patroniSnap}/cert.pem`, `${patroniSnap}/ca.pem`],
});
const postgresql14 = postgresql({
  id: 'postgresql 14 on Kubernetes',
  patroni: '/var/lib/postgresql/data/patroni.yml',
  certificates: ['/var/lib/postgresql/data/cert.pem', '/var/lib/postgresql/data/ca.pem'],
  container: 'postgresql',
});
const postgresql16 = postgresql({
  id: 'postgresql 16 on Kubernetes',
  patroni: '/var/lib/pg/data/patroni.yml',
  certificates: ['cert.pem', 'ca.pem', 'peer_cert.pem', 'peer_ca.pem'].map(
    (name) => `/var/lib/pg/data/${name}`,
  ),
  container: 'postgresql',
});

/** The charm starts one process for each core. */
const poolers = Array.from({ length: 64 }, (_, n) => `/var/lib/pgbouncer/instance_${n}/pgbouncer.ini`);

const pgbouncer: Inquiry = {
  id: 'pgbouncer on Kubernetes',
  looks: {
    pgbouncer: {
      kind: 'keys',
      paths: poolers,
      each: true,
      format: 'ini',
      keys: ['auth_type', 'client_tls_sslmode', 'server_tls_sslmode', 'listen_addr'].map(
        (key) => `pgbouncer/${key}`,
      ),
      container: 'pgbouncer',
    },
    certificates: {
      kind: 'certificates',
      paths: ['/var/lib/pgbouncer/cert.pem', '/var/lib/pgbouncer/ca.pem'],
      container: 'pgbouncer',
    },
  },
  actions: [],
};

/** The looks of an inquiry, in their order. */
export function looksOf({ looks }: Inquiry): readonly Look[] {
  return Object.values(looks);
}

/** Every inquiry there is. */
export const inquiries: readonly Inquiry[] = [
  ...[etcd, postgresqlMachine, postgresql14, postgresql16, pgbouncer],
  ...[kafka3Machine, kafka4Machine, kafka3, kafka4, zookeeperMachine, zookeeperK8s],
];

/** What is looked at in units of a charm, going by its endpoints, or its track where none are shown; undefined: nothing. */
export function inquiryFor({ name, track }: Charm, endpoints: readonly string[]): Inquiry | undefined {
  const has = (endpoint: string): boolean => endpoints.includes(endpoint);
  const isShown = endpoints.some((endpoint) => endpoint !== '');
  switch (name) {
    case 'charmed-etcd':
      return etcd;
    case 'postgresql':
      return postgresqlMachine;
    case 'postgresql-k8s':
      return (isShown ? has('peer-certificates') : track === '16') ? postgresql16 : postgresql14;
    case 'pgbouncer-k8s':
      return pgbouncer;
    case 'kafka':
      return (isShown ? has('peer-certificates') : track === '4') ? kafka4Machine : kafka3Machine;
    case 'kafka-k8s':
      return (isShown ? has('peer-certificates') : track === '4') ? kafka4 : kafka3;
    case 'zookeeper':
      return zookeeperMachine;
    case 'zookeeper-k8s':
      return zookeeperK8s;
    default:
      return undefined;
  }
}
