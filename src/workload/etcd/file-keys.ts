/** The keys of etcd's configuration file and what their values have to be (etcd's source: server/embed/config.go). */
export type KeyKind = 'text' | 'urls' | 'boolean' | 'unsigned' | 'integer' | 'texts' | 'group' | 'side';

const byKind: Readonly<Record<Exclude<KeyKind, 'side'>, string>> = {
  text: `name data-dir wal-dir backend-bbolt-freelist-type tls-min-version tls-max-version initial-cluster-state
 discovery-srv discovery-srv-name discovery-proxy discovery initial-cluster initial-cluster-token auto-compaction-mode
 auto-compaction-retention auth-token metrics logger log-level log-format log-rotation-config-json cors host-whitelist
 feature-gates v2-deprecation distributed-tracing-address distributed-tracing-service-name
 distributed-tracing-instance-id experimental-distributed-tracing-address experimental-distributed-tracing-service-name
 experimental-distributed-tracing-instance-id log-package-levels experimental-enable-v2v3`,
  urls: `listen-peer-urls listen-client-urls listen-client-http-urls listen-metrics-urls initial-advertise-peer-urls
 advertise-client-urls`,
  boolean: `initial-election-tick-advance strict-reconfig-check pre-vote experimental-initial-corrupt-check
 experimental-compact-hash-check-enabled experimental-enable-lease-checkpoint
 experimental-enable-lease-checkpoint-persist force-new-cluster enable-pprof experimental-enable-distributed-tracing
 enable-distributed-tracing experimental-peer-skip-client-san-verification enable-log-rotation disable-log-sampling
 enable-grpc-gateway unsafe-no-fsync memory-mlock experimental-memory-mlock
 experimental-txn-mode-write-with-shared-buffer experimental-stop-grpc-service-on-defrag enable-v2 debug`,
  unsigned: `snapshot-count snapshot-catchup-entries experimental-snapshot-catch-up-entries max-snapshots max-wals
 heartbeat-interval election-timeout max-txn-ops max-request-bytes max-concurrent-streams self-signed-cert-validity
 bcrypt-cost auth-token-ttl bootstrap-defrag-threshold-megabytes experimental-bootstrap-defrag-threshold-megabytes`,
  integer: `backend-batch-interval backend-batch-limit quota-backend-bytes grpc-keepalive-min-time
 grpc-keepalive-interval grpc-keepalive-timeout corrupt-check-time experimental-corrupt-check-time
 compact-hash-check-time experimental-compact-hash-check-time compaction-batch-limit
 experimental-compaction-batch-limit compaction-sleep-interval experimental-compaction-sleep-interval
 watch-progress-notify-interval experimental-watch-progress-notify-interval warning-apply-duration
 experimental-warning-apply-duration warning-unary-request-duration experimental-warning-unary-request-duration
 max-learners distributed-tracing-sampling-rate experimental-distributed-tracing-sampling-rate downgrade-check-time
 experimental-downgrade-check-time`,
  texts: 'cipher-suites log-outputs',
  group: 'discovery-config socket-options',
};

/** The keys at the top of the file. */
export const topKeys: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  ...Object.entries(byKind).flatMap(([kind, names]) =>
    names.split(/\s+/).map((name) => [name, kind as KeyKind] as const),
  ),
  ['client-transport-security', 'side'],
  ['peer-transport-security', 'side'],
]);

/** The keys of the two blocks of transport security, with the end of the flag's name that means the same. */
export const sideKeys: ReadonlyMap<string, { readonly kind: KeyKind; readonly flag: string }> = new Map([
  ['cert-file', { kind: 'text', flag: 'cert-file' }],
  ['key-file', { kind: 'text', flag: 'key-file' }],
  ['client-cert-file', { kind: 'text', flag: 'client-cert-file' }],
  ['client-key-file', { kind: 'text', flag: 'client-key-file' }],
  ['client-cert-auth', { kind: 'boolean', flag: 'client-cert-auth' }],
  ['trusted-ca-file', { kind: 'text', flag: 'trusted-ca-file' }],
  ['auto-tls', { kind: 'boolean', flag: 'auto-tls' }],
  ['skip-client-san-verification', { kind: 'boolean', flag: 'skip-client-san-verification' }],
  ['allowed-cn', { kind: 'texts', flag: 'cert-allowed-cn' }],
  ['allowed-hostname', { kind: 'texts', flag: 'cert-allowed-hostname' }],
]);

/** A key that Go's JSON library finds for a name: the very name, else one that differs in case only. */
export function keyFor<T>(keys: ReadonlyMap<string, T>, name: string): readonly [string, T] | undefined {
  const exact = keys.get(name);
  if (exact !== undefined) return [name, exact];
  const folded = name.toLowerCase();
  const found = keys.get(folded);
  return found === undefined ? undefined : [folded, found];
}
