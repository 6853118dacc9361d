/** So many at once, and then one more every so often. */
export class Allowance {
  readonly #most: number;
  readonly #everyMs: number;
  #left: number;
  #at: number;

  constructor(most: number, everyMs: number, now: number) {
    this.#most = most;
    this.#everyMs = everyMs;
    this.#left = most;
    this.#at = now;
  }

  /** Whether there may be one more at `now` (ms). */
  take(now: number): boolean {
    const earned = Math.floor(Math.max(0, now - this.#at) / this.#everyMs);
    this.#left = Math.min(this.#most, this.#left + earned);
    this.#at = this.#left === this.#most ? now : this.#at + earned * this.#everyMs;
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }
}
