import { StaleFence, type StoreHealth } from '../../core/ports/index.js';
import { JournalTrouble, type Engine, type Trouble } from './engine.js';

/**
 * How the journal is doing. A full disk or a lock is over with the next write that works. A damaged journal is not
 * written any more: what is left of it may still be read by a person.
 */
export class Condition {
  private readonly engine: Engine;
  private trouble: Trouble | undefined;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  health(): StoreHealth {
    return this.trouble ?? this.engine.lookAround() ?? { state: 'ok' };
  }

  /**
   * A write counts only in a journal that is still in its place afterwards.
   * @throws JournalTrouble, StaleFence; then nothing was written.
   */
  async writing<T>(work: () => Promise<T>): Promise<T> {
    if (this.trouble?.state === 'corrupt') throw new JournalTrouble(this.trouble);
    try {
      await this.engine.ready?.();
      this.refuseLost();
      const result = await work();
      this.refuseLost();
      this.trouble = undefined;
      return result;
    } catch (error) {
      throw this.noted(error);
    }
  }

  /** @throws JournalTrouble */
  async reading<T>(work: () => Promise<T>): Promise<T> {
    try {
      await this.engine.ready?.();
      return await work();
    } catch (error) {
      throw this.noted(error);
    }
  }

  private refuseLost(): void {
    const trouble = this.engine.lookAround();
    if (trouble !== undefined) throw new JournalTrouble(trouble);
  }

  private noted(error: unknown): unknown {
    const trouble = troubleIn(error, this.engine);
    if (trouble === undefined) return error;
    // What is damaged stays damaged, whatever else comes on top.
    if (this.trouble?.state !== 'corrupt') this.trouble = trouble;
    return error instanceof StaleFence || error instanceof JournalTrouble
      ? error
      : new JournalTrouble(trouble, error);
  }
}

function troubleIn(error: unknown, engine: Engine): Trouble | undefined {
  if (error instanceof StaleFence) return { state: 'lost', reason: error.message };
  return error instanceof JournalTrouble ? error.trouble : engine.troubleOf(error);
}
