/** What the policy says of the safety rails: limits, windows, who manages what. */
import type { RuleMatch } from './policy.js';

/** The limits in force for one finding; durations in seconds. */
export interface Rails {
  /** Applications that one run may touch. */
  readonly applications: number;
  /** Of a model's applications, rounded up to one at least. */
  readonly percent: number;
  /** Units of the applications that one run touches. */
  readonly units: number;
  /** Actions of one run. */
  readonly actions: number;
  /** Changes on one controller in any hour. */
  readonly perHour: number;
  /** Attempts within `attemptWindow`, then the control is quarantined on its target. */
  readonly attempts: number;
  readonly attemptWindow: number;
  /** Failures within `failureWindow`, then nothing more is changed in the model for `coolDown`. */
  readonly failures: number;
  readonly failureWindow: number;
  readonly coolDown: number;
  /** How often something may come back after it was put right within `flipWindow`, until it counts as a fight. */
  readonly flips: number;
  readonly flipWindow: number;
  /** How long an approval counts. */
  readonly approvalValidity: number;
  /** Age of the last backup that a restart may rest on; absent: not asked for. */
  readonly backupAge?: number;
  /** Whether what was not seen to work is undone where it safely can be. */
  readonly rollback: 'auto' | 'never';
  /** Whether encryption may be rolled back when it took the application down. */
  readonly plaintextRollback: boolean;
}

export const defaultRails: Rails = {
  applications: 5,
  percent: 50,
  units: 30,
  actions: 20,
  perHour: 20,
  attempts: 5,
  attemptWindow: 86_400,
  failures: 3,
  failureWindow: 3600,
  coolDown: 1800,
  flips: 2,
  flipWindow: 86_400,
  approvalValidity: 259_200,
  rollback: 'auto',
  plaintextRollback: false,
};

/** Changes limits for what it matches; later ones win, field by field. */
export interface LimitRule extends Partial<Rails> {
  readonly match: RuleMatch;
}

/** When changes may be made (`allow`) or may not (`deny`, which wins). Begins at each time that `cron` names. */
export interface WindowRule {
  readonly name: string;
  readonly kind: 'allow' | 'deny';
  readonly match: RuleMatch;
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** Seconds of real time, whatever the clocks are set to meanwhile. */
  readonly duration: number;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** Who else owns a part of the estate: there Holdfast proposes and changes nothing. */
export interface ManagedBy {
  readonly match: RuleMatch;
  readonly tool: 'terraform';
}

/** How long the journal keeps what is at its end; seconds. */
export interface Retention {
  readonly remediations: number;
  readonly audit: number;
}

export const defaultRetention: Retention = { remediations: 90 * 86_400, audit: 400 * 86_400 };
