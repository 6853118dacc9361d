import type { DisruptivePolicy, Mode, Pace, Profile } from '../../core/policy/policy.js';
import type { Rails } from '../../core/policy/rails.js';

export const modes = ['observe', 'propose', 'enforce'] as const satisfies readonly Mode[];
export const disruptivePolicies = [
  'approval',
  'window',
  'allow',
] as const satisfies readonly DisruptivePolicy[];
export const profiles = ['baseline', 'strict'] as const satisfies readonly Profile[];

/** Keys of `pace`: durations all of them. */
export const paceDurations = [
  'poll',
  'pollIdle',
  'slowFacts',
  'maxAge',
  'probe',
  'verifyDeadline',
  'verifyLook',
  'quiet',
  'callDeadline',
  'cliDeadline',
  'retryFirst',
] as const satisfies readonly (keyof Pace)[];

/** Keys of `limits` that are counts, from 1 on. */
export const limitCounts = [
  'applications',
  'percent',
  'units',
  'actions',
  'perHour',
  'attempts',
  'failures',
  'flips',
] as const satisfies readonly (keyof Rails)[];

/** Keys of `limits` that are durations. */
export const limitDurations = [
  'attemptWindow',
  'failureWindow',
  'coolDown',
  'flipWindow',
  'approvalValidity',
  'backupAge',
] as const satisfies readonly (keyof Rails)[];
