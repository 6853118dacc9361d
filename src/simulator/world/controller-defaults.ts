/** Controller configuration as a fresh 4.x controller has it (Juju facts, section 5.1; read from a real 4.0.15). */
export const controllerDefaults: Readonly<Record<string, unknown>> = {
  'agent-logfile-max-backups': 2,
  'agent-logfile-max-size': '100M',
  'agent-ratelimit-max': 10,
  'api-port': 17070,
  'audit-log-capture-args': false,
  'audit-log-exclude-methods': 'ReadOnlyMethods',
  'audit-log-max-backups': 10,
  'audit-log-max-size': '300M',
  'auditing-enabled': true,
  'dqlite-busy-timeout': '1s',
  'http-server-read-timeout': 0,
  'http-server-write-timeout': 0,
  'idle-connection-timeout': 30000000000,
  'jujud-controller-snap-source': 'legacy',
  'max-agent-state-size': 524288,
  'max-charm-state-size': 2097152,
  'max-debug-log-duration': '24h0m0s',
  'max-prune-txn-batch-size': 1000000,
  'max-prune-txn-passes': 100,
  'max-txn-log-size': '10M',
  'migration-agent-wait-time': '15m0s',
  'model-logfile-max-backups': 2,
  'model-logfile-max-size': '10M',
  'object-store-type': 'file',
  'open-telemetry-enabled': false,
  'open-telemetry-insecure': false,
  'open-telemetry-sample-ratio': '0.10',
  'open-telemetry-stack-traces': false,
  'open-telemetry-tail-sampling-threshold': '1ms',
  'prune-txn-query-count': 1000,
  'prune-txn-sleep-time': '10ms',
  'query-tracing-enabled': false,
  'query-tracing-threshold': '1s',
  'set-numa-control-policy': false,
  'ssh-max-concurrent-connections': 100,
  'ssh-server-port': 17022,
};

/** Keys that 3.6 has besides. */
export const controllerDefaults36: Readonly<Record<string, unknown>> = {
  'agent-ratelimit-rate': '250ms',
  'api-port-open-delay': '2s',
  'juju-db-snap-channel': '4.4.30/stable',
  'mongo-memory-profile': 'default',
  'state-port': 37017,
};

/** Keys that no client may change. */
export const readOnlyControllerKeys = [
  'allow-model-access',
  'api-port',
  'ca-cert',
  'controller-name',
  'controller-uuid',
  'juju-db-snap-channel',
  'set-numa-control-policy',
  'ssh-server-port',
  'state-port',
];

/** Keys without a default that may be set. */
export const settableControllerKeys = [
  'agent-ratelimit-rate',
  'application-resource-download-limit',
  'controller-resource-download-limit',
  'features',
  'juju-mgmt-space',
  'open-telemetry-endpoint',
];

/** Keys of 4.x only. */
export const only40 = [
  'dqlite-busy-timeout',
  'jujud-controller-snap-source',
  'object-store-type',
  'open-telemetry-enabled',
  'open-telemetry-insecure',
  'open-telemetry-sample-ratio',
  'open-telemetry-stack-traces',
  'open-telemetry-tail-sampling-threshold',
  'ssh-max-concurrent-connections',
  'ssh-server-port',
  'system-ssh-keys',
];
