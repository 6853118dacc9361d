/**
 * What a simulated controller knows. The state is mutable and only the functions of this folder change it; each change
 * is announced by `touch`, which wakes those who watch the model.
 */
import type { Clock, Random } from '../../core/ports/index.js';
import type { Charm, Endpoint, OptionValue } from '../charms/charm.js';
import type { UnitShell } from '../charms/disk.js';
import type { Hook } from './hooks.js';
import type { UnitPorts } from './unit-ports.js';

/** Which major version of Juju a controller behaves like. */
export type Flavour = '3.6' | '4.0';

export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly ports: UnitPorts;
  readonly controllers: Map<string, SimController>;
  /** Answers commands by what lies on units; absent: only the few that every unit knows. */
  readonly shell?: UnitShell;
}

export type ControllerLevel = '' | 'login' | 'superuser';
export type ModelLevel = 'read' | 'write' | 'admin';
export type OfferLevel = 'read' | 'consume' | 'admin';

export interface SimUser {
  readonly name: string;
  readonly displayName: string;
  password: string;
  access: ControllerLevel;
  disabled: boolean;
  /** Milliseconds since 1970, as all times here. */
  readonly created: number;
  lastConnection?: number;
}

export interface SimController {
  readonly world: World;
  readonly name: string;
  readonly uuid: string;
  readonly flavour: Flavour;
  /** The agents' version, such as `4.0.15`. */
  readonly version: string;
  readonly cloud: SimCloud;
  readonly users: Map<string, SimUser>;
  readonly config: Map<string, unknown>;
  /** By UUID. */
  readonly models: Map<string, SimModel>;
  readonly caCert: { pem: string };
  /** Host and port of each API server. */
  readonly addresses: string[];
  readonly faults: ControllerFaults;
}

export interface SimCloud {
  readonly name: string;
  readonly type: string;
  readonly users: Map<string, string>;
  readonly credentials: SimCredential[];
}

export interface SimCredential {
  readonly name: string;
  readonly owner: string;
  readonly authType: string;
  valid: boolean;
}

/** What is wrong with a controller right now; see faults.ts for what sets it. */
export interface ControllerFaults {
  upgrade: 'none' | 'calls' | 'logins';
  failActions?: string;
  /** `Facade.Method` names that answer permission denied. */
  readonly denied: Set<string>;
  /** `Facade.Method` names that never answer. */
  readonly hanging: Set<string>;
  latencyMs: number;
  silent: boolean;
  /** FullStatus answers by model UUID, given again until the time. */
  readonly stale: Map<string, { readonly answer: unknown }>;
  staleUntil: number;
}

export interface Status {
  status: string;
  message: string;
  since: number;
}

export interface SimModelUser {
  access: ModelLevel;
  lastConnection?: number;
}

export interface SimModel {
  readonly controller: SimController;
  readonly uuid: string;
  readonly name: string;
  readonly owner: string;
  readonly type: 'iaas' | 'caas';
  readonly isController: boolean;
  readonly users: Map<string, SimModelUser>;
  readonly config: Map<string, { value: unknown; source: string }>;
  readonly blocks: SimBlock[];
  readonly secrets: SimSecret[];
  readonly sshKeys: string[];
  readonly credential?: SimCredential;
  readonly secretBackend: string;
  readonly machines: Map<string, SimMachine>;
  readonly applications: Map<string, SimApplication>;
  readonly remotes: Map<string, SimRemote>;
  readonly offers: Map<string, SimOffer>;
  readonly relations: Map<number, SimRelation>;
  readonly tasks: SimOperation[];
  /** Running message of a migration. */
  migration?: string;
  /** Where the model went; logins are redirected. */
  movedTo?: object;
  availableVersion: string;
  nextRelation: number;
  nextTask: number;
  readonly watchers: Set<() => void>;
}

export type BlockType = 'BlockDestroy' | 'BlockRemove' | 'BlockChange';

export interface SimBlock {
  readonly id: string;
  readonly type: BlockType;
  readonly message: string;
}

export interface SimSecret {
  readonly id: string;
  /** `application-NAME` or `model`. */
  readonly owner: string;
  readonly label: string;
  readonly rotation: string;
  readonly rotates?: number;
  readonly expires?: number;
  readonly created: number;
  readonly revisionCreated: number;
  readonly revision: number;
  readonly grantedTo: readonly string[];
  /** Of secrets that were made here. */
  readonly content?: Readonly<Record<string, string>>;
}

