import { describe, expect, test } from '@jest/globals';
import { noon } from '../../../../test/support/journal-samples.js';
import { twoClocks } from '../../../../test/support/two-clocks.js';
import { Failures } from './failures.js';
import type { Principal } from './principal.js';
import { Sessions } from './sessions.js';

const hour = 3_600_000;
const anna: Principal = { name: 'anna', role: 'approver', via: { login: 'token' } };

describe('a session of four hours', () => {
  test.each([
    ['lasts when the clock is set back', [1.5, 1.5, 0.9], -24, true],
    ['ends after four hours, though the clock was set back', [1.5, 1.5, 1.1], -24, false],
    ['ends when nobody used it for two hours, though the clock was set back', [2.1], -24, false],
    ['ends when the clock is set forward by more: the machine may have slept', [0.1], 24, false],
  ])('%s', (_name, uses, ahead, isIn) => {
    const { clock, pass, set } = twoClocks(noon);
    const sessions = new Sessions(clock);
    const { id } = sessions.begin(anna, '', 4 * 3600);
    set(ahead * hour);
    const found = uses.map((hours) => {
      pass(hours * hour);
      return sessions.find(id, true);
    });
    expect(found.at(-1)?.who).toEqual(isIn ? anna : undefined);
  });
});

describe('an address that tried ten wrong tokens', () => {
  test.each([
    ['forward: it waits no shorter', 24 * hour],
    ['back: it waits no longer', -24 * hour],
  ])('when the clock is set %s', (_name, ms) => {
    const { clock, pass, set } = twoClocks(noon);
    const failures = new Failures(clock);
    for (let time = 0; time < 10; time += 1) failures.note('192.0.2.1');
    set(ms);
    pass(20_000);
    expect(failures.waitFor('192.0.2.1')).toBe(40);
    pass(40_000);
    expect(failures.waitFor('192.0.2.1')).toBe(0);
  });
});
