/**
 * Virtual time for a whole simulated world. Nothing passes by itself: the next event runs once every promise that can
 * settle has settled. The same events in the same order, whatever the machine does meanwhile.
 */
import type { Clock } from '../../src/core/ports/index.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

export class Kernel implements Clock {
  /** Events that ran so far. */
  steps = 0;
  readonly #heap: Timer[] = [];
  #now: number;
  #made = 0;

  /** `start`: milliseconds since 1970. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), order: (this.#made += 1), task, cancelled: false };
    push(this.#heap, timer);
    return () => {
      timer.cancelled = true;
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  /** Runs all that falls due until `end`, calling `afterEach` after each event; stops early when it says so. */
  async runUntil(end: number, afterEach: () => boolean | Promise<boolean>): Promise<void> {
    await settle();
    for (let timer = this.#take(end); timer !== undefined; timer = this.#take(end)) {
      this.#now = Math.max(this.#now, timer.at);
      this.steps += 1;
      timer.task();
      await settle();
      const more = afterEach();
      if (!(typeof more === 'boolean' ? more : await more)) return;
    }
    this.#now = Math.max(this.#now, end);
  }

  #take(end: number): Timer | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (!first.cancelled && first.at > end) return undefined;
      pop(this.#heap);
      if (!first.cancelled) return first;
    }
    return undefined;
  }
}

/** Sleeps on a clock's `after`; rejects with the signal's reason when it aborts first. */
export function sleepOn(clock: Pick<Clock, 'after'>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const cancel = clock.after(ms, resolve);
    signal?.addEventListener('abort', () => {
      cancel();
      reject(signal.reason as Error);
    });
  });
}

/** A turn of the event loop: every promise that can settle without a timer does so before it. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isEarlier(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Timer[], timer: Timer): void {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isEarlier(timer, heap[parent]!)) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const child = smallerChild(heap, index);
    if (child === undefined || !isEarlier(heap[child]!, last)) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
}

function smallerChild(heap: readonly Timer[], index: number): number | undefined {
  const left = 2 * index + 1;
  if (left >= heap.length) return undefined;
  const right = left + 1;
  return right < heap.length && isEarlier(heap[right]!, heap[left]!) ? right : left;
}
