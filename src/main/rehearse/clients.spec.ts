import { expect, test } from '@jest/globals';
import { awayTimes, secondsWithoutAny } from './clients.js';

type Away = readonly [unit: string, from: number, until: number];

function spans(away: readonly Away[]): { unit: string; from: number; until: number }[] {
  return away.map(([unit, from, until]) => ({ unit, from, until }));
}

test.each<[string, readonly Away[], number, number]>([
  ['a single unit: all the time that it is away', [['a', 0, 1500]], 1, 1.5],
  ['one of two: never', [['a', 0, 1500]], 2, 0],
  [
    'two in turn: never',
    [
      ['a', 0, 1000],
      ['b', 1000, 2000],
    ],
    2,
    0,
  ],
  [
    'two that overlap: the overlap',
    [
      ['a', 0, 1500],
      ['b', 1000, 3000],
    ],
    2,
    0.5,
  ],
  [
    'two ports of one unit: it is still one unit',
    [
      ['a', 0, 1500],
      ['a', 100, 900],
    ],
    2,
    0,
  ],
  [
    'twice',
    [
      ['a', 0, 1000],
      ['a', 5000, 7000],
    ],
    1,
    3,
  ],
  ['nobody', [], 3, 0],
])('without any unit: %s', (_, away, units, seconds) => {
  expect(secondsWithoutAny(spans(away), units)).toBe(seconds);
});

const place = { controller: 'prod', model: 'data', application: 'db' };

test('a restart in which no port is seen to be shut counts as a whole', () => {
  const restarts = [
    { ...place, unit: 'db/0', from: 0, until: 3000 },
    { ...place, unit: 'db/1', from: 4000, until: 7000 },
  ];
  const shut = { ...place, unit: 'db/1', from: 5000, until: 6000 };
  expect(awayTimes(restarts, [shut])).toEqual([shut, restarts[0]]);
});
