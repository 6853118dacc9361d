import type { Clock } from '../../core/ports/index.js';
import type { Retention } from '../../core/policy/rails.js';
import { presentOf } from '../../core/stopwatch.js';
import type { Engine } from './engine.js';
import { holdPart, type Held } from './part.js';
import { retire } from './retention.js';

export interface StoreOptions {
  readonly clock: Clock;
  readonly retention: Retention;
  /** The unit (host) that takes it, for a person who looks who has what. */
  readonly unit?: string;
}

/** Between two times of removing what is old, ms. */
const tidyEvery = 3_600_000;
/** A clock that went on by itself is not further from the steady one than this, ms. */
const mostSkew = 60_000;

/** Removes what is old once an hour, however many stores of the process write. */
export class Upkeep {
  private readonly options: StoreOptions;
  private tidied = -Infinity;
  private ahead: number | undefined;

  constructor(options: StoreOptions) {
    this.options = options;
  }

  /**
   * Whether it is time; whoever asks is to do it. Nothing is removed by a clock that was set within the last hour: it may be
   * wrong, and what looks old then would be gone for good.
   */
  isDue(): boolean {
    const { wall, steady } = presentOf(this.options.clock);
    if (Math.abs(steady - this.tidied) < tidyEvery) return false;
    this.tidied = steady;
    const before = this.ahead ?? wall - steady;
    this.ahead = wall - steady;
    return Math.abs(this.ahead - before) < mostSkew;
  }

  /** @throws StaleFence, or what the database says. */
  async tidy(engine: Engine, held: Held): Promise<void> {
    const { clock, retention } = this.options;
    await engine.transaction(async (trx) => {
      await holdPart(trx, held);
      await retire(trx, retention, clock.now());
    });
  }
}
