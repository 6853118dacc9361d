/**
 * The journal: what cannot be observed again. Writes resolve once they would survive the machine's end; what is
 * written in one call is written whole or not at all.
 */
import type { PlannedAction } from '../action/planned.js';
import type { Instant } from '../fact.js';
import type { OutboxMessage, Told } from '../notify/message.js';
import type { Plan } from '../plan.js';
import type { Target } from '../target.js';

/** Where a remediation stands on its way. */
export type RemediationState =
  | 'Proposed'
  | 'WaitingApproval'
  | 'WaitingWindow'
  | 'WaitingDependency'
  | 'Running'
  | 'Verifying'
  | 'Succeeded'
  | 'RolledBack'
  | 'Failed'
  | 'Quarantined'
  | 'NeedsReview'
  | 'Outdated';

/** Names a finding without what was judged: enough to look it up again. */
export interface FindingRef {
  readonly control: string;
  readonly guide: string;
  readonly target: Target;
}

/** One action of a plan on its way through its states. */
export interface Remediation {
  readonly id: string;
  readonly planHash: string;
  readonly actionId: string;
  readonly target: Target;
  readonly controls: readonly string[];
  readonly argv: readonly string[];
  /** The action with all that is needed to follow it after a restart. */
  readonly action: PlannedAction;
  /** What it is to put right. */
  readonly findings: readonly FindingRef[];
  readonly state: RemediationState;
  /** CamelCase code and sentence of why it stands where it stands. */
  readonly reason: string;
  readonly message: string;
  readonly attempts: number;
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
  /** A note that must not be lost, such as the line with which a charm says how to roll its refresh back. */
  readonly note?: string;
}

/**
 * How far a process of a remediation got. `intent` is written before the process is started, `spawned` once it runs,
 * `unknown` where its end was not seen.
 */
export type StepState = 'intent' | 'spawned' | 'exited' | 'verified' | 'unknown';

export interface Step {
  readonly remediation: string;
  readonly n: number;
  /** Whether the process does the action or undoes it. */
  readonly kind: 'do' | 'undo';
  readonly state: StepState;
  readonly argv: readonly string[];
  readonly at: Instant;
  /** Process id, once it runs: after a crash, what is left of it is ended before anything else is begun. */
  readonly pid?: number;
  /**
   * The unit (host) that ran it, where several share the journal: only there can what is left of the process be ended;
   * elsewhere its deadline has to be waited for.
   */
  readonly by?: string;
  readonly outcome?: string;
  /** Units in trouble before the change, by application: it must not leave more. */
  readonly troubled?: Readonly<Record<string, number>>;
}

/** A person's word on a plan, bound to its hash. */
export interface Approval {
  readonly id: string;
  readonly planHash: string;
  readonly decision: 'approve' | 'deny';
  readonly by: string;
  readonly at: Instant;
  /** It counts for nothing from this moment on. */
  readonly expiresAt: Instant;
  readonly reason?: string;
}

/** A control that is left alone on an application (or model, or controller) until a person clears it. */
export interface Quarantine {
  readonly id: string;
  readonly control: string;
  readonly target: Target;
  readonly reason: string;
  readonly message: string;
  readonly since: Instant;
}

/** Nothing is changed within its scope until it is lifted or over. */
export interface Pause {
  readonly id: string;
  /** Absent: everything. */
  readonly controller?: string;
  readonly model?: string;
  readonly by: string;
  readonly at: Instant;
  readonly until?: Instant;
  readonly reason?: string;
}

/** Something that the budgets, the breaker and the hourly cap count. */
export interface Mark {
  readonly at: Instant;
  /**
   * attempt: a change was begun; failure: it did not work; fixed, drift: what became of a finding; cleared: a person
   * looked at it, and what failed before counts no more; refused: the last attempt changed nothing, for somebody else
   * stood in its way; spent: what cannot be undone was done under an approval of a
   * recipe, which does not count for doing it again.
   */
  readonly kind: 'attempt' | 'failure' | 'fixed' | 'drift' | 'cleared' | 'refused' | 'spent';
  readonly controller: string;
  readonly model?: string;
  readonly application?: string;
  readonly control?: string;
  /** Id of the finding: tells users and offers of one place apart. */
  readonly finding?: string;
}

/** A change of one account's password: never the password, nor anything that it could be told by. */
export interface Rotation {
  readonly controller: string;
  readonly user: string;
  /** Where the account is a system user of an application. */
  readonly model?: string;
  readonly application?: string;
  /** `begun` is written before anything is changed; `done` once the new password was seen to work. */
  readonly state: 'begun' | 'done';
  /** When it came into this state. */
  readonly at: Instant;
}

