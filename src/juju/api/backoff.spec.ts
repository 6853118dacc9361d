import { expect, it } from '@jest/globals';
import { backoff } from './backoff.js';

const middle = { next: () => 0.5 };

it('doubles the pause up to a limit', () => {
  const limits = { first: 1000, most: 30_000 };
  const pauses = [1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => backoff(failures, limits, middle));
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

it('spreads it by a quarter to both sides', () => {
  const limits = { first: 1000, most: 30_000 };
  expect(backoff(1, limits, { next: () => 0 })).toBe(750);
  expect(backoff(1, limits, { next: () => 0.999 })).toBe(1250);
});
