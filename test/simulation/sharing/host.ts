/** The machine of one unit: it may stand still, end, be cut off from parts of the world, and have a wrong clock. */
import type { Clock } from '../../../src/core/ports/index.js';
import { sleepOn, type Kernel } from '../kernel.js';
import { never } from '../machine.js';

/** What a machine may be cut off from. */
export type Far = 'leases' | 'journal' | 'juju';

export class Host {
  readonly name: string;
  readonly kernel: Kernel;
  readonly clock: Clock;
  /** Milliseconds by which its clock is ahead. */
  skew = 0;
  readonly cutOff = new Set<Far>();
  #frozenUntil = 0;
  #over = false;

  constructor(name: string, kernel: Kernel, skew = 0) {
    this.name = name;
    this.kernel = kernel;
    this.skew = skew;
    const after: Clock['after'] = (ms, task) => this.#after(ms, task);
    this.clock = {
      now: () => kernel.now() + this.skew,
      after,
      sleep: (ms, signal) => sleepOn({ after }, ms, signal),
    };
  }

  get isOver(): boolean {
    return this.#over;
  }

  get isFrozen(): boolean {
    return this.kernel.now() < this.#frozenUntil;
  }

  /** Its process ends here and now. */
  end(): void {
    this.#over = true;
  }

  /** Nothing of its process moves for `ms`, while its clocks go on. */
  freeze(ms: number): void {
    this.#frozenUntil = Math.max(this.#frozenUntil, this.kernel.now() + ms);
  }

  /**
   * A call of something far: it takes `ms` there and back, is not made by a process that is over, and is neither heard
   * of by one that stands still nor, while it is cut off, answered. `lost`: it is made all the same.
   */
  async call<T>(far: Far, ms: number, deed: () => T | Promise<T>, lost = false): Promise<T> {
    if (this.#isGone()) return never();
    await this.kernel.sleep(ms / 2);
    const isCut = this.cutOff.has(far);
    const outcome = isCut && !lost ? undefined : await settled(deed);
    await this.kernel.sleep(isCut ? 2500 : ms / 2);
    await this.#awake();
    if (this.#isGone()) return never();
    if (isCut || outcome === undefined) throw new Error(`${far} cannot be reached`);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  #isGone(): boolean {
    return this.#over;
  }

  async #awake(): Promise<void> {
    while (this.isFrozen) await this.kernel.sleep(this.#frozenUntil - this.kernel.now());
  }

  #after(ms: number, task: () => void): () => void {
    let isCancelled = false;
    void this.kernel.sleep(ms).then(async () => {
      await this.#awake();
      if (!isCancelled && !this.#over) task();
    });
    return () => {
      isCancelled = true;
    };
  }
}

type Settled<T> = { readonly value: T } | { readonly error: Error };

async function settled<T>(deed: () => T | Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await deed() };
  } catch (error) {
    return { error: error as Error };
  }
}
