import type { ChainVerdict, Clock, Journal } from '../../core/ports/index.js';
import { steadyOf } from '../../core/stopwatch.js';

export interface Verified {
  readonly verdict: ChainVerdict;
  /** ms. */
  readonly at: number;
}

/** A look reads every record: it counts for this long at least, ms, and takes no more than this part of the time. */
const countsFor = 5000;
const share = 0.005;

/** Whether the audit trail is as it was written, looked at not too often and never twice at once. */
export class Verification {
  readonly #journal: Journal;
  readonly #clock: Clock;
  #last: Verified | undefined;
  #until = -Infinity;
  #running: Promise<Verified> | undefined;

  constructor(journal: Journal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
  }

  /** @throws Error when the journal cannot be read. */
  async now(): Promise<Verified> {
    if (this.#last !== undefined && steadyOf(this.#clock) < this.#until) return this.#last;
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #look(): Promise<Verified> {
    const began = performance.now();
    const verdict = await this.#journal.verifyChain();
    const at = this.#clock.now();
    this.#until = steadyOf(this.#clock) + Math.max(countsFor, (performance.now() - began) / share);
    this.#last = { verdict, at };
    return this.#last;
  }
}
