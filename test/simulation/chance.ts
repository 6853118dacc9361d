/** Chance by seed: every use has a stream of its own, so that leaving one thing out does not change all others. */
import type { Random } from '../../src/core/ports/index.js';
import { seededRandom } from '../../src/simulator/random.js';

export interface Chance extends Random {
  /** Evenly spread over [low, high). */
  between(low: number, high: number): number;
  /** A whole number of [low, high]. */
  whole(low: number, high: number): number;
  /** True in this share of cases. */
  happens(share: number): boolean;
  /** One of them. @throws Error when there is none */
  pick<T>(items: readonly T[]): T;
  /** Another stream, the same for the same seed and name. */
  fork(name: string): Chance;
}

export function chance(seed: number): Chance {
  const random = seededRandom(seed);
  const next = (): number => random.next();
  const between = (low: number, high: number): number => low + next() * (high - low);
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    happens: (share) => next() < share,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    fork: (name) => chance(mixed(seed, name)),
  };
}

/** FNV-1a over the seed and the name, with its bits spread at the end. */
function mixed(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}/${name}`) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
