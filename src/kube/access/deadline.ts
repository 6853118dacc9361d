import type { Clock } from '../../core/ports/index.js';

/** Ends a request from several sides: the caller's signal, and a time limit that may be moved or lifted. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #outer: AbortSignal | undefined;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, outer?: AbortSignal) {
    this.#clock = clock;
    this.#outer = outer;
    if (outer?.aborted === true) this.#follow();
    outer?.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From now on `ms` milliseconds are left for `what`. */
  set(ms: number, what: string): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, () => {
      this.#controller.abort(new Error(`${what} took longer than ${ms / 1000} s`));
    });
  }

  /** No time limit any more; the caller's signal goes on. */
  lift(): void {
    this.#cancel();
  }

  /** Nothing ends it any more. */
  done(): void {
    this.lift();
    this.#outer?.removeEventListener('abort', this.#follow);
  }

  readonly #follow = (): void => {
    this.#controller.abort(this.#outer?.reason);
  };
}
