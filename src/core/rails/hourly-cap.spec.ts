import { describe, expect, test } from '@jest/globals';
import { at, mark, restart, said, scene } from '../../../test/support/rails.js';
import type { Mark } from '../ports/index.js';
import { hourlyCap } from './hourly-cap.js';

const step = restart('etcd', { rails: { perHour: 2 } });

function verdict(marks: readonly Mark[]) {
  return hourlyCap(step, scene({ steps: [step], marks }));
}

const attempts = (...minutes: readonly number[]) => minutes.map((one) => mark('attempt', one));

describe('the hourly cap', () => {
  test('lets the next one through when the second last is an hour old, whatever the order of the marks', () => {
    expect(verdict(attempts(5, 50, 30)).hold?.until).toBe(at + 30 * 60_000);
  });

  test.each<[string, readonly Mark[], string]>([
    ['lets changes through below it', attempts(5), '- 1 change in the last hour, 2 allowed'],
    ['holds at it', attempts(50, 5), 'WaitingDependency HourlyCapReached'],
    [
      'counts no change twice that was about two findings',
      attempts(5, 5),
      '- 1 change in the last hour, 2 allowed',
    ],
    ['forgets after an hour', attempts(60, 5), '- 1 change in the last hour, 2 allowed'],
    [
      'forgets a change of just an hour ago, whatever the order in which they are told',
      attempts(5, 60),
      '- 1 change in the last hour, 2 allowed',
    ],
    [
      'counts changes, not what became of them',
      [mark('fixed', 3), mark('failure', 2), ...attempts(1)],
      '- 1 change in the last hour, 2 allowed',
    ],
    [
      'counts no change that was refused, for it changed nothing',
      [...attempts(50), mark('refused', 49), ...attempts(5)],
      '- 1 change in the last hour, 2 allowed',
    ],
    [
      'counts a change that was refused and then went through',
      [...attempts(50), mark('refused', 49), ...attempts(40), mark('fixed', 39), ...attempts(5)],
      'WaitingDependency HourlyCapReached',
    ],
    [
      'takes the refusal of one change for no other',
      [
        mark('attempt', 9, { finding: 'a' }),
        mark('attempt', 8, { finding: 'b' }),
        mark('refused', 7, { finding: 'a' }),
      ],
      '- 1 change in the last hour, 2 allowed',
    ],
    [
      'counts those of all models of the controller',
      [...attempts(5), mark('attempt', 4, { model: 'cos' })],
      'WaitingDependency HourlyCapReached',
    ],
  ])('%s', (_name, marks, expected) => {
    expect(said(verdict(marks))).toBe(expected);
  });

  test('ends when enough have left the hour, also where the limit was lowered meanwhile', () => {
    expect(verdict(attempts(50, 5)).hold?.until).toBe(at + 10 * 60_000);
    expect(verdict(attempts(50, 40, 5)).hold?.until).toBe(at + 20 * 60_000);
  });

  test.each<[string, number, readonly Mark[], string]>([
    [
      'at the limit',
      2,
      attempts(50, 5),
      '2 changes on prod in the last hour, 2 allowed: next at 2026-11-22T06:10:00Z',
    ],
    [
      'at a limit of one',
      1,
      attempts(30),
      '1 change on prod in the last hour, 1 allowed: next at 2026-11-22T06:30:00Z',
    ],
    [
      'beyond a limit that was lowered meanwhile',
      1,
      attempts(50, 40, 30, 20, 5),
      '5 changes on prod in the last hour, 1 allowed: next at 2026-11-22T06:55:00Z',
    ],
  ])('tells the figures %s', (_name, perHour, marks, expected) => {
    const capped = restart('etcd', { rails: { perHour } });
    expect(hourlyCap(capped, scene({ steps: [capped], marks })).hold?.message).toBe(expected);
  });
});
