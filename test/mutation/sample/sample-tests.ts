import { expect, it, test } from '@jest/globals';
import { countdown, isTooMany } from './sample.js';

// Nobody asks about three itself: whether that is too many is not held.
test.each([
  [2, false],
  [4, true],
])('%s: whether that is too many', (count, expected) => {
  expect(isTooMany(count)).toBe(expected);
});

it('counts down', () => {
  expect(countdown(5)).toBe(5);
});

it('fails without any mutant, and is left out', () => {
  expect(isTooMany(4)).toBe(false);
});
