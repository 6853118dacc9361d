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
  test.each<[string, readonly Mark[], string]>([
    ['lets changes through below it', attempts(5), '- 1 of 2 changes in the last hour'],
    ['holds at it', attempts(50, 5), 'WaitingDependency HourlyCapReached'],
    [
      'counts no change twice that was about two findings',
      attempts(5, 5),
      '- 1 of 2 changes in the last hour',
    ],
    ['forgets after an hour', attempts(60, 5), '- 1 of 2 changes in the last hour'],
    [
      'counts changes, not what became of them',
      [mark('fixed', 3), mark('failure', 2), ...attempts(1)],
      '- 1 of 2 changes in the last hour',
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
});
