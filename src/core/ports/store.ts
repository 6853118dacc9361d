import type { Instant } from '../fact.js';
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

/** One action of a plan on its way through its states. */
export interface Remediation {
  readonly id: string;
  readonly planHash: string;
  readonly actionId: string;
  readonly target: Target;
  readonly controls: readonly string[];
  readonly argv: readonly string[];
  readonly state: RemediationState;
  /** CamelCase code and sentence of why it stands where it stands. */
  readonly reason: string;
  readonly message: string;
  readonly attempts: number;
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
}

/** How far a process of a remediation got. `intent` is written before the process is started. */
export type StepState = 'intent' | 'exited' | 'verified' | 'unknown';

export interface Step {
  readonly remediation: string;
  readonly n: number;
  readonly state: StepState;
  readonly argv: readonly string[];
  readonly at: Instant;
  readonly outcome?: string;
}

/**
 * What cannot be observed again: remediations, their steps, attempts. Writes resolve once they would survive.
 * `fence` grows with every taker of the store; a writer with an older one is refused (StaleFence).
 */
export interface Store {
  readonly fence: number;
  saveRemediation(remediation: Remediation): Promise<void>;
  saveStep(step: Step): Promise<void>;
  remediations(): Promise<readonly Remediation[]>;
  steps(remediation: string): Promise<readonly Step[]>;
  close(): Promise<void>;
}
