/** An estate in words: what a simulation starts from. Everything left out has Juju's or the charm's default. */
import type { CharmFacts, OptionValue } from '../charms/charm.js';
import type { ControllerLevel, Flavour, ModelLevel, OfferLevel } from './state.js';

export interface EstateSpec {
  readonly controllers: readonly ControllerSpec[];
}

export interface ControllerSpec {
  readonly name: string;
  /** 4.0 unless said otherwise. */
  readonly flavour?: Flavour;
  readonly version?: string;
  readonly cloud?: CloudSpec;
  /** Besides `admin`, who is always there. */
  readonly users?: readonly UserSpec[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly controllerModel?: Pick<ModelSpec, 'config' | 'blocks' | 'users'> & {
    readonly exposed?: ApplicationSpec['exposed'];
    /** Controller nodes; one unless said otherwise. */
    readonly nodes?: number;
  };
  readonly models: readonly ModelSpec[];
}

export interface CloudSpec {
  readonly name?: string;
  readonly type?: string;
  readonly users?: Readonly<Record<string, string>>;
  readonly credentials?: readonly {
    readonly name: string;
    readonly authType?: string;
    readonly valid?: boolean;
  }[];
}

export interface UserSpec {
  readonly name: string;
  readonly displayName?: string;
  /** Made from the seed when absent. */
  readonly password?: string;
  readonly access?: ControllerLevel;
  readonly disabled?: boolean;
  readonly createdDaysAgo?: number;
  /** Absent: never connected. */
  readonly lastConnectionDaysAgo?: number;
}

export interface ModelSpec {
  readonly name: string;
  readonly owner?: string;
  readonly type?: 'iaas' | 'caas';
  readonly users?: Readonly<Record<string, ModelLevel>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Command sets with their message. */
  readonly blocks?: readonly { readonly commandSet: string; readonly message?: string }[];
  readonly secrets?: readonly SecretSpec[];
  readonly sshKeys?: readonly string[];
  readonly secretBackend?: string;
  readonly availableVersion?: string;
  readonly applications: readonly ApplicationSpec[];
  /** Both ends as `app` or `app:endpoint`. */
  readonly relations?: readonly (readonly [string, string])[];
  readonly offers?: readonly OfferSpec[];
  readonly consumes?: readonly ConsumeSpec[];
}

export interface SecretSpec {
  readonly label: string;
  /** An application; the model itself when absent. */
  readonly owner?: string;
  readonly rotation?: string;
  readonly createdDaysAgo?: number;
  readonly rotatesInDays?: number;
  readonly expiresInDays?: number;
  readonly revision?: number;
  /** Applications that may read it. */
  readonly grantedTo?: readonly string[];
}

export interface ApplicationSpec {
  readonly name: string;
  /** A known charm's name, or facts of one's own; the application's name when absent. */
  readonly charm?: string | CharmFacts;
  readonly channel?: string;
  readonly revision?: number;
  readonly origin?: 'charmhub' | 'local';
  readonly base?: string;
  /** One, or none for a subordinate. */
  readonly units?: number;
  /** Numbers of the units in order, counting from 0 where absent. */
  readonly numbers?: readonly number[];
  /** Machines of the units in order, new ones where absent. */
  readonly to?: readonly string[];
  readonly config?: Readonly<Record<string, OptionValue>>;
  readonly trust?: boolean;
  /** To everywhere, or CIDRs by endpoint (`''`: all endpoints). */
  readonly exposed?: boolean | Readonly<Record<string, readonly string[]>>;
  readonly status?: { readonly status: string; readonly message?: string };
  readonly canUpgradeTo?: string;
  /** The charm's usual one when absent. */
  readonly workloadVersion?: string;
  /** Of the revision that `canUpgradeTo` names; the same where absent. */
  readonly newestWorkload?: string;
  readonly openPorts?: readonly string[];
}

export interface OfferSpec {
  /** The endpoint's name when absent. */
  readonly name?: string;
  readonly application: string;
  readonly endpoint: string;
  readonly users?: Readonly<Record<string, OfferLevel>>;
}

export interface ConsumeSpec {
  /** A model of the same controller. */
  readonly model: string;
  readonly offer: string;
  /** Local name; the offer's when absent. */
  readonly as?: string;
}
