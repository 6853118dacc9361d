/**
 * The Snapshot: all that one daemon (or one command) knows of its estate at one moment. Every road builds the same
 * shape; what a road cannot see is an unknown fact. Snapshots share structure: what did not change keeps its identity
 * from one snapshot to the next, down to the single fact (see share.ts).
 */
import type { CharmListing } from './charmhub/listing.js';
import type { Dict } from './dict.js';
import type { WorkloadEvidence } from './evidence/workload.js';
import type { Fact, Instant } from './fact.js';
import type { ClusterState } from './kube/cluster.js';
import type { StackState } from './observability/stack.js';

export interface Snapshot {
  readonly kind: 'Snapshot';
  readonly version: 'v1';
  readonly takenAt: Instant;
  readonly controllers: Dict<ControllerState>;
  /**
   * The Kubernetes clusters that may be looked at, by their name in policy or kubeconfig; absent: none may. Which
   * namespace is which model's, its own labels tell (see kube/model-namespace.ts).
   */
  readonly clusters?: Dict<ClusterState>;
  /** What the observability stacks that may be asked hold, by their name in the policy; absent: none may. */
  readonly observability?: Dict<StackState>;
  /** What Charmhub says of the charms that are deployed, by their name; absent: it was not asked. */
  readonly charmhub?: Dict<Fact<CharmListing>>;
}

/** One Juju controller. Its name is `''` where a road names none (a bundle). */
export interface ControllerState {
  readonly name: string;
  readonly info: Fact<ControllerInfo>;
  /** Controller configuration, keys as Juju spells them; secrets are never among them. */
  readonly config: Fact<Dict<unknown>>;
  readonly users: Fact<readonly UserAccount[]>;
  /** Users of each cloud with their level (`add-model`, `admin`). */
  readonly clouds: Fact<Dict<CloudState>>;
  readonly self: Fact<SelfAccess>;
  /** Changes of passwords that our journal knows; absent on roads without a journal. */
  readonly rotations?: Fact<readonly PasswordChange[]>;
  /** What the controller's audit log shows to have been done; absent where none is read. */
  readonly deeds?: Fact<SeenDeeds>;
  readonly models: Dict<ModelState>;
}

/** When something was last done and went well, as far back as the log was read. */
export interface SeenDeeds {
  /** A backup of the controller. */
  readonly backup?: Instant;
  /**
   * Changes of passwords, by the user whom the client named. What clients say of themselves they may make up: only a
   * superuser can have changed the password of somebody else.
   */
  readonly passwords: Dict<{ readonly at: Instant; readonly by: string }>;
}

/** The last change of an account's password that Holdfast made and saw to work. */
export interface PasswordChange {
  readonly user: string;
  /** Where the account is a system user of an application. */
  readonly model?: string;
  readonly application?: string;
  readonly at: Instant;
}

export interface ControllerInfo {
  readonly uuid?: string;
  /** The controller's own version, such as `3.6.28` or `4.0.15`; not always plain semver. */
  readonly version: string;
  /** Names of the API facades that the controller offers, with their versions. */
  readonly facades: Dict<readonly number[]>;
}

export interface UserAccount {
  readonly name: string;
  readonly displayName: string;
  /** Controller level: `login`, `superuser`, or `''` for none. */
  readonly access: string;
  readonly disabled: boolean;
  readonly created?: Instant;
  /** Absent: never connected. */
  readonly lastConnection?: Instant;
}

export interface CloudState {
  readonly type: string;
  readonly users: Dict<string>;
}

/** What our own identities are on this controller. */
export interface SelfAccess {
  readonly identities: readonly { readonly role: string; readonly user: string; readonly access: string }[];
  /** Where we ourselves run; only a daemon tells it. */
  readonly place?: OwnPlace;
}

export interface OwnPlace {
  readonly files: readonly OwnFile[];
  /** Absent where none is served. */
  readonly page?: OwnPage;
}

/** A file or folder of ours. */
export interface OwnFile {
  /** As in `the policy`; never a path. */
  readonly what: string;
  /** Permission bits, as in 0o600. */
  readonly mode: number;
  /** Whether it is for nobody else to read; what is not is for nobody else to write. */
  readonly secret: boolean;
}

export interface OwnPage {
  readonly reach: 'loopback' | 'network';
  /** By us, or by a proxy that the policy names. */
  readonly encrypted: boolean;
}

