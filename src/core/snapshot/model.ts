/** What is known of one model, its applications among it. */
import type { Dict } from '../dict.js';
import type { Fact, Instant } from '../fact.js';
import type { ApplicationState, Relation } from './application.js';

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
  /** Who reads the model, where Juju shows nobody else of its users: to all but superusers. */
  readonly reader?: Pick<ModelUser, 'name' | 'access'>;
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
