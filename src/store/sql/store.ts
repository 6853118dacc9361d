import type { Clock, Orders, Store, Write } from '../../core/ports/index.js';
import { SqlJournal, type Common } from './journal.js';
import type { Held } from './part.js';
import type { Upkeep } from './upkeep.js';

export interface Holding extends Common {
  readonly clock: Clock;
  readonly upkeep: Upkeep;
}

/** Between two attempts to write into a journal that could not be written, ms. */
const retryEvery = 5000;

/** A daemon's journal: what it holds must not have been taken over by another. Removes what is old. */
export class SqlStore extends SqlJournal implements Store {
  readonly fence: number;
  private readonly holding: Holding;
  private readonly held: Held;
  private tried = -Infinity;

  constructor(holding: Holding, held: Held) {
    super(holding);
    this.holding = holding;
    this.held = held;
    this.fence = held.fence;
  }

  override async write(...writes: readonly Write[]): Promise<void> {
    await this.writeAs(this.held, writes);
    await this.tidy();
  }

  /** Asked for at every decision: where nothing could be written, this finds out whether it can be again. */
  override async orders(): Promise<Orders> {
    if (this.health().state !== 'ok') await this.retry();
    return super.orders();
  }

  private async retry(): Promise<void> {
    const now = this.holding.clock.now();
    if (Math.abs(now - this.tried) < retryEvery) return;
    this.tried = now;
    try {
      await this.writeAs(this.held, []);
    } catch {
      // As before: the health says why.
    }
  }

  /** What was written stays written when this fails; the health says why it did. */
  private async tidy(): Promise<void> {
    const { upkeep, engine, known } = this.holding;
    if (!upkeep.isDue()) return;
    try {
      await this.condition.writing(() => upkeep.tidy(engine, this.held));
      known.forget();
    } catch {
      // Tried again later.
    }
  }
}
