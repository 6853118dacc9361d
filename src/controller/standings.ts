/** Writes down where a step stands that could not simply go on, and when it may be tried again. */
import type { Finding } from '../core/finding.js';
import { defaultRails, type Rails } from '../core/policy/rails.js';
import type { Pace } from '../core/policy/policy.js';
import type { Random, RemediationState, Write } from '../core/ports/index.js';
import { backoff } from './backoff.js';
import type { Ledger } from './ledger.js';
import type { Records } from './records.js';
import type { Result } from './runner.js';
import type { Tally } from './tally.js';
import { findingFor, type Work } from './work.js';

/** CamelCase code and sentence. */
export interface Why {
  readonly reason: string;
  readonly message: string;
}

export interface StandingsOptions {
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly records: Records;
  readonly random: Random;
  readonly pace: () => Pace;
}

/** Where a step stands, why, and what is written down together with it. */
interface Stance extends Why {
  readonly state: RemediationState;
  /** When time alone lifts it, ms. */
  readonly until?: number;
  /** Asked for only where something is written at all. */
  readonly writes?: () => readonly Write[];
}

/** Where something is being done. */
export interface Spot {
  readonly key: string;
  readonly findings: readonly Finding[];
}

/** Longest wait between two attempts, ms. */
const retryLimit = 300_000;
/** How long what someone else has to lift is left alone at first, in doublings of the first delay. */
const postponement = 2;

export class Standings {
  private readonly options: StandingsOptions;

  constructor(options: StandingsOptions) {
    this.options = options;
  }

  async stand(spot: Spot, work: Work, { writes, ...standing }: Stance): Promise<void> {
    await this.options.ledger.stand(spot.key, work, standing, writes);
  }

  /**
   * Someone has to lift what stands in the way; looked at again without counting an attempt, and later and later where
   * it was refused `times` in a row.
   */
  async postpone(spot: Spot, work: Work, stance: Why & Partial<Stance>, times = 1): Promise<Result> {
    await this.stand(spot, work, { state: 'WaitingDependency', ...stance });
    return this.later(spot, work, postponement + times);
  }

  /** Counts a failure; after the last one, or where a second could do harm, a person has to look. */
  async retry(spot: Spot, work: Work, why: Why): Promise<Result> {
    const { ledger, tally } = this.options;
    const { attempts, attemptWindow } = railsOf(work, spot.findings);
    ledger.attempt(spot.key, work.action);
    const marks = tally.count('failure', work.about);
    if (!work.action.repeatable)
      return this.review(spot, work, { reason: 'NotRepeatable', message: why.message }, marks);
    const failed = Math.max(...work.about.map((ref) => tally.failures(ref, attemptWindow * 1000)));
    const exhausted = {
      reason: 'AttemptsExhausted',
      message: `${failed} ${failed === 1 ? 'attempt' : 'attempts'}: ${why.message}`,
    };
    if (failed >= attempts) return this.quarantine(spot, work, exhausted, marks);
    const standing = { reason: `Retry${why.reason}`, message: why.message };
    await this.stand(spot, work, { state: 'WaitingDependency', ...standing, writes: () => marks });
    return this.later(spot, work, failed);
  }

  /** It went wrong for good: a person has to look, and says so by clearing it. */
  async fail(spot: Spot, work: Work, why: Why): Promise<Result> {
    return this.review(spot, work, why, this.options.tally.count('failure', work.about));
  }

  /** A person has to look; until it is cleared nothing more is done about it. */
  async review(spot: Spot, work: Work, why: Why, marks: readonly Write[] = []): Promise<Result> {
    return this.handOver(spot, work, { state: 'NeedsReview', event: 'ReviewNeeded', why, marks });
  }

  /** Left alone until a person clears it. */
  quarantine(spot: Spot, work: Work, why: Why, marks: readonly Write[] = []): Promise<Result> {
    return this.handOver(spot, work, { state: 'Quarantined', event: 'Quarantined', why, marks });
  }

  /** It was undone: a person has to look before it is tried again. */
  rolledBack(spot: Spot, work: Work, why: Why): Promise<Result> {
    const marks = this.options.tally.count('failure', work.about);
    return this.handOver(spot, work, { state: 'RolledBack', event: 'RolledBack', why, marks });
  }

  private handOver(spot: Spot, work: Work, { state, event, why, marks }: HandOver): Promise<Result> {
    const { records } = this.options;
    const writes = [
      ...records.quarantined(work, why),
      records.ended(event, work, why, spot.findings),
      ...marks,
    ];
    return this.close(spot, work, { state, why, writes });
  }

  succeed(spot: Spot, work: Work, writes: readonly Write[]): Promise<Result> {
    const why = { reason: 'Verified', message: work.action.effect };
    const { records, tally } = this.options;
    const all = [
      ...writes,
      records.ended('ChangeVerified', work, why, spot.findings),
      ...tally.count('fixed', work.about),
      ...(isForOnce(work) ? tally.count('spent', work.about) : []),
    ];
    return this.close(spot, work, { state: 'Succeeded', why, writes: all });
  }

  /** The step is at its end: what comes next may be looked at. */
  async close(spot: Spot, work: Work, { state, why, writes = [] }: Closing): Promise<Result> {
    await this.stand(spot, work, { state, ...why, writes: () => writes });
    return { requeueAfter: 0 };
  }

  private later({ key }: Spot, work: Work, failures: number): Result {
    const { pace, random, ledger } = this.options;
    const wait = backoff(failures, { first: pace().retryFirst * 1000, limit: retryLimit }, random);
    ledger.delay(key, work.action, wait);
    return { requeueAfter: wait };
  }
}

/** What an approval of a recipe allows once: the step of it that cannot be undone. */
function isForOnce({ action: { args, recipe } }: Work): boolean {
  return recipe !== undefined && args.type === 'refresh';
}

interface Closing {
  readonly state: RemediationState;
  readonly why: Why;
  readonly writes?: readonly Write[];
}

interface HandOver {
  readonly state: RemediationState;
  readonly event: string;
  readonly why: Why;
  readonly marks: readonly Write[];
}

/** The strictest limits of all findings that a change is about; the shipped ones where none is judged any more. */
export function railsOf(work: Work, findings: readonly Finding[]): Rails {
  const all = work.about.flatMap((ref) => findingFor(ref, findings)?.settings.rails ?? []);
  const [first = defaultRails, ...rest] = all;
  return rest.reduce(stricter, first);
}

function stricter(a: Rails, b: Rails): Rails {
  return {
    ...a,
    attempts: Math.min(a.attempts, b.attempts),
    attemptWindow: Math.max(a.attemptWindow, b.attemptWindow),
    rollback: a.rollback === 'auto' && b.rollback === 'auto' ? 'auto' : 'never',
    plaintextRollback: a.plaintextRollback && b.plaintextRollback,
  };
}
