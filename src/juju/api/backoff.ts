import type { Random } from '../../core/ports/index.js';

/** The pause (ms) before the next try after `failures` failures in a row: doubling, capped, and spread by ±25 %. */
export function backoff(
  failures: number,
  limits: { readonly first: number; readonly most: number },
  random: Random,
): number {
  const doubled = limits.first * 2 ** Math.min(Math.max(failures - 1, 0), 30);
  return Math.round(Math.min(doubled, limits.most) * (0.75 + random.next() / 2));
}
