import type { Clock } from '../../core/ports/index.js';

/** Barks once nothing was heard for a while. Hearing something costs no timer: the next one is set when one is due. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #bark: () => void;
  #heard: number;
  #cancel: () => void;

  constructor(clock: Clock, limitMs: number, bark: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#bark = bark;
    this.#heard = clock.now();
    this.#cancel = clock.after(limitMs, this.#look);
  }

  hear(): void {
    this.#heard = this.#clock.now();
  }

  stop(): void {
    this.#cancel();
  }

  readonly #look = (): void => {
    const left = this.#heard + this.#limitMs - this.#clock.now();
    if (left <= 0) this.#bark();
    else this.#cancel = this.#clock.after(left, this.#look);
  };
}
