import { expect, test } from '@jest/globals';
import type { Clock } from './ports/time.js';
import { longestSince, presentOf, steadyOf } from './stopwatch.js';

function clockAt(wall: number, steady?: number): Clock {
  return {
    now: () => wall,
    sleep: () => Promise.resolve(),
    after: () => () => undefined,
    ...(steady === undefined ? {} : { steady: () => steady }),
  };
}

test.each<[string, Clock, number]>([
  ['as both clocks saw it', clockAt(1500, 600), 500],
  ['by the steady clock where the other was set back', clockAt(200, 600), 500],
  ['by the wall clock where the machine slept', clockAt(9000, 110), 8000],
])('a span is measured %s', (_name, later, expected) => {
  expect(longestSince(presentOf(clockAt(1000, 100)), later)).toBe(expected);
});

test('a clock without a steady one is taken as it is', () => {
  expect([
    steadyOf(clockAt(7)),
    presentOf(clockAt(7)),
    longestSince({ wall: 2, steady: 3 }, clockAt(7)),
  ]).toEqual([7, { wall: 7, steady: 7 }, 5]);
});