/** What happened, by whom and why; never with a secret in it. */
export interface AuditEntry {
  readonly at: Instant;
  /** A person's name, or `holdfast`. */
  readonly actor: string;
  /** What was done, CamelCase: `PlanApproved`, `StepBegun`, `QuarantineCleared`. */
  readonly event: string;
  /** Why, in one sentence. */
  readonly why: string;
  /** Plain data: finding, argv, outcome, evidence before and after. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** An entry in the chain: `hash` covers the entry, its number and the hash before it. */
export interface AuditRecord extends AuditEntry {
  readonly kind: 'AuditRecord';
  readonly version: 'v1';
  /** From 1, without gaps. */
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
}

export type Write =
  | { readonly type: 'remediation'; readonly remediation: Remediation }
  | { readonly type: 'step'; readonly step: Step }
  | { readonly type: 'plan'; readonly plan: Plan }
  | { readonly type: 'approval'; readonly approval: Approval }
  | { readonly type: 'quarantine'; readonly quarantine: Quarantine }
  /** Ends a quarantine; its audit entry says by whom. */
  | { readonly type: 'clear'; readonly quarantine: string }
  | { readonly type: 'pause'; readonly pause: Pause }
  | { readonly type: 'resume'; readonly pause: string }
  | { readonly type: 'mark'; readonly mark: Mark }
  | { readonly type: 'rotation'; readonly rotation: Rotation }
  /** A message that is to be sent; again under its id: another unit is to send it. */
  | { readonly type: 'outbox'; readonly entry: OutboxMessage }
  /** It was delivered, or given up. */
  | { readonly type: 'sent'; readonly message: string }
  | { readonly type: 'told'; readonly told: readonly Told[] }
  /** A target was told that these are over. */
  | { readonly type: 'untold'; readonly target: string; readonly ids: readonly string[] }
  | { readonly type: 'audit'; readonly entry: AuditEntry };

/** Whether the journal can be relied on; where it cannot, nothing may be changed, and `reason` says why. */
export type StoreHealth =
  { readonly state: 'ok' } | { readonly state: 'full' | 'corrupt' | 'lost'; readonly reason: string };

/** At their end: nothing follows, and nobody has to look at them any more. */
export const endStates: ReadonlySet<RemediationState> = new Set([
  'Succeeded',
  'RolledBack',
  'Failed',
  'Outdated',
]);

export interface AuditQuery {
  /** Records after this number. */
  readonly after?: number;
  /** Not older than this. */
  readonly since?: Instant;
  /** At most so many: the first that fit, or the last. They come in the order of their numbers. */
  readonly limit: number;
  readonly newest?: boolean;
}

/**
 * What looking through the whole audit trail found. `first` and `last` are the numbers of the records that are there;
 * what retention removed before `first` was checked when it was removed. `hash` is the last record's: kept elsewhere, it
 * shows later that nothing before it was written anew.
 */
export type ChainVerdict =
  | { readonly state: 'whole'; readonly first: number; readonly last: number; readonly hash: string }
  /** The first record that is not as it was written, and what is wrong with it. */
  | { readonly state: 'broken'; readonly seq: number; readonly reason: string };

/** An approval (or a refusal) with the plan that it is about, as it was shown to the person. */
export interface Decision extends Approval {
  readonly plan: Plan;
}

/**
 * What persons have said, as it stands now: of several words on one plan the last. Also what is over, for a while: whoever
 * goes by a decision or a pause looks at its times.
 */
export interface Orders {
  readonly decisions: readonly Decision[];
  readonly quarantines: readonly Quarantine[];
  readonly pauses: readonly Pause[];
}

/** Reads, and writes of persons: needs no fence, and may be used beside a running daemon. */
export interface Journal {
  /** @throws Error when it cannot be written: then nothing of it is. */
  write(...writes: readonly Write[]): Promise<void>;
  /** Those that are not at their end, and the newest of the others. */
  remediations(ended: number): Promise<readonly Remediation[]>;
  steps(remediation: string): Promise<readonly Step[]>;
  plan(hash: string): Promise<Plan | undefined>;
  /** Plans whose hash begins so; none for what is no hexadecimal number. */
  plans(prefix: string): Promise<readonly Plan[]>;
  /** Cheap when nothing changed: asked for at every decision. */
  orders(): Promise<Orders>;
  marks(since: Instant): Promise<readonly Mark[]>;
  /** Of each account the last that was begun, and the last that was done. */
  rotations(): Promise<readonly Rotation[]>;
  /** Messages that are not delivered yet, in the order in which they were written. */
  outbox(): Promise<readonly OutboxMessage[]>;
  /** What targets were told and was not taken back. */
  told(): Promise<readonly Told[]>;
  auditLog(query: AuditQuery): Promise<readonly AuditRecord[]>;
  /** Reads the whole audit trail and holds every record against its hash. */
  verifyChain(): Promise<ChainVerdict>;
  health(): StoreHealth;
  close(): Promise<void>;
}

/**
 * The daemon's journal. `fence` grows with every daemon that takes it; writes of one with an older fence are refused
 * with StaleFence.
 */
export interface Store extends Journal {
  readonly fence: number;
}

/** A journal that several daemons share; each works on parts of the estate. Writes of it itself need no fence. */
export interface SharedStore extends Journal {
  /**
   * Takes a part, named as its takers agree: from now on whoever held it before is refused with StaleFence. The Store
   * given writes only as the holder of that part; closing it closes nothing but itself.
   */
  take(part: string): Promise<Store>;
}

/** Another daemon has taken the journal, or a part of it: this one must not change anything there any more. */
export class StaleFence extends Error {
  constructor(fence: number, current: number) {
    super(`the journal was taken over: fence ${fence} is older than ${current}`);
    this.name = 'StaleFence';
  }
}
