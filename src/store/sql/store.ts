import type { Clock, Orders, Store, Write } from '../../core/ports/index.js';
import type { Retention } from '../../core/policy/rails.js';
import type { Engine } from './engine.js';
import { SqlJournal } from './journal.js';
import { retire } from './retention.js';
import { holdFence } from './write.js';

export interface StoreOptions {
  readonly clock: Clock;
  readonly retention: Retention;
}

/** Between two times of removing what is old, ms. */
const tidyEvery = 3_600_000;
/** Between two attempts to write into a journal that could not be written, ms. */
const retryEvery = 5000;

/** The daemon's journal: it must not have been taken over by another, and removes what is old. */
export class SqlStore extends SqlJournal implements Store {
  readonly fence: number;
  private readonly options: StoreOptions;
  private tidied = -Infinity;
  private tried = -Infinity;

  constructor(engine: Engine, fence: number, options: StoreOptions) {
    super(engine);
    this.fence = fence;
    this.options = options;
  }

  override async write(...writes: readonly Write[]): Promise<void> {
    await this.writeAs(this.fence, writes);
    await this.tidy();
  }

  /** Asked for at every decision: where nothing could be written, this finds out whether it can be again. */
  override async orders(): Promise<Orders> {
    if (this.health().state !== 'ok') await this.retry();
    return super.orders();
  }

  private async retry(): Promise<void> {
    const now = this.options.clock.now();
    if (Math.abs(now - this.tried) < retryEvery) return;
    this.tried = now;
    try {
      await this.writeAs(this.fence, []);
    } catch {
      // As before: the health says why.
    }
  }

  /** What was written stays written when this fails; the health says why it did. */
  private async tidy(): Promise<void> {
    const { clock, retention } = this.options;
    const now = clock.now();
    if (Math.abs(now - this.tidied) < tidyEvery) return;
    this.tidied = now;
    try {
      await this.condition.writing(() =>
        this.engine.db.transaction().execute(async (trx) => {
          await holdFence(trx, this.fence);
          await retire(trx, retention, now);
        }),
      );
      this.forgetOrders();
    } catch {
      // Tried again later.
    }
  }
}
