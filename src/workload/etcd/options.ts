/**
 * The options of etcd 3.4 to 3.7 and what their values look like: its flags, their environment variables, and the keys
 * of its configuration file (etcd's source: server/embed/config.go, server/etcdmain/config.go).
 */
export type OptionKind =
  'boolean' | 'unsigned' | 'integer' | 'duration' | 'text' | 'urls' | 'ignored' | readonly string[];

/** `until`: the first version that does not know the flag. `from`: the first that does. */
export interface OptionSpec {
  readonly kind: OptionKind;
  readonly from?: string;
  readonly until?: string;
}

const booleans = `client-cert-auth auto-tls peer-client-cert-auth peer-auto-tls initial-election-tick-advance
 strict-reconfig-check pre-vote enable-pprof force-new-cluster version`;
const texts = `name data-dir wal-dir discovery-srv discovery-srv-name initial-cluster initial-cluster-token cert-file
 key-file client-crl-file client-cert-allowed-hostname trusted-ca-file peer-cert-file peer-key-file peer-trusted-ca-file
 peer-crl-file peer-cert-allowed-cn peer-cert-allowed-hostname cipher-suites cors host-whitelist logger log-outputs
 log-level auto-compaction-retention auto-compaction-mode metrics auth-token config-file backend-bbolt-freelist-type`;
const unsigned = `snapshot-count max-wals max-snapshots heartbeat-interval election-timeout max-txn-ops
 max-request-bytes bcrypt-cost auth-token-ttl max-concurrent-streams`;
const durations = `backend-batch-interval grpc-keepalive-min-time grpc-keepalive-interval grpc-keepalive-timeout`;
const urls = `listen-peer-urls listen-client-urls listen-metrics-urls initial-advertise-peer-urls
 advertise-client-urls`;
const ignored = `cluster-active-size cluster-remove-delay cluster-sync-interval config force max-result-buffer
 max-retry-attempts peer-heartbeat-interval peer-election-timeout retry-interval snapshot v vv test.coverprofile
 test.outputdir`;

const since35 = { from: '3.5' } as const;
const since36 = { from: '3.6' } as const;
const until35 = { until: '3.5' } as const;
const until36 = { until: '3.6' } as const;
const until37 = { until: '3.7' } as const;

const newer: readonly (readonly [string, OptionKind, Omit<OptionSpec, 'kind'>])[] = [
  ['socket-reuse-port socket-reuse-address enable-log-rotation unsafe-no-fsync', 'boolean', since35],
  ['discovery-insecure-transport discovery-insecure-skip-tls-verify', 'boolean', since36],
  ['memory-mlock peer-skip-client-san-verification enable-distributed-tracing', 'boolean', since36],
  ['enable-grpc-gateway', 'boolean', {}],
  ['disable-log-sampling', 'boolean', { from: '3.7' }],
  ['client-cert-file client-key-file peer-client-cert-file peer-client-key-file', 'text', since35],
  ['log-format log-rotation-config-json', 'text', {}],
  ['tls-min-version tls-max-version', 'text', {}],
  ['discovery-endpoints discovery-token discovery-cert discovery-key discovery-cacert', 'text', since36],
  ['discovery-user discovery-password feature-gates', 'text', since36],
  [
    'distributed-tracing-address distributed-tracing-service-name distributed-tracing-instance-id',
    'text',
    since36,
  ],
  ['discovery-dial-timeout discovery-request-timeout discovery-keepalive-time', 'duration', since36],
  ['discovery-keepalive-timeout compact-hash-check-time corrupt-check-time', 'duration', since36],
  ['compaction-sleep-interval watch-progress-notify-interval warning-apply-duration', 'duration', since36],
  ['downgrade-check-time', 'duration', since36],
  ['raft-read-timeout raft-write-timeout warning-unary-request-duration', 'duration', since35],
  ['self-signed-cert-validity', 'unsigned', since35],
  ['bootstrap-defrag-threshold-megabytes snapshot-catchup-entries', 'unsigned', since36],
  ['max-learners compaction-batch-limit distributed-tracing-sampling-rate', 'integer', since36],
  ['quota-backend-bytes backend-batch-limit', 'integer', {}],
  ['listen-client-http-urls', 'urls', {}],
  ['initial-cluster-state', ['new', 'existing'], {}],
  ['v2-deprecation', 'text', since35],
  ['discovery-fallback', ['exit', 'proxy'], {}],
  ['discovery discovery-proxy', 'text', until37],
  ['proxy', ['off', 'readonly', 'on'], until36],
  ['proxy-failure-wait proxy-refresh-interval proxy-dial-timeout', 'unsigned', until36],
  ['proxy-write-timeout proxy-read-timeout', 'unsigned', until36],
  ['enable-v2', 'boolean', until36],
  ['debug', 'boolean', until35],
  ['log-package-levels', 'text', until35],
  ['experimental-enable-v2v3', 'text', until36],
];

