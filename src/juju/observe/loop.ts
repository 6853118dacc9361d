import type { Clock } from '../../core/ports/index.js';
import { ConnectionError } from '../api/api-error.js';

export interface LoopOptions {
  readonly clock: Clock;
  readonly run: () => Promise<void>;
  /** Milliseconds until the next run, by how this one ended. */
  readonly pause: (failure: unknown) => number;
}

/** Runs a task again and again, never twice at once. */
export class Loop {
  readonly #options: LoopOptions;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #cancel: () => void = () => undefined;
  #stopped = false;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  start(): void {
    this.now().catch(() => undefined);
  }

  /** Settles as a run does that begins after this call; a run under way began before it and does not count. */
  now(): Promise<void> {
    if (this.#stopped) return Promise.reject(new ConnectionError('no longer following'));
    if (this.#running === undefined) return this.#begin();
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.now();
      });
    return this.#next;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #begin(): Promise<void> {
    this.#cancel();
    const running = this.#options.run().then(
      () => {
        this.#ended(undefined);
      },
      (failure: unknown) => {
        this.#ended(failure ?? new Error('unknown trouble'));
        throw failure;
      },
    );
    this.#running = running;
    return running;
  }

  #ended(failure: unknown): void {
    this.#running = undefined;
    if (this.#stopped) return;
    this.#cancel = this.#options.clock.after(this.#options.pause(failure), () => {
      this.start();
    });
  }
}
