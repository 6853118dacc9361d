import type { Random } from '../../core/ports/index.js';
import { ConnectionError, troubleOf } from '../api/api-error.js';
import { backoff } from '../api/backoff.js';

/** ±10 %, so that models do not fall into step. */
export function jittered(ms: number, random: Random): number {
  return Math.round(ms * (0.9 + random.next() / 5));
}

export interface PaceLimits {
  readonly every: number;
  readonly most: number;
}

/** The pause between looks: short while things change, longer step by step while nothing does. Milliseconds. */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #random: Random;
  #interval: number;
  #failures = 0;

  constructor(limits: PaceLimits, random: Random) {
    this.#limits = limits;
    this.#random = random;
    this.#interval = limits.every;
  }

  get interval(): number {
    return this.#interval;
  }

  looked(changed: boolean): void {
    this.#interval = changed ? this.#limits.every : Math.min(this.#interval * 1.5, this.#limits.most);
  }

  hasten(): void {
    this.#interval = this.#limits.every;
  }

  /** The pause until the next look, after a failure or (undefined) a success. */
  pause(failure: unknown): number {
    if (failure === undefined) {
      this.#failures = 0;
      return jittered(this.#interval, this.#random);
    }
    this.#failures += 1;
    // Tries to connect are paced where the connections are opened, for all models together.
    if (failure instanceof ConnectionError) return jittered(1000, this.#random);
    if (troubleOf(failure) === 'denied') return jittered(this.#limits.most, this.#random);
    return backoff(this.#failures, { first: 2000, most: this.#limits.most }, this.#random);
  }
}
