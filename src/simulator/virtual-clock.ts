import type { Clock } from '../core/ports/index.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** Time that passes only when told to; everything due runs in order of its time, then of its making. */
export interface VirtualClock extends Clock {
  /** Lets `ms` milliseconds pass, running what falls due and the promises that it settles. */
  advance(ms: number): Promise<void>;
  /** Runs until nothing is due any more, at most `limitMs` milliseconds. */
  drain(limitMs: number): Promise<void>;
}

/** Starts at `start`, milliseconds since 1970. */
export function virtualClock(start = Date.UTC(2026, 10, 22)): VirtualClock {
  const timers = new Set<Timer>();
  let now = start;
  let made = 0;

  function after(ms: number, task: () => void): () => void {
    const timer = { at: now + Math.max(0, ms), order: (made += 1), task };
    timers.add(timer);
    return () => timers.delete(timer);
  }

  async function advance(ms: number): Promise<void> {
    const end = now + ms;
    await settle();
    for (let timer = earliest(timers, end); timer !== undefined; timer = earliest(timers, end)) {
      timers.delete(timer);
      now = timer.at;
      timer.task();
      await settle();
    }
    now = end;
  }

  async function drain(limitMs: number): Promise<void> {
    const end = now + limitMs;
    await settle();
    for (let next = earliest(timers, end); next !== undefined; next = earliest(timers, end)) {
      await advance(next.at - now);
    }
  }

  return {
    now: () => now,
    steady: () => now - start,
    after,
    advance,
    drain,
    sleep: (ms, signal) => sleepOn(after, ms, signal),
  };
}

function sleepOn(after: Clock['after'], ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const cancel = after(ms, resolve);
    signal?.addEventListener('abort', () => {
      cancel();
      reject(signal.reason as Error);
    });
  });
}

function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let best: Timer | undefined;
  for (const timer of timers) {
    if (timer.at > end) continue;
    if (best === undefined || timer.at < best.at || (timer.at === best.at && timer.order < best.order))
      best = timer;
  }
  return best;
}

/** A turn of the event loop: every promise that can settle without a timer does so. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
