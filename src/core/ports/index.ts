export type { Clock, Random } from './time.js';
export type { DaemonView, QueueView, Readiness, Telemetry } from './daemon.js';
export type { JujuApi, JujuHealth, StateChange } from './juju-api.js';
export type { CliOutcome, CliResult, JujuCli } from './juju-cli.js';
export type { Prober } from './prober.js';
export type { Log } from './log.js';
export type { Remediation, RemediationState, Step, Store } from './store.js';
