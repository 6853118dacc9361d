/** What a rehearsal of plans on a simulated copy of the estate showed: version 1, its JSON Schema is published. */
import type { Instant } from './fact.js';
import type { Outcome, Severity } from './outcome.js';
import type { RemediationState } from './ports/store.js';
import type { ReportSource } from './report/types.js';
import type { Target } from './target.js';

export interface Rehearsal {
  readonly kind: 'Rehearsal';
  readonly version: 'v1';
  readonly rehearsedAt: Instant;
  readonly tool: { readonly name: 'holdfast'; readonly version: string };
  readonly source: ReportSource;
  readonly policy: { readonly hash: string };
  /** One for each model (or controller) of which something would be changed. */
  readonly plans: readonly RehearsedPlan[];
  readonly compliance: Compliance;
  /** Violations for which nothing was done, with the reason. */
  readonly left: readonly LeftOver[];
  /** What the copy cannot know of the original, in sentences. */
  readonly doubts: readonly string[];
}

export interface RehearsedPlan {
  readonly target: Target;
  /** Hash of the plan as `holdfast plan` shows it, where it was planned for the original as well. */
  readonly hash?: string;
  /** From the first command until the last effect was seen, seconds. */
  readonly seconds: number;
  readonly steps: readonly RehearsedStep[];
}

/** Times in seconds from the plan's first command on. */
export interface RehearsedStep {
  readonly argv: readonly string[];
  readonly effect: string;
  readonly controls: readonly string[];
  readonly state: RemediationState;
  readonly reason: string;
  readonly message: string;
  /** When its command ran; absent: never. */
  readonly ranAt?: number;
  /** When its effect was seen. */
  readonly verifiedAt?: number;
  /** The safety rails that would hold it in the real estate now; what a person can decide was decided here. */
  readonly holds: readonly { readonly rail: string; readonly reason: string; readonly message: string }[];
  readonly restarts: readonly RehearsedRestart[];
  /** Who loses access for good, or until they speak TLS, as the plan names them. */
  readonly cutsOff: readonly string[];
  readonly clients: readonly RehearsedClient[];
}

export interface RehearsedRestart {
  readonly unit: string;
  readonly at: number;
  readonly seconds: number;
}

/** What a step's restarts mean to an application that uses another. */
export interface RehearsedClient {
  readonly client: string;
  readonly application: string;
  /** How long no unit at all answered. */
  readonly secondsWithout: number;
  /** How often a unit went away while others answered: connections to it break. */
  readonly breaks: number;
}

export interface Compliance {
  readonly before: Standing;
  readonly after: Standing;
  readonly changes: readonly ComplianceChange[];
}

export interface Standing {
  readonly score: number | null;
  readonly violations: number;
  readonly unknown: number;
}

/** `from` is absent for what was not judged before, `to` for what is not any more. */
export interface ComplianceChange {
  readonly control: string;
  readonly severity: Severity;
  readonly target: Target;
  readonly from?: Outcome;
  readonly to?: Outcome;
  readonly message: string;
}

export interface LeftOver {
  readonly control: string;
  readonly severity: Severity;
  readonly target: Target;
  readonly why: 'by-hand' | 'observed' | 'held';
  readonly message: string;
}
