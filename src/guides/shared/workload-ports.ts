/** Which ports the workloads of Kubernetes charms listen on, for whom: by charm, track and endpoint. */
import type { Charm } from '../../core/snapshot.js';

/** What comes in through one endpoint: from the application at the other end of its relations. */
export interface Served {
  readonly endpoint: string;
  readonly interface: string;
  readonly ports: readonly number[];
  /** What they are, for people: `clients`, `metrics`. */
  readonly what: string;
}

export interface WorkloadPorts {
  readonly charm: string;
  /** Absent: all tracks. */
  readonly tracks?: readonly string[];
  /** Whether it keeps data, so that who reaches it matters by itself. */
  readonly keepsData: boolean;
  readonly serves: readonly Served[];
  /** Ports by which units of the same application talk to each other, those for others among them. */
  readonly peers: readonly number[];
  /** Where that is written. */
  readonly source: string;
}

function served(endpoint: string, interfaceName: string, what: string, ports: readonly number[]): Served {
  return { endpoint, interface: interfaceName, ports, what };
}

const postgresql = 5432;
const patroni = 8008;
/** pgBackRest's own port, by which a member asks another for its files. */
const pgbackrest = 8432;
const kafkaClients = [9092, 9093, 9094, 9095, 9096];
const kafkaInternal = [19_092, 19_093, 19_094, 19_095, 19_096];
const cruiseControl = 9090;
const kraft = [9097, 9098];
const jmx = [9101, 9102];

const tables: readonly WorkloadPorts[] = [
  {
    charm: 'postgresql-k8s',
    keepsData: true,
    serves: [
      served('database', 'postgresql_client', 'clients', [postgresql]),
      served('db', 'pgsql', 'clients', [postgresql]),
      served('db-admin', 'pgsql', 'clients', [postgresql]),
      served('replication', 'postgresql_async', 'the other cluster of a replication', [postgresql, patroni]),
      served('replication-offer', 'postgresql_async', 'the other cluster of a replication', [
        postgresql,
        patroni,
      ]),
      served('metrics-endpoint', 'prometheus_scrape', 'metrics (exporters, and Patroni itself)', [
        9187,
        9854,
        patroni,
      ]),
    ],
    peers: [postgresql, patroni, pgbackrest],
    source:
      'code of canonical/postgresql-k8s-operator, tracks 14 and 16; pgBackRest command reference for its port',
  },
  {
    charm: 'pgbouncer-k8s',
    keepsData: true,
    serves: [
      served('database', 'postgresql_client', 'clients', [6432]),
      served('db', 'pgsql', 'clients', [6432]),
      served('db-admin', 'pgsql', 'clients', [6432]),
      served('metrics-endpoint', 'prometheus_scrape', 'metrics', [9127]),
    ],
    peers: [6432],
    source: 'code of canonical/pgbouncer-k8s-operator, track 1',
  },
  {
    charm: 'kafka-k8s',
    tracks: ['3'],
    keepsData: true,
    serves: [
      served('kafka-client', 'kafka_client', 'clients (plain, TLS, mTLS, OAuth)', kafkaClients),
      served('peer-cluster', 'peer_cluster', 'brokers and balancer', [...kafkaInternal, cruiseControl]),
      served('peer-cluster-orchestrator', 'peer_cluster', 'brokers and balancer', [
        ...kafkaInternal,
        cruiseControl,
      ]),
      served('metrics-endpoint', 'prometheus_scrape', 'metrics (JMX exporters)', jmx),
    ],
    peers: [...kafkaClients, ...kafkaInternal, cruiseControl],
    source: 'code and listener reference of canonical/kafka-k8s-operator, track 3',
  },
  {
    charm: 'kafka-k8s',
    keepsData: true,
    serves: [
      served('kafka-client', 'kafka_client', 'clients (plain, TLS, mTLS, OAuth)', kafkaClients),
      served('peer-cluster', 'peer_cluster', 'brokers, controllers and balancer', [
        ...kafkaInternal,
        ...kraft,
        cruiseControl,
      ]),
      served('peer-cluster-orchestrator', 'peer_cluster', 'brokers, controllers and balancer', [
        ...kafkaInternal,
        ...kraft,
        cruiseControl,
      ]),
      served('metrics-endpoint', 'prometheus_scrape', 'metrics (JMX exporters)', jmx),
    ],
    peers: [...kafkaClients, ...kafkaInternal, ...kraft, cruiseControl],
    source: 'code and listener reference of canonical/kafka-operator, track 4',
  },
  {
    charm: 'zookeeper-k8s',
    keepsData: true,
    serves: [
      served('zookeeper', 'zookeeper', 'clients', [2181, 2182]),
      served('metrics-endpoint', 'prometheus_scrape', 'metrics', [7000, 9998]),
    ],
    peers: [2181, 2182, 2888, 3888],
    source: 'code of canonical/zookeeper-k8s-operator, track 3',
  },
  {
    charm: 'loki-k8s',
    keepsData: false,
    serves: [served('logging', 'loki_push_api', 'logs', [3100])],
    peers: [],
    source: 'code of canonical/loki-k8s-operator',
  },
  {
    charm: 'grafana-agent-k8s',
    keepsData: false,
    serves: [
      served('logging-provider', 'loki_push_api', 'logs', [3500]),
      served('tracing-provider', 'tracing', 'traces', [4317, 4318]),
    ],
    peers: [],
    source: 'code of canonical/grafana-agent-k8s-operator',
  },
  {
    charm: 'opentelemetry-collector-k8s',
    keepsData: false,
    serves: [
      served('receive-loki-logs', 'loki_push_api', 'logs', [3500]),
      served('receive-traces', 'tracing', 'traces', [4317, 4318]),
    ],
    peers: [],
    source: 'code of canonical/opentelemetry-collector-k8s-operator',
  },
];

/** The ports of a charm; undefined where they are not known. The tracks that are named come first. */
export function portsOf({ name, track }: Pick<Charm, 'name' | 'track'>): WorkloadPorts | undefined {
  return tables.find(
    ({ charm, tracks }) =>
      charm === name &&
      (tracks === undefined ||
        tracks.some((known) => track === known || track?.startsWith(`${known}.`) === true)),
  );
}

/** Relations by which only settings pass, through Juju: nobody connects to anybody. */
const withoutTraffic: ReadonlySet<string> = new Set([
  'tls-certificates',
  'certificate_transfer',
  'grafana_dashboard',
  'juju-info',
  's3',
]);

/** Whether the applications of a relation talk to each other at all. */
export function hasTraffic(interfaceName: string): boolean {
  return !withoutTraffic.has(interfaceName);
}
