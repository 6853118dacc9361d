import type { Orders } from '../../core/ports/index.js';
import type { Engine } from './engine.js';
import { readOrders } from './read.js';

/** What persons have said, read anew only after somebody has said something. */
export class KnownOrders {
  private readonly engine: Engine;
  private own = 0;
  private known: { readonly mark: string; readonly orders: Orders } | undefined;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** The same object as long as nobody said anything. */
  async read(): Promise<Orders> {
    const mark = `${await this.engine.writesOfOthers()}/${this.own}`;
    if (this.known?.mark === mark) return this.known.orders;
    const orders = await readOrders(this.engine.db);
    this.known = { mark, orders };
    return orders;
  }

  /** We said something ourselves. */
  forget(): void {
    this.own += 1;
  }
}
