import { describe, expect, it, test } from '@jest/globals';
import {
  finding,
  mark,
  restart,
  said,
  scene,
  step,
  window as rule,
  type StepSpec,
} from '../../../test/support/rails.js';
import type { WindowRule } from '../policy/rails.js';
import { instant, millis } from '../time.js';
import { window } from './window.js';

function verdict(windows: readonly WindowRule[], now: string, given: StepSpec = {}) {
  const one = restart('etcd', { ...given, settings: { windows, ...given.settings } });
  return window(one, scene({ steps: [one], now: millis(now) }));
}

const nights = rule('0 2 * * *');
const freeze = rule('0 0 24 12 *', { name: 'freeze', kind: 'deny', duration: 3 * 86_400 });
const noon = '2026-11-22T12:00:00Z';
const night = '2026-11-22T03:00:00Z';
const closed = 'WaitingWindow WindowClosed';
const denied = 'WaitingWindow ChangesDenied';

describe('windows', () => {
  test.each<[string, readonly WindowRule[], string, StepSpec, string]>([
    ['bind nothing where there is none', [], noon, {}, '- no window binds it'],
    ['let through while one is open', [nights], night, {}, '- window nights is open until 2026-11-22 04:00Z'],
    [
      'tell no end where one never closes',
      [rule('*/5 * * * *', { name: 'always', duration: 3600 })],
      noon,
      {},
      '- window always is open',
    ],
    ['hold what disrupts while all are shut', [nights], noon, {}, closed],
    [
      'hold it also where the policy would let it through freely',
      [nights],
      noon,
      { settings: { disruptive: 'allow' } },
      closed,
    ],
    ['do not hold what disturbs nobody', [nights], noon, { disruptive: false }, '- no window binds it'],
    [
      'need only one of several',
      [rule('0 12 * * *', { name: 'noon' }), nights],
      noon,
      {},
      '- window noon is open until 2026-11-22 14:00Z',
    ],
    ['that deny hold everything', [freeze], '2026-12-25T12:00:00Z', { disruptive: false }, denied],
    ['that deny win', [nights, freeze], '2026-12-25T03:00:00Z', {}, denied],
    ['that deny let through while they are shut', [freeze], noon, {}, '- no window binds it'],
    [
      'are asked for where the policy lets disrupt in windows only',
      [],
      noon,
      { settings: { disruptive: 'window' } },
      'WaitingWindow NoWindow',
    ],
    [
      'that only deny are no windows to disrupt in',
      [freeze],
      noon,
      { settings: { disruptive: 'window' } },
      'WaitingWindow NoWindow',
    ],
    [
      'are not asked for where nothing is disrupted',
      [],
      noon,
      { disruptive: false, settings: { disruptive: 'window' } },
      '- no window binds it',
    ],
    [
      'that are open are enough then',
      [nights],
      night,
      { settings: { disruptive: 'window' } },
      '- window nights is open until 2026-11-22 04:00Z',
    ],
  ])('%s', (_name, ...[windows, now, given, expected]) => {
    expect(said(verdict(windows, now, given))).toBe(expected);
  });

  it('tell the next opening in their own zone and in UTC', () => {
    const local = rule('0 0 * * *', { timeZone: 'Europe/Berlin' });
    const { hold } = verdict([local], noon);
    expect(hold).toEqual({
      state: 'WaitingWindow',
      reason: 'WindowClosed',
      message: 'outside of window nights; next at 2026-11-23 00:00 Europe/Berlin (2026-11-22 23:00Z)',
      until: millis('2026-11-22T23:00:00Z'),
    });
  });

  it('tell the first opening that nothing denies', () => {
    const { hold } = verdict([nights, freeze], '2026-12-24T01:00:00Z');
    expect(hold?.message).toBe('window freeze denies changes; next at 2026-12-27 02:00Z');
    expect(hold?.until).toBe(millis('2026-12-27T02:00:00Z'));
  });

  it('tell an opening that is on when the denial ends', () => {
    const { hold } = verdict(
      [nights, rule('0 2 * * *', { name: 'backup', kind: 'deny', duration: 1800 })],
      '2026-11-22T02:10:00Z',
    );
    expect(hold?.until).toBe(millis('2026-11-22T02:30:00Z'));
  });

  it('say when no opening is in sight', () => {
    const always = rule('0 0 * * *', { name: 'ever', kind: 'deny', duration: 86_400 });
    const { hold } = verdict([nights, always], noon);
    expect(hold).toMatchObject({ message: 'window ever denies changes; no opening is in sight' });
    expect(hold).not.toHaveProperty('until');
  });

  it('of every finding bind a step, and it waits until all of them let it through', () => {
    const evenings = rule('0 3 * * *', { name: 'later', duration: 3600 });
    const one = restart('etcd', {
      findings: [
        finding({ settings: { windows: [nights] } }),
        finding({ settings: { windows: [evenings] } }),
      ],
    });
    const at = (now: string) => window(one, scene({ steps: [one], now: millis(now) }));
    expect(said(at('2026-11-22T02:30:00Z'))).toBe(closed);
    expect(at('2026-11-22T02:30:00Z').hold?.until).toBe(millis('2026-11-22T03:00:00Z'));
    expect(said(at('2026-11-22T03:30:00Z'))).toMatch(/^- window nights is open/);
  });

  it('do not bind what was begun: only the moment of the beginning counts', () => {
    const last = '2026-11-22T03:59:59Z';
    const long = step(
      {
        type: 'set-config',
        model: { controller: 'prod', owner: 'admin', model: 'data' },
        application: 'etcd',
        key: 'k',
        value: 'v',
      },
      { settings: { windows: [nights] } },
    );
    expect(window(long, scene({ steps: [long], now: millis(last) })).hold).toBeUndefined();
    expect(said(window(long, scene({ steps: [long], now: millis(last) + 1000 })))).toBe(closed);
  });
});

it('a window that is over holds the next step, whatever was begun while it was open', () => {
  const [first, next] = ['etcd', 'kafka'].map((app) => restart(app, { settings: { windows: [nights] } }));
  if (first === undefined || next === undefined) throw new Error('no steps');
  const marks = (now: string) => [
    { ...mark('attempt', 0), at: instant(millis(now) - 600_000) },
    { ...mark('fixed', 0), at: instant(millis(now) - 300_000) },
  ];
  const stands = (now: string) =>
    said(window(next, scene({ steps: [first, next], now: millis(now), marks: marks(now) })));
  expect(stands('2026-11-22T03:59:59Z')).toBe('- window nights is open until 2026-11-22 04:00Z');
  expect(stands('2026-11-22T04:00:00Z')).toBe(closed);
});
