/** One life of the daemon's process: its own clock, which may jump, and an end after which nothing of it goes on. */
import type { Clock } from '../../src/core/ports/index.js';
import { sleepOn, type Kernel } from './kernel.js';

/** The machine that daemons run on, one after the other; its clock may be wrong. */
export interface Host {
  readonly kernel: Kernel;
  /** Milliseconds by which the machine's clock is ahead of the world's. */
  skew: number;
}

export class Life {
  readonly clock: Clock;
  readonly #host: Host;
  #over = false;

  constructor(host: Host) {
    this.#host = host;
    const after: Clock['after'] = (ms, task) => this.#after(ms, task);
    this.clock = {
      now: () => host.kernel.now() + host.skew,
      after,
      sleep: (ms, signal) => sleepOn({ after }, ms, signal),
    };
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Ends it at once, wherever it stands: no timer fires any more and no call that is under way comes back. */
  end(): void {
    this.#over = true;
  }

  /** What reaches the process from outside reaches it only while it lives. */
  async hear<T>(answer: Promise<T>): Promise<T> {
    try {
      const value = await answer;
      if (this.#over) return await never();
      return value;
    } catch (error) {
      if (this.#over) return never();
      throw error;
    }
  }

  /** What the process does to the outside it does only while it lives. */
  act<T>(deed: () => Promise<T>): Promise<T> {
    return this.#over ? never() : this.hear(deed());
  }

  #after(ms: number, task: () => void): () => void {
    if (this.#over) return () => undefined;
    return this.#host.kernel.after(ms, () => {
      if (!this.#over) task();
    });
  }
}

export function never(): Promise<never> {
  return new Promise(() => undefined);
}
