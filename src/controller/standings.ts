/** Writes down where a step stands that could not simply go on, and when it may be tried again. */
import type { Pace } from '../core/policy/policy.js';
import type { Random, RemediationState } from '../core/ports/index.js';
import { backoff } from './backoff.js';
import type { Ledger } from './ledger.js';
import type { Work } from './pending.js';
import type { Result } from './runner.js';

/** CamelCase code and sentence. */
export interface Why {
  readonly reason: string;
  readonly message: string;
}

export interface StandingsOptions {
  readonly ledger: Ledger;
  readonly random: Random;
  readonly pace: () => Pace;
}

/** Longest wait between two attempts, ms. */
const retryLimit = 300_000;
/** How long what someone else has to lift is left alone, in doublings of the first delay. */
const postponement = 3;

export class Standings {
  private readonly options: StandingsOptions;

  constructor(options: StandingsOptions) {
    this.options = options;
  }

  async stand(key: string, work: Work, state: RemediationState, { reason, message }: Why): Promise<void> {
    await this.options.ledger.stand(key, work.step, work.plan, { state, reason, message });
  }

  /** Someone has to lift what stands in the way; looked at again later, without counting an attempt. */
  async postpone(key: string, work: Work, why: Why): Promise<Result> {
    await this.stand(key, work, 'WaitingDependency', why);
    return this.later(key, work, postponement);
  }

  /** Counts an attempt; after the last one, or where a second could do harm, a person has to look. */
  async retry(key: string, work: Work, why: Why): Promise<Result> {
    const { ledger, pace } = this.options;
    const attempts = ledger.attempt(key, work.step.action);
    if (!work.step.action.repeatable)
      return this.review(key, work, { reason: 'NotRepeatable', message: why.message });
    const exhausted = { reason: 'AttemptsExhausted', message: `${attempts} attempts: ${why.message}` };
    if (attempts >= pace().attempts) return this.review(key, work, exhausted);
    await this.stand(key, work, 'WaitingDependency', {
      reason: `Retry${why.reason}`,
      message: why.message,
    });
    return this.later(key, work, attempts);
  }

  review(key: string, work: Work, why: Why): Promise<Result> {
    return this.close(key, work, 'NeedsReview', why);
  }

  /** The step is at its end: what comes next may be looked at. */
  async close(key: string, work: Work, state: RemediationState, why: Why): Promise<Result> {
    await this.stand(key, work, state, why);
    return { requeueAfter: 0 };
  }

  private later(key: string, work: Work, failures: number): Result {
    const { pace, random, ledger } = this.options;
    const wait = backoff(failures, { first: pace().retryFirst * 1000, limit: retryLimit }, random);
    ledger.delay(key, work.step.action, wait);
    return { requeueAfter: wait };
  }
}