const experimental = `initial-corrupt-check:boolean compact-hash-check-enabled:boolean enable-lease-checkpoint:boolean
 enable-lease-checkpoint-persist:boolean memory-mlock:boolean stop-grpc-service-on-defrag:boolean
 txn-mode-write-with-shared-buffer:boolean peer-skip-client-san-verification:boolean enable-distributed-tracing:boolean
 corrupt-check-time:duration compact-hash-check-time:duration compaction-sleep-interval:duration
 watch-progress-notify-interval:duration warning-apply-duration:duration warning-unary-request-duration:duration
 downgrade-check-time:duration wait-cluster-ready-timeout:duration distributed-tracing-address:text
 distributed-tracing-service-name:text distributed-tracing-instance-id:text backend-bbolt-freelist-type:text
 compaction-batch-limit:integer distributed-tracing-sampling-rate:integer max-learners:integer
 bootstrap-defrag-threshold-megabytes:unsigned snapshot-catchup-entries:unsigned
 snapshot-catch-up-entries:unsigned`;

/** Every flag, by its name without dashes. */
export const options: ReadonlyMap<string, OptionSpec> = new Map<string, OptionSpec>([
  ...named(booleans, { kind: 'boolean' }),
  ...named(texts, { kind: 'text' }),
  ...named(unsigned, { kind: 'unsigned' }),
  ...named(durations, { kind: 'duration' }),
  ...named(urls, { kind: 'urls' }),
  ...named(ignored, { kind: 'ignored' }),
  ...newer.flatMap(([names, kind, when]) => named(names, { kind, ...when })),
  ...wordsOf(experimental).map((word) => {
    const [name = '', kind] = word.split(':');
    return [`experimental-${name}`, { kind: kind as OptionKind, ...until37 }] as const;
  }),
]);

function named(names: string, spec: OptionSpec): readonly (readonly [string, OptionSpec])[] {
  return wordsOf(names).map((name) => [name, spec] as const);
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** The name of an option's environment variable. */
export function variableOf(name: string): string {
  return `ETCD_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Options whose values are kept: those that somebody judges. None of them is a secret. */
const keptNames = `name data-dir wal-dir listen-peer-urls listen-client-urls listen-client-http-urls listen-metrics-urls
 initial-advertise-peer-urls advertise-client-urls cert-file key-file client-cert-file client-key-file client-cert-auth
 client-crl-file client-cert-allowed-hostname trusted-ca-file auto-tls peer-cert-file peer-key-file peer-client-cert-file
 peer-client-key-file peer-client-cert-auth peer-trusted-ca-file peer-auto-tls peer-crl-file peer-cert-allowed-cn
 peer-cert-allowed-hostname peer-skip-client-san-verification cipher-suites tls-min-version tls-max-version enable-pprof
 log-level log-outputs enable-log-rotation host-whitelist`;

export const kept: ReadonlySet<string> = new Set(wordsOf(keptNames));