export interface ModelState {
  readonly name: string;
  readonly controller: string;
  readonly info: Fact<ModelInfo>;
  readonly applications: Dict<ApplicationState>;
  readonly machines: Fact<Dict<Machine>>;
  readonly relations: Fact<readonly Relation[]>;
  readonly remoteApplications: Fact<Dict<RemoteApplication>>;
  readonly offers: Fact<Dict<Offer>>;
  readonly users: Fact<readonly ModelUser[]>;
  readonly config: Fact<Dict<ConfigValue>>;
  readonly blocks: Fact<readonly Block[]>;
  readonly secrets: Fact<readonly SecretMeta[]>;
  /** Fingerprints and comments of the SSH keys that the model puts on its machines. */
  readonly sshKeys: Fact<readonly string[]>;
  readonly credential: Fact<CloudCredential>;
  readonly secretBackend: Fact<string>;
  /** What was run on units lately, newest first: a bounded part of what Juju remembers. */
  readonly operations: Fact<readonly Operation[]>;
}

export interface ModelInfo {
  readonly uuid?: string;
  /** `iaas` (machines) or `caas` (Kubernetes); absent where the road does not say. */
  readonly type?: 'iaas' | 'caas';
  readonly cloud?: string;
  /** Provider: `openstack`, `ec2`, `unmanaged`, `kubernetes`, …; the status call does not tell it. */
  readonly provider?: string;
  readonly region?: string;
  readonly version?: string;
  /** A newer agent version that Juju offers, or absent. */
  readonly availableVersion?: string;
  /** Owner (3.x) or qualifier (4.x): the part before `/` in the model's full name. */
  readonly owner?: string;
  readonly isController?: boolean;
  readonly life?: string;
  /** `available`, `busy`, …; during upgrades and migrations other values. */
  readonly status?: string;
  /** Running message of a migration, absent when none runs. */
  readonly migration?: string;
}

export interface ApplicationState {
  readonly name: string;
  readonly charm: Fact<Charm>;
  readonly status: Fact<ApplicationStatus>;
  readonly exposure: Fact<Exposure>;
  /** Endpoint name to space; the key `''` is the default. Its keys are the charm's endpoints. */
  readonly bindings: Fact<Dict<string>>;
  /** The relations of this application, peers left out; each names both ends as far as the road shows them. */
  readonly relations: Fact<readonly Relation[]>;
  /** Units by name; a subordinate's units stand under the subordinate application. */
  readonly units: Fact<Dict<Unit>>;
  readonly upgrade: Fact<PendingUpgrade>;
  readonly config: Fact<Dict<ConfigOption>>;
  readonly trust: Fact<boolean>;
  /** Answers of the units' own ports, by unit name then port (evidence kind P). */
  readonly probes: Fact<Dict<Dict<PortProbe>>>;
  /** Evidence from inside the workload, by name; filled by the workload adapter. */
  readonly workload: WorkloadEvidence;
}

export interface Charm {
  readonly name: string;
  readonly revision?: number;
  /** `ch`, `cs` or `local`; absent where the road does not say. */
  readonly origin?: 'charmhub' | 'local' | 'charmstore';
  readonly track?: string;
  readonly risk?: string;
  /** As Juju shows it, for messages: `3.6/stable`. */
  readonly channel?: string;
  /** As in `ubuntu@24.04`. */
  readonly base?: string;
  readonly subordinateTo: readonly string[];
}

export interface ApplicationStatus {
  readonly status: string;
  readonly message: string;
  readonly workloadVersion?: string;
  readonly life?: string;
}

export interface Exposure {
  readonly exposed: boolean;
  /** By endpoint (`''` is all of them); undefined where the road shows only the flag. */
  readonly endpoints?: Dict<{ readonly cidrs: readonly string[]; readonly spaces: readonly string[] }>;
}

export interface RelationEnd {
  readonly application: string;
  /** Undefined where the road does not show this end's endpoint (older status files). */
  readonly endpoint?: string;
  readonly role?: string;
  /** The end is an application of another model (SAAS). */
  readonly remote?: boolean;
}

export interface Relation {
  readonly id?: number;
  readonly interface: string;
  /** `joined`, `joining`, `broken`, `suspended`, `''`; undefined where the road does not show it. */
  readonly status?: string;
  readonly scope?: string;
  readonly ends: readonly [RelationEnd, RelationEnd];
}

