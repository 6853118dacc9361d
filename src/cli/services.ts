import type { Environment } from '../config/environment.js';
import type { Guide } from '../core/control.js';
import type { Dict } from '../core/dict.js';
import type { CharmListing } from '../core/charmhub/listing.js';
import type { Fact, Instant } from '../core/fact.js';
import type { Finding } from '../core/finding.js';
import type { Plan } from '../core/plan.js';
import type { ClusterState } from '../core/kube/cluster.js';
import type { StackState } from '../core/observability/stack.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { NotifyTarget } from '../core/policy/notify.js';
import type { WatchedStack } from '../core/policy/observability.js';
import type { Policy } from '../core/policy/policy.js';
import type { Journal, Mark, Orders, Remediation, StoreHealth } from '../core/ports/index.js';
import type { SendOutcome } from '../core/ports/notifier.js';
import type { Rehearsal } from '../core/rehearsal.js';
import type { Report, ReportSource } from '../core/report/types.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Io } from './io.js';
import type { ExportFormat } from './options.js';

/** What the commands are given. Everything that costs time to load comes as a function that loads it. */
export interface Services {
  readonly io: Io;
  readonly environment: Environment;
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The guides, with the custom controls in these folders. Rejects with InputError for mistakes in them. */
  readonly guides: (folders?: readonly string[]) => Promise<readonly Guide[]>;
  readonly roads: Roads;
  /** The report as one HTML file, with what earlier reports of the same estate say of its history. */
  readonly html?: (report: Report, earlier: readonly Report[]) => Promise<string>;
  /** The report in another program's form: text, or what is to be written as JSON. */
  readonly exported?: (
    format: ExportFormat,
    report: Report,
    options: { readonly failOnUnknown: boolean },
  ) => Promise<string | object>;
  /** Plans as HCL of the Juju provider of Terraform. */
  readonly terraform?: (request: TerraformRequest) => Promise<string>;
  /** Plays what would be done on a simulated copy of the estate. */
  readonly rehearse?: (request: RehearseRequest) => Promise<Rehearsal>;
  /** NetworkPolicies of models on Kubernetes, as text. Rejects with InputError where none of them is one. */
  readonly networkPolicies?: (request: NetworkPolicyRequest) => Promise<string>;
  /** Absent: nothing may be changed by this program. */
  readonly apply?: Apply;
  /** What is wrong with the access to the clusters of a policy, as far as this machine shows it. */
  readonly clusterMistakes?: (policy: Policy) => Promise<readonly string[]>;
  /** What Charmhub says of each of these charms, in their order. */
  readonly charmhub?: (
    charms: readonly string[],
    progress: (line: string) => void,
  ) => Promise<readonly Fact<CharmListing>[]>;
  /** Sends a test to a target of notifications. */
  readonly notifyTest?: (target: NotifyTarget, link: string | undefined) => Promise<SendOutcome>;
  readonly run?: (options: RunOptions) => Promise<number>;
  readonly demo?: (options: DemoOptions) => Promise<number>;
  /** What the journal says to one who only looks; absent, or where there is no journal: nothing. */
  readonly journalView?: (stateDir?: string) => Promise<JournalView>;
  /** Absent: this build keeps no journal. */
  readonly journal?: JournalAccess;
}

/** What of the journal the safety rails look at. */
export interface JournalView {
  readonly orders: Orders;
  readonly marks: readonly Mark[];
  readonly health: StoreHealth;
}

/** The daemon's journal, as a person gets at it. */
export interface JournalAccess {
  /** Opens the one in a state directory. Rejects with InputError where there is none, or none that can be used. */
  readonly open: (stateDir: string) => Promise<Journal>;
  /** Who sits at this machine, as the operating system knows them; '' where it does not. */
  readonly userName: () => string;
}

export interface NetworkPolicyRequest {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  /** Pattern of the models wanted; absent: all on Kubernetes. */
  readonly model?: string;
  /** Whether what the pods themselves may reach is limited, too. */
  readonly egress: boolean;
}

export interface TerraformRequest {
  readonly plans: readonly Plan[];
  /** What the plans were made from. */
  readonly snapshot: Snapshot;
  /** A state or plan that tells how resources are called. */
  readonly state?: { readonly content: string; readonly source: string };
}

