/** The limits in force where several rules speak of the same thing: of each, the more careful word counts. */
import type { DisruptivePolicy } from './policy.js';
import { defaultRails, type Rails } from './rails.js';

/** What binds a plan, or one action of it. */
export interface Limits extends Rails {
  readonly disruptive: DisruptivePolicy;
}

/** What of a finding's settings limits the steps against it. */
export interface Limited {
  readonly rails: Rails;
  readonly disruptive: DisruptivePolicy;
}

/** From the most careful on. */
const carefulness: readonly DisruptivePolicy[] = ['approval', 'window', 'allow'];

/** The strictest of all; the default limits, with an approval for what disrupts, where there is nothing. */
export function limitsFor(all: readonly Limited[]): Limits {
  const [first, ...others] = all;
  if (first === undefined) return { ...defaultRails, disruptive: 'approval' };
  const rails = others.reduce((strictest, { rails: next }) => stricter(strictest, next), first.rails);
  const disruptive = carefulness.find((word) => all.some((one) => one.disruptive === word)) ?? 'approval';
  return { ...rails, disruptive };
}

function stricter(a: Rails, b: Rails): Rails {
  if (a === b) return a;
  const backupAge = Math.min(a.backupAge ?? Infinity, b.backupAge ?? Infinity);
  return {
    applications: Math.min(a.applications, b.applications),
    percent: Math.min(a.percent, b.percent),
    units: Math.min(a.units, b.units),
    actions: Math.min(a.actions, b.actions),
    perHour: Math.min(a.perHour, b.perHour),
    attempts: Math.min(a.attempts, b.attempts),
    attemptWindow: Math.max(a.attemptWindow, b.attemptWindow),
    failures: Math.min(a.failures, b.failures),
    failureWindow: Math.max(a.failureWindow, b.failureWindow),
    coolDown: Math.max(a.coolDown, b.coolDown),
    flips: Math.min(a.flips, b.flips),
    flipWindow: Math.max(a.flipWindow, b.flipWindow),
    approvalValidity: Math.min(a.approvalValidity, b.approvalValidity),
    ...(Number.isFinite(backupAge) ? { backupAge } : {}),
    rollback: a.rollback === 'never' ? 'never' : b.rollback,
    plaintextRollback: a.plaintextRollback && b.plaintextRollback,
  };
}
