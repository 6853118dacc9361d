/** The parts that this unit has, each with its own side of the journal, from taking one to giving it up. */
import { partName } from '../../core/sharing/parts.js';
import { StaleFence, type Log, type SharedStore, type Store, type Write } from '../../core/ports/index.js';
import type { Lease } from '../../core/ports/sharing.js';
import { Busy } from './busy.js';
import { PartLost } from './shares.js';

export interface PartHooks {
  /** What was under way in a part is looked at anew, before anything is done there. */
  open(part: number): Promise<void>;
  /** It began, or ceased, to be this unit's. */
  changed(part: number): void;
  /** All that is kept in memory of a part that is this unit's no longer. */
  forget(part: number): void;
}

export interface HoldingsOptions {
  readonly store: SharedStore;
  readonly hooks: PartHooks;
  readonly log: Log;
}

interface Holding {
  state: 'opening' | 'held' | 'closing';
  readonly lease: Lease;
  store: Store | undefined;
}

export class Holdings {
  private readonly options: HoldingsOptions;
  private readonly parts = new Map<number, Holding>();
  private readonly busy = new Busy();

  constructor(options: HoldingsOptions) {
    this.options = options;
  }

  state(part: number): Holding['state'] | undefined {
    return this.parts.get(part)?.state;
  }

  /** All that are not given up yet. */
  all(): readonly number[] {
    return [...this.parts.keys()].sort((a, b) => a - b);
  }

  /** Begins work in a part; undefined where it may not be begun. The function returned ends it. */
  enter(part: number): (() => void) | undefined {
    return this.state(part) === 'held' ? this.busy.enter(part) : undefined;
  }

  /** @throws PartLost */
  async write(part: number, writes: readonly Write[]): Promise<void> {
    const holding = this.parts.get(part);
    if (holding?.store === undefined) throw new PartLost(`part ${partName(part)} is not held`);
    try {
      await holding.store.write(...writes);
    } catch (error) {
      if (!(error instanceof StaleFence)) throw error;
      if (this.parts.get(part) === holding) this.lose(part, error.message);
      throw new PartLost(error.message, { cause: error });
    }
  }

  /** The lease of the part is ours: from here on its places are looked after here. */
  async open(part: number, lease: Lease): Promise<void> {
    const holding: Holding = { state: 'opening', lease, store: undefined };
    this.parts.set(part, holding);
    const { hooks, log, store } = this.options;
    try {
      hooks.changed(part);
      await this.busy.idle(part);
      holding.store = await store.take(partName(part));
      if (this.parts.get(part) !== holding) return;
      await hooks.open(part);
    } catch (error) {
      if (this.parts.get(part) !== holding) return;
      const trouble = error instanceof Error ? error.message : String(error);
      log.warn({ part: partName(part), trouble }, 'a part could not be opened: tried again');
      this.drop(part);
      return;
    }
    if (this.parts.get(part) !== holding) return;
    holding.state = 'held';
    log.info({ part: partName(part) }, 'looks after a part');
    hooks.changed(part);
  }

  /** Another unit has it. What runs is left to run; nothing follows, and nothing of it is written down. */
  lose(part: number, why: string): void {
    if (!this.parts.has(part)) return;
    this.options.log.warn({ part: partName(part), why }, 'a part was lost');
    this.drop(part);
  }

  /**
   * Ends the work in a part as soon as the step in hand is done. The lease that is to be given back; undefined when it
   * was lost meanwhile.
   */
  async close(part: number): Promise<Lease | undefined> {
    const holding = this.parts.get(part);
    if (holding?.state !== 'held') return undefined;
    holding.state = 'closing';
    await this.busy.idle(part);
    if (this.parts.get(part) !== holding) return undefined;
    this.drop(part);
    this.options.log.info({ part: partName(part) }, 'gives a part up');
    return holding.lease;
  }

  private drop(part: number): void {
    this.parts.delete(part);
    const { hooks, log } = this.options;
    void this.busy.idle(part).then(() => {
      if (!this.parts.has(part)) hooks.forget(part);
    });
    try {
      hooks.changed(part);
    } catch (error) {
      log.error(
        { trouble: error instanceof Error ? error.message : String(error) },
        'a part was not left in order',
      );
    }
  }
}
