import type { Clock } from './ports/time.js';

export interface GateLimits {
  /** Calls under way at once. */
  readonly atOnce: number;
  /** Calls begun in any one minute. */
  readonly perMinute: number;
}

const minute = 60_000;

/**
 * Lets calls through one after the other, as the limits of the moment allow.
 * @returns a function that rejects when its call does, or when the signal aborts while it waits.
 */
export function callGate(
  clock: Clock,
  limits: () => GateLimits,
): (signal: AbortSignal | undefined) => <T>(call: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  const begun: number[] = [];
  let underWay = 0;
  let looked = clock.now();
  /** A clock that was set back takes what was begun along: nobody waits longer for it than was meant. */
  const present = (): number => {
    const now = clock.now();
    if (now < looked) for (const [n, at] of begun.entries()) begun[n] = at - (looked - now);
    looked = now;
    return now;
  };
  const enter = async (signal: AbortSignal | undefined): Promise<void> => {
    while (underWay >= limits().atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    underWay += 1;
    const { perMinute } = limits();
    const now = present();
    const oldest = begun.length >= perMinute ? begun.at(-perMinute) : undefined;
    const pause = oldest === undefined ? 0 : oldest + minute - now;
    begun.push(now + Math.max(0, pause));
    if (begun.length > 1000) begun.splice(0, begun.length - 1000);
    if (pause > 0) await clock.sleep(pause, signal);
  };
  const leave = (): void => {
    underWay -= 1;
    waiting.shift()?.();
  };
  return (signal) => async (call) => {
    await enter(signal).catch((error: unknown) => {
      leave();
      throw error;
    });
    try {
      signal?.throwIfAborted();
      return await call();
    } finally {
      leave();
    }
  };
}
