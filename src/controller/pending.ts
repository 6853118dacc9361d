/** Changes that were made and have not been seen to be true yet. */
import type { Finding } from '../core/finding.js';
import type { Judgement } from '../core/judgement.js';
import type { Plan, ProposedStep } from '../core/plan.js';
import type { CliResult } from '../core/ports/index.js';
import { applicationsOf, type World } from './guard.js';
import { troubledUnits, type SettleWatch } from './settle.js';
import { verify, type Doubt, type Verdict } from './verify.js';

/** A step of a plan being carried out. */
export interface Work {
  readonly step: ProposedStep;
  readonly plan: Plan;
}

export interface Pending extends Work {
  /** Number of the process among those of its remediation. */
  readonly n: number;
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
  /** Units in trouble before the change, by application. */
  readonly troubled: ReadonlyMap<string, number>;
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
  const dying = outcome === 'already' && pending.step.action.type === 'integrate';
  const followed = { ...pending, since, notBefore: dying ? since + dyingRelation : since };
  if (outcome !== 'retry') return followed;
  const patience = exitCode === undefined ? pending.patience : 0;
  return { ...followed, patience, failure: summary };
}

/** The same with its times moved, where the clock was set back to before its call. */
export function rebased(pending: Pending, now: number): Pending {
  if (now >= pending.since) return pending;
  return { ...pending, since: now, notBefore: now + pending.notBefore - pending.since };
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
  const verdict = verify({ step: pending.step, findings: look.findings, effectOf: look.effectOf });
  if (verdict.is !== 'verified') return verdict;
  if (look.now < pending.notBefore)
    return waiting('StillJoined', 'the relation may be one that is on its way out');
  return unrest(pending, look) ?? verdict;
}

function unrest(pending: Pending, look: Look): Verdict | undefined {
  const times = { since: pending.since, now: look.now, quiet: look.quiet };
  for (const name of applicationsOf(pending.step)) {
    const app = look.world.model?.applications[name];
    if (app === undefined) continue;
    const settled = look.settle.settled(`${look.key}/${name}`, app, times);
    if (!settled) return waiting('UnitsNotIdle', `units of ${name} have not come to rest`);
    const worse = troubledUnits(app) > (pending.troubled.get(name) ?? 0);
    if (worse) return waiting('HealthWorse', `${name} is worse than before`);
  }
  return undefined;
}

function waiting(reason: string, message: string): Verdict {
  return { is: 'waiting', reason, message };
}

/** Units in trouble now, by application that the step touches. */
export function troubledBy(step: ProposedStep, world: World): ReadonlyMap<string, number> {
  const troubled = new Map<string, number>();
  for (const name of applicationsOf(step)) {
    const app = world.model?.applications[name];
    if (app !== undefined) troubled.set(name, troubledUnits(app));
  }
  return troubled;
}