export interface RehearseRequest {
  readonly snapshot: Snapshot;
  readonly source: ReportSource;
  /** The findings on the snapshot that are wanted. */
  readonly findings: readonly Finding[];
  readonly policy: Policy;
  /** Whether a policy says how far to go. */
  readonly governed: boolean;
  readonly guides: readonly Guide[];
  readonly journal: JournalView | undefined;
  /** The moment of judging, ms: when the rehearsal begins. */
  readonly asOf: number;
  readonly environment: Environment;
  readonly progress: (line: string) => void;
}

/** Where a text came from, and when it was read or saved. */
export interface TextOrigin {
  readonly source: string;
  readonly at: Instant;
}

/** The ways to a snapshot. One that this build does not have is absent. */
export interface Roads {
  readonly status?: (content: string, origin: TextOrigin) => Promise<Snapshot>;
  readonly bundle?: (content: string, origin: TextOrigin) => Promise<Snapshot>;
  /** Reads what `terraform show -json` prints of a plan. */
  readonly terraform?: (content: string, origin: TextOrigin) => Promise<Snapshot>;
  /** Reads a folder of answers that a Juju gave to somebody. */
  readonly recording?: (folder: string) => Promise<Snapshot>;
  /** Asks the `juju` that the person is logged in with. */
  readonly juju?: (look: Look) => Promise<Snapshot>;
  /** Asks the controllers of the policy by their API. */
  readonly controllers?: (policy: Policy, look: Look) => Promise<Snapshot>;
  /** Looks at an etcd without Juju: on this host, or live. */
  readonly etcd?: (request: EtcdRequest) => Promise<Snapshot>;
  /** Asks Kubernetes clusters about the models of these controllers. */
  readonly clusters?: (clusters: readonly WatchedCluster[], look: ClusterLook) => Promise<Dict<ClusterState>>;
  /** Asks observability stacks about the models of these controllers. */
  readonly stacks?: (stacks: readonly WatchedStack[], look: StackLook) => Promise<Dict<StackState>>;
}

/** What a look at observability stacks is given. */
export interface StackLook extends Pick<Look, 'progress'> {
  readonly controllers: Snapshot['controllers'];
}

/** An etcd by what it is started with, its data directory and its endpoints: names of files, and URLs. */
export interface EtcdRequest {
  readonly config?: string;
  readonly env?: string;
  /** As one line, with the program's name or without. */
  readonly args?: string;
  /** etcd's own version; absent: not known. */
  readonly version?: string;
  readonly dataDir?: string;
  readonly endpoints: readonly string[];
  readonly cacert?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Files with CAs that etcd's has to differ from. */
  readonly otherCas: readonly string[];
}

/** What a look at clusters is given. */
export interface ClusterLook extends Pick<Look, 'progress' | 'environment'> {
  readonly controllers: Snapshot['controllers'];
  /** The one that a person named for this very look: an access that cannot be used is a mistake of theirs. */
  readonly named: WatchedCluster | undefined;
}

/** What a road that takes its time is given. */
export interface Look {
  readonly progress: (line: string) => void;
  readonly environment: Environment;
  /** A new folder into which every answer is written as it was given, secrets removed. */
  readonly raw?: string | undefined;
  /** Says which units may be looked into; absent: none. */
  readonly policy?: Policy;
}

/** Carries out plans that a person approved by their hashes; everything else is left alone. */
export type Apply = (request: ApplyRequest) => Promise<readonly Remediation[]>;

export interface ApplyRequest {
  readonly policy: Policy;
  /** Who approved the plans. */
  readonly by: string;
  readonly plans: readonly Plan[];
  /** Where the journal is; the environment's unless given. */
  readonly stateDir?: string | undefined;
  readonly progress: (line: string) => void;
}

export interface RunOptions {
  readonly policyFile: string;
  readonly environment: Environment;
  readonly io: Io;
}

export interface DemoOptions {
  /** Shows one drift being found and fixed, then ends. */
  readonly once: boolean;
  /** Port of the page; 0 lets the machine choose. */
  readonly port: number;
  readonly seed: number;
  /** How many times faster than real time the simulated estate lives. */
  readonly speed: number;
  readonly environment: Environment;
  readonly io: Io;
}