export interface Unit {
  readonly name: string;
  readonly machine?: string;
  readonly leader?: boolean;
  readonly address?: string;
  readonly agent: string;
  readonly agentMessage: string;
  readonly workload: string;
  readonly workloadMessage: string;
  /** The principal unit, for a subordinate's unit. */
  readonly principal?: string;
  readonly openPorts?: readonly string[];
  readonly version?: string;
  /** Set while this unit still runs another charm revision than its application. */
  readonly upgradingFrom?: string;
}

export interface Machine {
  readonly id: string;
  readonly status: string;
  readonly base?: string;
  readonly address?: string;
  readonly addresses: readonly string[];
  readonly instanceId?: string;
  readonly hasVote?: boolean;
  readonly version?: string;
}

export interface RemoteApplication {
  readonly name: string;
  /** As `controller:owner/model.offer`; the controller part is absent on the same controller. */
  readonly offerUrl: string;
  readonly endpoints: readonly { readonly name: string; readonly interface: string; readonly role: string }[];
  readonly status: string;
  readonly life?: string;
}

export interface Offer {
  readonly name: string;
  readonly url?: string;
  readonly application: string;
  readonly charm?: string;
  readonly endpoints: readonly {
    readonly name: string;
    readonly interface: string;
    readonly role?: string;
  }[];
  /** User to level; undefined where it was not read (it takes model admin). */
  readonly users?: Dict<string>;
  readonly connections?: number;
}

export interface ModelUser {
  readonly name: string;
  /** `read`, `write` or `admin`. */
  readonly access: string;
  readonly lastConnection?: Instant;
}

export interface ConfigValue {
  readonly value: unknown;
  /** `default`, `controller`, `region`, `model`. */
  readonly source: string;
}

/** One option of an application's configuration. Values of secret-looking options are never kept: `redacted`. */
export interface ConfigOption {
  readonly value?: unknown;
  readonly source: string;
  readonly type?: string;
  readonly redacted?: true;
}

export interface Block {
  /** `destroy-model`, `remove-object` or `all`. */
  readonly commandSet: string;
  readonly message?: string;
}

/** A secret's metadata; contents are never read. */
export interface SecretMeta {
  readonly id: string;
  readonly owner: string;
  readonly label?: string;
  readonly rotation?: string;
  readonly nextRotation?: Instant;
  readonly expires?: Instant;
  /** Creation of the newest revision: the secret's age counts from here, not from `updated`. */
  readonly revisionCreated?: Instant;
  readonly backend?: string;
}

/**
 * An action or a command that was run on units. Neither parameters nor results are ever kept: they may hold secrets.
 * Who ran it, Juju does not tell.
 */
export interface Operation {
  /** Juju's number of it. */
  readonly id: string;
  /** Name of the charm's action; `exec` for a command, whose text is not kept. */
  readonly action: string;
  /** Units that it was meant for, in order; machines are left out. */
  readonly units: readonly string[];
  /** `pending`, `running`, `completed`, `failed`, `cancelled`, `aborted`, … */
  readonly status: string;
  readonly enqueued: Instant;
  readonly started?: Instant;
  /** Absent while it runs. */
  readonly completed?: Instant;
  /** Why a step of a refresh failed, in the charm's words; absent for all other actions. */
  readonly message?: string;
  /** The command with which a charm's check says how to go back, as printed: `juju refresh etcd --revision 182`. */
  readonly rollback?: string;
}

export interface CloudCredential {
  readonly name: string;
  readonly owner: string;
  readonly cloud: string;
  readonly authType?: string;
  readonly valid?: boolean;
}

export interface PendingUpgrade {
  /** Charm URL that Juju would refresh to; `''` says nothing is known (filled once a day, empty offline). */
  readonly to: string;
}

/** What a unit's own port answered, from where Holdfast stands. A timeout is our vantage, not evidence. */
export interface PortProbe {
  readonly port: number;
  readonly answer:
    'plaintext' | 'tls' | 'tls-client-certificate' | 'refused' | 'timeout' | 'unreachable' | 'unrecognised';
  /** TLS version and cipher when one was negotiated. */
  readonly protocol?: string;
  readonly certificate?: ProbedCertificate;
}

export interface ProbedCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Absent where the prober did not read it; a certificate's lifetime decides how early it must be renewed. */
  readonly notBefore?: Instant;
  readonly notAfter: Instant;
}
