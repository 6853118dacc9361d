/**
 * What the user wants: which controllers, how far Holdfast may go, parameters, waivers. The file's schema is in
 * `config/`; this is its meaning.
 */
import type { Dict } from '../dict.js';
import type { Instant } from '../fact.js';
import type { CharmhubPolicy } from './charmhub.js';
import type { HandedCloudPolicy } from './cloud-policies.js';
import type { WatchedCluster } from './clusters.js';
import type { NotifyPolicy } from './notify.js';
import type { WatchedStack } from './observability.js';
import type { RotationRule } from './rotation.js';
import type { SharingPolicy } from './sharing.js';
import type { WebPolicy } from './web.js';
import type { WorkloadRule } from './workload.js';
import {
  defaultRetention,
  type LimitRule,
  type ManagedBy,
  type Retention,
  type WindowRule,
} from './rails.js';

/** observe: look and tell; propose: plan too; enforce: carry plans out within the rails. */
export type Mode = 'observe' | 'propose' | 'enforce';

/** How disruptive steps are let through: by a person, in a window, or freely. */
export type DisruptivePolicy = 'approval' | 'window' | 'allow';

export type Profile = 'baseline' | 'strict';

export interface Policy {
  readonly controllers: readonly ControllerAccess[];
  readonly defaults: {
    readonly mode: Mode;
    readonly profile: Profile;
    readonly disruptive: DisruptivePolicy;
  };
  readonly rules: readonly PolicyRule[];
  readonly users: UsersPolicy;
  readonly waivers: readonly Waiver[];
  readonly attestations: readonly Attestation[];
  readonly windows: readonly WindowRule[];
  readonly limits: readonly LimitRule[];
  readonly managedBy: readonly ManagedBy[];
  readonly retention: Retention;
  /** Accounts whose passwords are changed; absent: nobody's. Later ones win. */
  readonly rotation?: readonly RotationRule[];
  /** Kubernetes clusters that may be looked at; absent: none. */
  readonly clusters?: readonly WatchedCluster[];
  /** Observability stacks that may be asked; absent: none. */
  readonly observability?: readonly WatchedStack[];
  /** Whether Charmhub may be asked, and how often; absent: it is not. */
  readonly charmhub?: CharmhubPolicy;
  /** Units that may be looked into; absent: none. Later ones win. */
  readonly workload?: readonly WorkloadRule[];
  /** Folder or file whose knowledge data are laid over the shipped ones; absent: none named here. */
  readonly dataDir?: string;
  /** What the cloud lets Juju's accounts do, as far as it was handed in; absent: nothing was. */
  readonly cloudPolicies?: readonly HandedCloudPolicy[];
  /** How several units share the estate; absent: there is one. */
  readonly sharing?: SharingPolicy;
  /** How the page is served, and to whom; absent: it shows, and to this machine only. */
  readonly web?: WebPolicy;
  /** Whom to tell what; absent: nobody. */
  readonly notify?: NotifyPolicy;
  /** Intervals and deadlines, in seconds. */
  readonly pace: Pace;
  /** sha256 of the policy's canonical form; names the policy in reports. */
  readonly hash: string;
}

export interface ControllerAccess {
  readonly name: string;
  readonly addresses: readonly string[];
  /** PEM text of the controller's own CA. */
  readonly caCert?: string;
  /** The file that it was read from: it may be replaced while the controller is followed. */
  readonly caFile?: string;
  /** Holds the controller's audit log (JSON lines), where it can be read. */
  readonly auditLogFile?: string;
  readonly observer: Credentials;
  readonly auditor?: Credentials;
  /** Model admin, which equals root on the units: only used where `workload` says so. */
  readonly prober?: Credentials;
  readonly remediator?: Credentials;
}

/** Never printed, logged or put into a report. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** The file that they come from; absent: they cannot be changed. */
  readonly file?: string;
}

/** Later rules win over earlier ones, field by field. Patterns know `*` and `?`; an absent one matches all. */
export interface PolicyRule {
  readonly match: RuleMatch;
  readonly mode?: Mode;
  readonly disruptive?: DisruptivePolicy;
  readonly profile?: Profile;
  readonly params?: Dict<unknown>;
  readonly enabled?: boolean;
  readonly rationale?: string;
}

export interface RuleMatch {
  readonly controller?: string;
  readonly model?: string;
  readonly application?: string;
  readonly guide?: string;
  readonly control?: string;
}

/** Users by name, as Juju calls them; `namedUsersResolver` says who is meant where. */
export interface UsersPolicy {
  /** Who may be superuser of a controller; absent where the policy does not say. */
  readonly superusers?: readonly string[];
  /** Accounts of programs, which are never disabled for looking unused. */
  readonly serviceAccounts: readonly string[];
  /** Accounts whose passwords Holdfast changes. */
  readonly managed: readonly string[];
  /** Who may hold what on models; later ones win, user by user. */
  readonly grants: readonly ModelGrant[];
  /** Who may reach offers; all that match count together. */
  readonly offers: readonly OfferGrant[];
}

export type GrantLevel = 'none' | 'read' | 'write' | 'admin';

export interface ModelGrant {
  readonly match: Pick<RuleMatch, 'controller' | 'model'>;
  /** User to the highest level that he may hold. */
  readonly levels: Dict<GrantLevel>;
}

export interface OfferGrant {
  readonly match: ModelGrant['match'] & { readonly offer?: string };
  readonly consumers: readonly string[];
}

/** A named, dated, expiring exception. It lies over an outcome and never hides it. */
export interface Waiver {
  readonly id: string;
  readonly kind: 'waived' | 'mitigated';
  readonly match: RuleMatch;
  readonly reason: string;
  readonly owner: string;
  /** It counts for nothing from this moment on. */
  readonly expires: Instant;
  /** The control that makes up for a mitigated violation: the waiver holds while it passes where the violation is. */
  readonly compensatedBy?: string;
}

/** A dated statement by a named owner that stands in for evidence which no system shows. */
export interface Attestation {
  readonly id: string;
  readonly match: RuleMatch;
  readonly statement: string;
  readonly owner: string;
  /** When it was stated; before, it counts for nothing. */
  readonly attested: Instant;
  /** It counts for nothing from this moment on. */
  readonly expires: Instant;
}

export interface Pace {
  readonly poll: number;
  readonly pollIdle: number;
  readonly slowFacts: number;
  readonly maxAge: number;
  readonly probe: number;
  readonly verifyDeadline: number;
  /** Between two looks at a change being verified. */
  readonly verifyLook: number;
  readonly quiet: number;
  /** For the answer to one call of Juju's API. */
  readonly callDeadline: number;
  /** For one call of the `juju` command. */
  readonly cliDeadline: number;
  readonly retryFirst: number;
}

export const defaultPace: Pace = {
  poll: 15,
  pollIdle: 60,
  slowFacts: 300,
  maxAge: 300,
  probe: 60,
  verifyDeadline: 600,
  verifyLook: 2,
  quiet: 10,
  callDeadline: 30,
  cliDeadline: 60,
  retryFirst: 5,
};

/** No user is named. */
export const nobodyNamed: UsersPolicy = { serviceAccounts: [], managed: [], grants: [], offers: [] };

/** A policy that only looks. */
export const observeOnly: Policy = {
  controllers: [],
  defaults: { mode: 'observe', profile: 'baseline', disruptive: 'approval' },
  rules: [],
  users: nobodyNamed,
  waivers: [],
  attestations: [],
  windows: [],
  limits: [],
  managedBy: [],
  retention: defaultRetention,
  pace: defaultPace,
  hash: 'none',
};
