/**
 * A keyed, de-duplicating work queue. An event only means "look at this key again": adding a key that waits changes
 * nothing, adding one that is being worked on has it worked on once more, and no key is ever worked on twice at once.
 */
import type { Clock } from '../core/ports/index.js';
import type { QueueView } from '../core/ports/daemon.js';

export class WorkQueue {
  private readonly clock: Clock;
  private readonly waiting = new Set<string>();
  private readonly inFlight = new Set<string>();
  private readonly again = new Set<string>();
  private readonly timers = new Map<string, { due: number; cancel: () => void; retry: boolean }>();
  private readonly takers: ((key: string | undefined) => void)[] = [];
  private closed = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Has the key worked on as soon as a worker is free. */
  add(key: string): void {
    if (this.closed) return;
    this.cancelTimer(key);
    if (this.inFlight.has(key)) {
      this.again.add(key);
      return;
    }
    const taker = this.waiting.has(key) ? undefined : this.takers.shift();
    if (taker === undefined) this.waiting.add(key);
    else this.hand(key, taker);
  }

  /** Has the key worked on after `ms` milliseconds at the latest; of several delays the shortest counts. */
  addAfter(key: string, ms: number, retry = false): void {
    if (this.closed || this.waiting.has(key)) return;
    const due = this.clock.now() + ms;
    const timer = this.timers.get(key);
    if (timer !== undefined && timer.due <= due) return;
    timer?.cancel();
    const cancel = this.clock.after(ms, () => {
      this.timers.delete(key);
      this.add(key);
    });
    this.timers.set(key, { due, cancel, retry });
  }

  /** The next key, or undefined once the queue is closed. The taker must call `done` with it. */
  take(): Promise<string | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    const [key] = this.waiting;
    if (key === undefined) return new Promise((resolve) => this.takers.push(resolve));
    this.waiting.delete(key);
    this.inFlight.add(key);
    return Promise.resolve(key);
  }

  done(key: string): void {
    this.inFlight.delete(key);
    if (this.again.delete(key)) this.add(key);
  }

  view(): QueueView {
    const backingOff = [...this.timers.values()].filter((timer) => timer.retry).length;
    return { depth: this.waiting.size, inFlight: this.inFlight.size, backingOff };
  }

  /** Hands out nothing more. */
  close(): void {
    this.closed = true;
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
    this.waiting.clear();
    for (const taker of this.takers.splice(0)) taker(undefined);
  }

  private hand(key: string, taker: (key: string) => void): void {
    this.inFlight.add(key);
    taker(key);
  }

  private cancelTimer(key: string): void {
    this.timers.get(key)?.cancel();
    this.timers.delete(key);
  }
}
