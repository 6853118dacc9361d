import type { Random } from '../core/ports/index.js';

/** Milliseconds to wait after the n-th failure in a row (from 1): doubling from `first`, at most `limit`, ±20 %. */
export function backoff(
  failures: number,
  times: { readonly first: number; readonly limit: number },
  random: Random,
): number {
  const full = Math.min(times.limit, times.first * 2 ** Math.max(0, failures - 1));
  return full * (0.8 + 0.4 * random.next());
}
