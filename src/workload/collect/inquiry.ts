import type { Look, TellingAction } from '../../core/ports/workload-reader.js';

/** What a look is for, which says how its answer is read. */
export type LookName =
  | 'etcdConfiguration'
  | 'postgresql'
  | 'verifiers'
  | 'pgbouncer'
  | 'kafka'
  | 'zookeeper'
  | 'authorizerLog'
  | 'files'
  | 'certificates'
  | 'etcdAuthentication'
  | 'etcdPeers'
  | 'pro'
  | 'updates'
  | 'snap'
  | 'disk'
  | 'packetFilter';

export interface Inquiry {
  /** Names what is looked at, as in `etcd` and `kafka 3 on Kubernetes`. */
  readonly id: string;
  readonly looks: Readonly<Partial<Record<LookName, Look>>>;
  /** Asked of the leader only. */
  readonly actions: readonly TellingAction[];
}
