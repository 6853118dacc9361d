/**
 * The journal as the simulated machine keeps it: what one life of the daemon wrote is there for the next. Every write
 * can be the last one of a life, before or after it is on disk, and the disk can be full for a while.
 */
import type { AuditEntry, Journal, Store, StoreHealth, Write } from '../../src/core/ports/index.js';
import { never, type Life } from './machine.js';

/** Where the process ends: at its n-th write from now on (from 1), before or after it is on disk. */
export interface CrashPoint {
  left: number;
  readonly side: 'before' | 'after';
}

/** Everything that was ever written, in its order. */
export interface Applied {
  readonly writes: readonly Write[];
  /** Absent: by a person. */
  readonly life?: Life;
}

export interface DiskOptions {
  /** Opens the journal as the next daemon would, with a newer fence. */
  readonly open: () => Promise<Store>;
  readonly applied: (applied: Applied) => void;
  /** Ends the life that is writing. */
  readonly crash: (life: Life) => void;
  /** Milliseconds that the next write takes. */
  readonly delay: () => number;
}

export class Disk {
  /** Set: writes are refused for this reason. */
  full: string | undefined;
  crashPoint: CrashPoint | undefined;
  /** Writes of daemons so far. */
  writes = 0;
  readonly #options: DiskOptions;

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  /** The journal for one life. */
  async openFor(life: Life): Promise<Store> {
    const store = await this.#options.open();
    const read = <T>(question: Promise<T>): Promise<T> => life.hear(question);
    return {
      fence: store.fence,
      write: (...writes) => life.act(() => this.#write(store, life, writes)),
      remediations: (ended) => read(store.remediations(ended)),
      steps: (remediation) => read(store.steps(remediation)),
      plan: (hash) => read(store.plan(hash)),
      plans: (prefix) => read(store.plans(prefix)),
      verifyChain: () => read(store.verifyChain()),
      orders: () => read(store.orders()),
      marks: (since) => read(store.marks(since)),
      rotations: () => read(store.rotations()),
      outbox: () => read(store.outbox()),
      told: () => read(store.told()),
      auditLog: (query) => read(store.auditLog(query)),
      health: () => this.#health(store),
      close: () => Promise.resolve(),
    };
  }

  /** A person writes beside the daemon, by a command of his own. */
  async writeAs(
    journal: Journal,
    actor: string,
    entry: Omit<AuditEntry, 'actor'>,
    writes: readonly Write[],
  ): Promise<void> {
    if (this.full !== undefined) return;
    const all: readonly Write[] = [...writes, { type: 'audit', entry: { ...entry, actor } }];
    await journal.write(...all);
    this.#options.applied({ writes: all });
  }

  #health(store: Store): StoreHealth {
    return this.full === undefined ? store.health() : { state: 'full', reason: this.full };
  }

  async #write(store: Store, life: Life, writes: readonly Write[]): Promise<void> {
    this.writes += 1;
    const ms = this.#options.delay();
    if (ms > 0) await life.clock.sleep(ms);
    if (this.full !== undefined) throw new Error(this.full);
    const side = this.#crashSide();
    if (side === 'before') return this.#end(life);
    await store.write(...writes);
    this.#options.applied({ writes, life });
    if (side === 'after') return this.#end(life);
  }

  #crashSide(): CrashPoint['side'] | undefined {
    if (this.crashPoint === undefined) return undefined;
    this.crashPoint.left -= 1;
    if (this.crashPoint.left > 0) return undefined;
    const { side } = this.crashPoint;
    this.crashPoint = undefined;
    return side;
  }

  #end(life: Life): Promise<never> {
    this.#options.crash(life);
    return never();
  }
}
