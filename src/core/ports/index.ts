export type { AuditLogs } from './audit-log.js';
export type { Charmhub, CharmhubListings, ListingShelf } from './charmhub.js';
export type { Clock, Random } from './time.js';
export type { DatabaseAccess, DatabaseTls } from './database.js';
export type {
  DaemonView,
  HeldStep,
  LookResult,
  ModelLooks,
  QueueView,
  Readiness,
  SeenCertificate,
  StepRails,
  Telemetry,
} from './daemon.js';
export type { JujuApi, JujuHealth, StateChange } from './juju-api.js';
export type {
  ClusterChange,
  KubeHealth,
  KubeSource,
  PodAnswer,
  PodExec,
  PodPlace,
  WatchHealth,
} from './kube.js';
export type { CallOptions, CliOutcome, CliResult, JujuCli } from './juju-cli.js';
export type { Prober } from './prober.js';
export type { Log } from './log.js';
export type { Observability, StackHealth, StackPartHealth } from './observability.js';
export type { Account, LoginAnswer, RotationPorts, Vault } from './rotation.js';
export type {
  Approval,
  AuditEntry,
  AuditQuery,
  AuditRecord,
  ChainVerdict,
  Decision,
  FindingRef,
  Journal,
  Mark,
  Orders,
  Pause,
  Quarantine,
  Remediation,
  RemediationState,
  Rotation,
  SharedStore,
  Step,
  Store,
  StoreHealth,
  Write,
} from './store.js';
export { endStates, StaleFence } from './store.js';
