import { describe, expect, test } from '@jest/globals';
import { ago, at, mark, restart, said, scene } from '../../../test/support/rails.js';
import type { Mark } from '../ports/index.js';
import { breaker } from './breaker.js';

const step = restart('etcd', { rails: { failures: 3, failureWindow: 3600, coolDown: 1800 } });

function verdict(...marks: readonly Mark[]) {
  return breaker(step, scene({ steps: [step], marks }));
}

const failures = (...minutes: readonly number[]) => minutes.map((one) => mark('failure', one));
const open = 'WaitingDependency BreakerOpen';
const shut = '- fewer than 3 failures in 1h';

describe('the breaker', () => {
  test('says what failed, in the model or, without one, on the controller', () => {
    const one = restart('etcd', { rails: { failures: 1, failureWindow: 3600, coolDown: 1800 } });
    const message = (more: Partial<Parameters<typeof scene>[0]>, ...marks: readonly Mark[]) =>
      breaker(one, scene({ steps: [one], marks, ...more })).hold?.message.split(':')[0];
    expect(message({}, mark('failure', 5))).toBe('a change failed in data, 2026-11-22T05');
    expect(message({}, ...failures(6, 5))).toBe('2 changes failed in data, the last at 2026-11-22T05');
    const nowhere = { at: ago(5), kind: 'failure', controller: 'prod' } as const;
    expect(message({ model: 'none' }, nowhere)).toBe('a change failed in prod, 2026-11-22T05');
  });

  test.each<[string, readonly Mark[], string]>([
    ['lets changes through while nothing failed', [], shut],
    ['lets them through below the limit', failures(5, 4), shut],
    ['opens at the limit', failures(5, 4, 3), open],
    ['does not count failures that lie further apart', failures(70, 20, 3), shut],
    ['does not count one that lies a whole window before the last', failures(63, 20, 3), shut],
    ['counts one change that was about several findings once', failures(5, 5, 5), shut],
    ['stays open until it has cooled down', failures(40, 35, 29), open],
    ['then lets one attempt through', failures(50, 40, 30), shut],
    ['and holds all others while that goes on', [...failures(50, 45, 40), mark('attempt', 5)], open],
    ['opens again when that fails', [...failures(50, 45, 40), mark('attempt', 9), mark('failure', 8)], open],
    [
      'lets another one through when that was refused before it changed anything',
      [...failures(50, 45, 40), mark('attempt', 9), mark('refused', 8)],
      shut,
    ],
    [
      'closes when that was right',
      [...failures(50, 45, 40), mark('attempt', 9), mark('fixed', 8), mark('attempt', 1)],
      shut,
    ],
    [
      'is not closed by what was put right before it cooled down',
      [...failures(9, 8, 7), mark('fixed', 6)],
      open,
    ],
    [
      'nor by what was put right before its one attempt could begin',
      [...failures(50, 45, 40), mark('fixed', 38), mark('attempt', 5)],
      open,
    ],
    [
      'lets another one through when the end of that is never seen',
      [...failures(110, 105, 100), mark('attempt', 30)],
      shut,
    ],
    [
      'does not count what a person has cleared',
      [
        ...['a', 'b', 'c'].map((one, n) => mark('failure', 9 - n, { finding: one })),
        mark('cleared', 1, { finding: 'b' }),
      ],
      shut,
    ],
    [
      'does not count what a person has cleared in the same moment',
      [...failures(5, 4), mark('failure', 3, { finding: 'a' }), mark('cleared', 3, { finding: 'a' })],
      shut,
    ],
    [
      'counts what failed after a person has cleared it',
      [mark('cleared', 30, { finding: 'a' }), ...[5, 4, 3].map((n) => mark('failure', n, { finding: 'a' }))],
      open,
    ],
    [
      'still counts what failed elsewhere when a person has cleared one of them',
      [
        ...['a', 'b', 'c', 'd'].map((one, n) => mark('failure', 9 - n, { finding: one })),
        mark('cleared', 1, { finding: 'b' }),
      ],
      open,
    ],
    [
      'opens too where the clock was set back since an earlier failure',
      [...failures(5, 4, 3), mark('failure', -180)],
      open,
    ],
    ['counts a failure of this very moment there, too', [...failures(2, 1, 0), mark('failure', -180)], open],
    ['stays open where the clock was set back since it opened', failures(-180, -179, -178), open],
    [
      'does not count failures of another model',
      failures(5, 4, 3).map((one) => ({ ...one, model: 'cos' })),
      shut,
    ],
    [
      'opens for the controller when failures come from several models',
      [...failures(5, 4), mark('failure', 3, { model: 'cos' })],
      open,
    ],
    [
      'does not when those of the other models are long past',
      [mark('failure', 300, { model: 'lab' }), ...failures(5, 4, 3).map((one) => ({ ...one, model: 'cos' }))],
      shut,
    ],
  ])('%s', (_name, marks, expected) => {
    expect(said(verdict(...marks))).toBe(expected);
  });

  test('says until when, which is a cool-down after the last failure', () => {
    expect(verdict(...failures(5, 4, 3)).hold).toEqual({
      state: 'WaitingDependency',
      reason: 'BreakerOpen',
      message:
        '3 changes failed in data, the last at 2026-11-22T05:57:00Z: nothing more is changed until 2026-11-22T06:27:00Z',
      until: at + 27 * 60_000,
    });
  });

  test('says until when the one attempt is waited for', () => {
    const { hold } = verdict(...failures(50, 45, 40), mark('attempt', 9));
    expect(hold?.until).toBe(at + 21 * 60_000);
    expect(hold?.message).toContain(`one attempt was let through at ${ago(9)}, and its end decides`);
  });

  test('names the controller when it is open for all of it', () => {
    const { note } = verdict(
      mark('failure', 9, { model: 'lab' }),
      ...failures(8, 7).map((one) => ({ ...one, model: 'cos' })),
    );
    expect(note).toBe('open for several models of prod');
  });
});
