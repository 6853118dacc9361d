import type { DisruptivePolicy, Mode, Pace, Profile } from '../../core/policy/policy.js';

export const modes = ['observe', 'propose', 'enforce'] as const satisfies readonly Mode[];
export const disruptivePolicies = [
  'approval',
  'window',
  'allow',
] as const satisfies readonly DisruptivePolicy[];
export const profiles = ['baseline', 'strict'] as const satisfies readonly Profile[];

/** Keys of `pace` that are durations; `attempts` is a count. */
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
] as const satisfies readonly Exclude<keyof Pace, 'attempts'>[];

/** Keys that policies are going to have, and this version does not know yet. */
export const laterKeys: ReadonlySet<string> = new Set([
  'windows',
  'limits',
  'managedBy',
  'notify',
  'store',
  'web',
]);
