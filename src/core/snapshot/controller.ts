/** What is known of one Juju controller, its models among it. */
import type { Dict } from '../dict.js';
import type { Fact, Instant } from '../fact.js';
import type { ModelState } from './model.js';

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
