import type { Random } from '../core/ports/index.js';

/** A repeatable sequence (mulberry32): the same seed gives the same simulation. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next: () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** Evenly spread over [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + random.next() * (high - low);
}

export function hexOf(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');
}

/** A version 4 UUID from the sequence. */
export function uuidOf(random: Random): string {
  const hex = hexOf(random, 32);
  const variant = '89ab'[Math.floor(random.next() * 4)] ?? '8';
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ];
  return parts.join('-');
}
