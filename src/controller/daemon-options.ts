/** What a daemon is given, and what it gives. */
import type { Guide } from '../core/control.js';
import type { Knowledge } from '../core/knowledge.js';
import type { ControllerAccess, Policy } from '../core/policy/policy.js';
import type {
  AuditLogs,
  CharmhubListings,
  Clock,
  DaemonView,
  Journal,
  JujuApi,
  JujuCli,
  Log,
  Prober,
  Random,
  RotationPorts,
  Telemetry,
} from '../core/ports/index.js';
import type { Attend } from '../core/ports/sharing.js';
import type { FollowCluster } from './clusters/followed-cluster.js';
import type { OpenStack } from './observability/followed-stack.js';
import { type Inside } from './inside-book.js';
import { type SharingOptions } from './sharing/share.js';
import { type DaemonEvent } from './telling.js';

export interface DaemonOptions {
  readonly policy: Policy;
  readonly guides: readonly Guide[];
  readonly knowledge: Knowledge;
  /** `attend` says how closely each model is followed; absent: all as the policy paces it. */
  readonly follow: (access: ControllerAccess, policy: Policy, attend?: Attend) => JujuApi;
  /** Absent: no cluster is looked at. */
  readonly followCluster?: FollowCluster;
  /** Absent: no observability stack is asked. */
  readonly openStack?: OpenStack;
  /** Absent: Charmhub is not asked, whatever the policy says. */
  readonly charmhub?: CharmhubListings;
  readonly prober: Prober;
  /** Absent: no unit is looked into, whatever the policy says. */
  readonly inside?: Inside;
  readonly store: Journal;
  /** How several units share the estate; its journal is `store`. Absent: there is only this one. */
  readonly sharing?: SharingOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly toolVersion: string;
  /** Hands out the driver of the remediator's `juju`. Absent: this composition may not change anything. */
  readonly enforce?: (controller: string) => JujuCli | undefined;
  /**
   * Ends what is left of a process that was ours before a crash, if it still runs these arguments. Absent: processes
   * do not outlive the daemon.
   */
  readonly endLeftover?: (pid: number, argv: readonly string[]) => Promise<void>;
  /** Ids of the findings that may be put right; all where absent. */
  readonly only?: ReadonlySet<string>;
  /** Whether every step needs a person's approval, whatever the policy lets through; no unless said otherwise. */
  readonly askAlways?: boolean;
  /** Absent: no passwords are changed. */
  readonly rotation?: RotationPorts;
  /** Absent: who did it is told from operations alone. */
  readonly auditLogs?: AuditLogs;
  readonly onEvent?: (event: DaemonEvent) => void;
}

/** A running daemon, and what it shows of itself. */
export interface Daemon extends DaemonView {
  /** Goes on with another policy: controllers come and go, everything is judged anew. */
  reload(policy: Policy): Promise<void>;
  /** Ends the step in hand, starts no other, and closes every connection. */
  stop(): Promise<void>;
}
