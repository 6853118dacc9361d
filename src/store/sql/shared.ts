import { randomUUID } from 'node:crypto';
import type { SharedStore, Store } from '../../core/ports/index.js';
import type { Engine } from './engine.js';
import { SqlJournal } from './journal.js';
import { KnownOrders } from './known-orders.js';
import { takePart } from './part.js';
import { SqlStore, type Holding } from './store.js';
import { Upkeep, type StoreOptions } from './upkeep.js';

/** The journal of several daemons: each takes parts of it. */
export class SqlSharedStore extends SqlJournal implements SharedStore {
  private readonly holding: Holding;
  private readonly unit: string;

  constructor(engine: Engine, options: StoreOptions) {
    const holding = holdingOf(engine, options);
    super(holding);
    this.holding = holding;
    this.unit = options.unit ?? '';
  }

  take(part: string): Promise<Store> {
    return this.condition.writing(async () => new PartStore(this.holding, await this.taken(part)));
  }

  private taken(part: string): ReturnType<typeof takePart> {
    return takePart(this.engine.db, { part, holder: holderOf(this.unit), now: this.holding.clock.now() });
  }
}

/** Takes the whole journal over from whoever has it: the Store given ends its use of the database when it is closed. */
export async function takeWhole(engine: Engine, options: StoreOptions): Promise<Store> {
  const holder = holderOf(options.unit ?? '');
  const held = await takePart(engine.db, { part: '', holder, now: options.clock.now() });
  return new SqlStore(holdingOf(engine, options), held);
}

/** The database is the shared journal's. */
class PartStore extends SqlStore {
  override close(): Promise<void> {
    return Promise.resolve();
  }
}

function holdingOf(engine: Engine, options: StoreOptions): Holding {
  const { clock } = options;
  return { engine, known: new KnownOrders(engine), upkeep: new Upkeep(options), clock };
}

function holderOf(unit: string): string {
  return `${unit} ${randomUUID()}`.trimStart();
}
