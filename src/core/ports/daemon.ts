import type { Plan } from '../plan.js';
import type { RailName, RailVerdict } from '../rails/rail.js';
import type { Report } from '../report/types.js';
import type { JujuHealth } from './juju-api.js';
import type { KubeHealth } from './kube.js';
import type { Target } from '../target.js';
import type { NotifierHealth } from './notifier.js';
import type { StackHealth } from './observability.js';
import type { ReportSinkHealth } from './report-sink.js';
import type { SharingView } from './sharing.js';
import type { Pause, Quarantine, Remediation, RemediationState, StoreHealth } from './store.js';

/** What a running daemon shows of itself: to the page, to metrics, to readiness checks. */
export interface DaemonView {
  /** The report of this moment; cheap enough to be asked for at every request. */
  report(): Report;
  plans(): readonly Plan[];
  /** Newest last. */
  remediations(): readonly Remediation[];
  health(): readonly JujuHealth[];
  /** How well each cluster of the policy is seen. */
  clusters(): readonly KubeHealth[];
  queue(): QueueView;
  readiness(): Readiness;
  /** What each rail says at present of each step of a plan; none where nothing may be changed at all. */
  rails(planHash: string): readonly StepRails[];
  /** Every hold on every step that is planned, as of the last look at its place. */
  held(): readonly HeldStep[];
  /** What is left alone until a person clears it. */
  quarantines(): readonly Quarantine[];
  /** Pauses that are in force. */
  pauses(): readonly Pause[];
  /** Whether what is done can be written down. */
  journal(): StoreHealth;
  /** How several units share the estate; absent where this one is the only one. */
  readonly sharing?: () => SharingView;
  /** Whether this unit looks after a controller or one of its models; absent where it looks after all. */
  readonly holds?: (controller: string, model: string | undefined) => boolean;
  /** How well reports get into each cluster that they go to; absent where they go to none. */
  readonly reportSinks?: () => readonly ReportSinkHealth[];
  /** How well those are told who are to be told; absent where nobody is. */
  readonly notifiers?: () => readonly NotifierHealth[];
  /** How well each observability stack of the policy is seen; absent where this program asks none. */
  readonly stacks?: () => readonly StackHealth[];
  /** Of each application whose units were seen to serve certificates the one that ends first. */
  readonly certificates?: () => readonly SeenCertificate[];
  /** Models whose units were looked into; absent where this program looks into none. */
  readonly looks?: () => readonly ModelLooks[];
}

/** `partly`: some of what was looked for did not show; `denied`: a permission is missing. */
export type LookResult = 'seen' | 'partly' | 'unseen' | 'denied';

/** When the units of a model last showed anything. */
export interface ModelLooks {
  readonly controller: string;
  readonly model: string;
  /** ms; absent: they never did. */
  readonly seenAt?: number;
}

export interface SeenCertificate {
  readonly controller: string;
  readonly model: string;
  readonly application: string;
  /** ms; the beginning is absent where it was not read. */
  readonly notBefore?: number;
  readonly notAfter: number;
}

/** A rail that holds a step back. */
export interface HeldStep {
  readonly planHash: string;
  readonly actionId: string;
  /** The place of the plan. */
  readonly target: Target;
  readonly rail: RailName;
  readonly state: RemediationState;
  /** CamelCase. */
  readonly reason: string;
  /** Whether this is the hold of the step that a person hears first. */
  readonly first: boolean;
}

/** The rails' words on one step. */
export interface StepRails {
  readonly actionId: string;
  readonly verdicts: readonly RailVerdict[];
}

export interface QueueView {
  readonly depth: number;
  readonly inFlight: number;
  /** Keys that wait for a retry after a failure. */
  readonly backingOff: number;
}

/**
 * Ready: every controller's view is fresh, and every cluster was read once. The reasons say what is not well, for people;
 * where it is ready all the same, they say what is seen with gaps.
 */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** Counts what happens. Labels are bounded: never a text from a model or an error. */
export interface Telemetry {
  reconciled(outcome: 'done' | 'failed', seconds: number): void;
  evaluated(seconds: number): void;
  drift(control: string): void;
  /** From the first sight of the drift to its verified fix. */
  fixed(control: string, seconds: number): void;
  /** A control threw: its finding is unknown until it is mended. */
  controlFailed(control: string): void;
  remediationEnded(state: string, reason: string): void;
  cliCall(command: string, outcome: string, seconds: number): void;
  probed(answer: string): void;
  /** A look into a unit, or an action that only tells, came to its end. */
  looked(result: LookResult, seconds: number): void;
}
