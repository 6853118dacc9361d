import type { Control, Guide } from './control.js';
import type { Remedy } from './action/action.js';
import type { Judgement } from './judgement.js';
import type { Settings } from './policy/resolve.js';
import type { Waiver } from './policy/policy.js';
import type { Target } from './target.js';

/** A judgement on a target, with everything that a report or a plan wants to know of it. */
export interface Finding {
  readonly control: Control;
  readonly guide: Guide;
  readonly target: Target;
  readonly judgement: Judgement;
  readonly settings: Settings;
  /** Steps that would put it right; empty when it is no violation or a person has to choose. */
  readonly remedies: readonly Remedy[];
  /** Until when (ms) time alone does not change the answer; Infinity for ever. */
  readonly validUntil: number;
  readonly waiver?: AppliedWaiver;
  /** What went wrong inside the control, for the log: a defect of ours, not of the estate. */
  readonly failure?: string;
}

/**
 * A waiver as it lies over a finding at the moment of judging. One that is expired, or lapsed because its compensating
 * control does not pass, no longer counts, and is shown.
 */
export interface AppliedWaiver {
  readonly waiver: Waiver;
  readonly state: 'active' | 'expired' | 'lapsed';
}

export function isWaived(finding: Finding): boolean {
  return finding.waiver?.state === 'active';
}