export interface SimMachine {
  readonly id: string;
  readonly base: string;
  readonly address: string;
  readonly hostname: string;
  agent: Status;
  readonly hasVote: boolean;
}

export interface SimApplication {
  readonly model: SimModel;
  readonly name: string;
  readonly charm: Charm;
  readonly origin: 'charmhub' | 'local';
  channel: string;
  revision: number;
  /** The newest revision that the store holds for its channel. */
  newest: number;
  canUpgradeTo: string;
  workloadVersion: string;
  /** Of the workload, by revision of the charm, as far as revisions are known to differ. */
  readonly workloadVersions: ReadonlyMap<number, string>;
  readonly base: string;
  /** By endpoint; empty means not exposed. */
  readonly exposed: Map<string, Exposure>;
  readonly settings: Map<string, OptionValue>;
  trust: boolean;
  readonly units: SimUnit[];
  nextUnit: number;
  readonly backups: string[];
  /** The refresh under way. */
  refresh?: SimRefresh;
  /** The older charms: the revision that their check before a refresh found ready. */
  ready?: number;
  readonly refreshFaults: {
    /** Revisions that do not work. */
    readonly failing: Set<number>;
    hanging: boolean;
  };
}

/** A refresh on its way through the units, the highest number first. */
export interface SimRefresh {
  readonly from: number;
  readonly to: number;
  /** Back to where the one before came from: nothing pauses it. */
  readonly isRollback: boolean;
  /** The image does not go with the revision (Kubernetes). */
  readonly isMismatched: boolean;
  readonly queue: SimUnit[];
  running?: SimUnit;
  readonly done: SimUnit[];
  /** How often it was told to go on. */
  resumes: number;
  /** What the application shows instead of its units' worst. */
  status?: Status;
  /** Lets a unit go on that hangs. */
  release?: () => void;
}

export interface Exposure {
  readonly cidrs: readonly string[];
  readonly spaces: readonly string[];
}

export interface SimUnit {
  readonly application: SimApplication;
  readonly name: string;
  readonly number: number;
  readonly machine: string;
  readonly address: string;
  readonly principal?: SimUnit;
  leader: boolean;
  agent: Status;
  workload: Status;
  readonly openPorts: string[];
  /** Hooks to run, the first one running. */
  readonly hooks: Hook[];
  /** Of the charm's code that it runs. */
  revision: number;
  /** Of the charm whose workload it runs; on machines that follows later. */
  refreshed: number;
  /** The revision of the snap that a person put in by hand, until the next refresh of the charm. */
  handSnap?: number;
  gone: boolean;
}

export interface RelationSide {
  /** An application or a remote application of the model. */
  readonly application: string;
  readonly endpoint: Endpoint;
}

export interface SimRelation {
  readonly id: number;
  readonly key: string;
  readonly interface: string;
  readonly scope: 'global' | 'container';
  /** One for a peer relation, else requirer and provider. */
  readonly sides: readonly RelationSide[];
  status: 'joining' | 'joined' | 'suspended' | 'broken' | '';
  since: number;
  dying: boolean;
  /** Hooks of the removal that have yet to run. */
  leaving: number;
}

export interface SimOffer {
  readonly uuid: string;
  readonly name: string;
  readonly application: string;
  readonly endpoints: readonly string[];
  readonly users: Map<string, OfferLevel>;
  readonly connections: SimConnection[];
}

export interface SimConnection {
  readonly model: SimModel;
  readonly relation: SimRelation;
  readonly id: number;
  readonly endpoint: string;
}

export interface SimRemote {
  readonly name: string;
  readonly offer: SimOffer;
  readonly offerModel: SimModel;
  readonly endpoints: readonly Endpoint[];
  readonly since: number;
}

export type TaskStatus = 'pending' | 'running' | 'completed' | 'failed';

export interface SimTask {
  readonly id: string;
  /** Unit or machine it runs on. */
  readonly receiver: string;
  readonly onMachine: boolean;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly enqueued: number;
  started?: number;
  completed?: number;
  status: TaskStatus;
  message: string;
  output: Readonly<Record<string, unknown>>;
}

export interface SimOperation {
  readonly id: string;
  readonly summary: string;
  readonly enqueued: number;
  readonly tasks: SimTask[];
}

/** Announces a change of the model to those who watch it. */
export function touch(model: SimModel): void {
  for (const watcher of model.watchers) watcher();
}
