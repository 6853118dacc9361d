import type { Clock } from '../../../core/ports/index.js';
import { steadyOf } from '../../../core/stopwatch.js';

/** So many wrong tokens in a span (ms) from one address, and none of it is looked at for the rest of that span. */
const most = 10;
const span = 60_000;
/** Addresses remembered at once. */
const mostKnown = 10_000;

interface Tally {
  count: number;
  /** Steady ms: whoever sets the clock changes nothing for whoever tries tokens. */
  readonly until: number;
}

/** Counts failed logins by address, so that tokens cannot be found by trying. */
export class Failures {
  readonly #clock: Clock;
  readonly #tallies = new Map<string, Tally>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Seconds for which the address is not listened to; 0 where it is. */
  waitFor(address: string): number {
    const tally = this.#tallies.get(address);
    const left = (tally?.until ?? 0) - steadyOf(this.#clock);
    if (tally === undefined || left <= 0) return 0;
    return tally.count < most ? 0 : Math.ceil(left / 1000);
  }

  note(address: string): void {
    const now = steadyOf(this.#clock);
    const tally = this.#tallies.get(address);
    if (tally !== undefined && tally.until > now) {
      tally.count += 1;
      return;
    }
    this.#tallies.delete(address);
    const oldest = this.#tallies.keys().next();
    if (this.#tallies.size >= mostKnown && oldest.done !== true) this.#tallies.delete(oldest.value);
    this.#tallies.set(address, { count: 1, until: now + span });
  }
}
