/** Changes that were made and have not been seen to be true yet. */
import type { Action } from '../core/action/action.js';
import { unmet } from '../core/action/precondition.js';
import type { Finding } from '../core/finding.js';
import type { Judgement } from '../core/judgement.js';
import type { CliResult } from '../core/ports/index.js';
import { failureTold, lastMove, stepSeen } from '../core/refresh/step-done.js';
import { applicationsOf, type World } from '../core/rails/index.js';
import { troubledUnits, type SettleWatch } from './settle.js';
import { verify, type Doubt, type Verdict } from './verify.js';
import type { Work } from './work.js';

export interface Pending extends Work {
  /** Number of the process among those of its remediation. */
  readonly n: number;
  /** When the call was begun, ms. */
  readonly begun: number;
  /** When the call ended, ms; when it was begun, where its end was not seen. */
  readonly since: number;
  /** Not believed before this moment, ms. */
  readonly notBefore: number;
  /** How long after the call's end it may still show its effect, ms: asked for later than this, it was in vain. */
  readonly patience: number;
  /** How it stood when it was last read. */
  readonly stood?: Doubt;
  /** What the call said, where it did not say that it went through. */
  readonly failure?: string;
  /** Juju said that it did it: then it is ours to undo. */
  readonly ours: boolean;
  /** Units in trouble before the change, by application. */
  readonly troubled: Readonly<Record<string, number>>;
  /** Set while it is being undone: the actions that undo it, and why. */
  readonly undoing?: Undoing;
}

export interface Undoing {
  readonly actions: readonly Action[];
  readonly why: Doubt;
}

/**
 * A removed relation is listed as joined for 10 to 12 s, and answers "already exists" meanwhile: that answer, and a
 * finding that passes right after it, must not be believed before (Juju facts, seen on a real controller). In ms.
 */
export const dyingRelation = 13_000;

/**
 * How the change is followed once its call has ended. An answer is believed at once, but for an integrate that says
 * "already exists". A call that failed may have gone through all the same: so it is looked whether it did; where Juju
 * itself said no, what is still asked for at the first look was not done.
 */
export function afterCall(pending: Pending, result: CliResult, since: number): Pending {
  const { outcome, exitCode, summary } = result;
  const dying = outcome === 'already' && pending.action.type === 'integrate';
  const notBefore = dying ? since + dyingRelation : since;
  const followed = { ...pending, since, notBefore, ours: outcome === 'done' };
  if (outcome !== 'retry') return followed;
  const patience = exitCode === undefined ? pending.patience : 0;
  return { ...followed, patience, failure: summary };
}

/** The same with its times moved, where the clock was set back to before its call. */
export function rebased(pending: Pending, now: number): Pending {
  if (now >= pending.since) return pending;
  const back = pending.since - now;
  return { ...pending, begun: pending.begun - back, since: now, notBefore: pending.notBefore - back };
}

export interface Look {
  readonly key: string;
  readonly world: World;
  readonly findings: readonly Finding[];
  readonly effectOf: (finding: Finding) => Judgement | undefined;
  readonly settle: SettleWatch;
  readonly now: number;
  /** ms. */
  readonly quiet: number;
}

/** Whether a pending change has come true, its applications have come to rest, and none is worse than before. */
export function verdictOn(pending: Pending, look: Look): Verdict {
  const verdict = recipeStep(pending, look) ?? verify({ ...look, work: pending });
  if (verdict.is !== 'verified') return verdict;
  if (look.now < pending.notBefore)
    return waiting('StillJoined', 'the relation may be one that is on its way out');
  if (holdsAsBefore(pending, look.world)) return { is: 'gone' };
  return unrest(pending, look) ?? verdict;
}

/**
 * Whether a user holds the very level that was to be lowered. Where the finding passes all the same, for instance because
 * he was made a superuser meanwhile, whom another control judges, it is for another reason than the change.
 */
function holdsAsBefore({ action }: Pending, { controller, model }: World): boolean {
  const place = { controller, ...(model === undefined ? {} : { model }) };
  return action.preconditions.some(
    (precondition) => precondition.type === 'user-level' && unmet(precondition, place) === undefined,
  );
}

/**
 * A step of a refresh is seen by itself: the finding behind it goes on failing until the last one, and what Charmhub
 * offers next is shown a day later.
 */
function recipeStep({ action, begun, failure }: Pending, { world: { model } }: Look): Verdict | undefined {
  const { args, preconditions } = action;
  if (args.type !== 'run-action' && args.type !== 'refresh') return undefined;
  if (model === undefined) return { is: 'gone' };
  const step = { args, preconditions };
  switch (stepSeen(step, model, begun)) {
    case 'done':
      return { is: 'verified' };
    case 'absent':
      // Without a word of Juju that it was done, it was not.
      return failure === undefined
        ? waiting('StepNotSeen', 'it has not been seen to begin')
        : { is: 'undone', reason: 'StepNotSeen', message: failure };
    case 'open':
      return { ...waiting('StepUnderway', 'it has not ended yet'), movedAt: lastMove(step, model) };
    case 'failed':
      return { ...waiting('StepFailed', failedText(failureTold(step, model))), failing: true, final: true };
    case 'unknown':
      return waiting('NotObserved', 'what became of it cannot be seen');
  }
}

function failedText(told: string): string {
  return told === '' ? 'it ended without success' : `it failed: ${told}`;
}

/** What is not at rest yet, or worse than before, of the applications that the change touched. */
export function unrest(pending: Pending, look: Look): Doubt | undefined {
  const times = { since: pending.since, now: look.now, quiet: look.quiet };
  for (const name of applicationsOf(pending)) {
    const app = look.world.model?.applications[name];
    if (app === undefined) continue;
    const settled = look.settle.settled(`${look.key}/${name}`, app, times);
    if (!settled) return waiting('UnitsNotIdle', `units of ${name} have not come to rest`);
    const worse = troubledUnits(app) > (pending.troubled[name] ?? 0);
    if (worse) return { ...waiting('HealthWorse', `${name} is worse than before`), failing: true };
  }
  return undefined;
}

function waiting(reason: string, message: string): Doubt & { is: 'waiting' } {
  return { is: 'waiting', reason, message, failing: false };
}

/** Units in trouble now, by application that the step touches. */
export function troubledBy(work: Work, world: World): Readonly<Record<string, number>> {
  const apps = applicationsOf(work).flatMap((name) => {
    const app = world.model?.applications[name];
    return app === undefined ? [] : [[name, troubledUnits(app)] as const];
  });
  return Object.fromEntries(apps);
}
