import { describe, expect, it } from '@jest/globals';
import { hashNamed, noon, planNamed } from '../../test/support/journal-samples.js';
import { twoClocks } from '../../test/support/two-clocks.js';
import type { Decision } from '../core/ports/index.js';
import { instant } from '../core/time.js';
import { WordsAge } from './words-age.js';

const hour = 3_600_000;

function word(id: string, at: number, more: Partial<Decision> = {}): Decision {
  const times = { at: instant(at), expiresAt: instant(at + 24 * hour) };
  return {
    id,
    planHash: hashNamed(id),
    decision: 'approve',
    by: 'ann',
    plan: planNamed(id),
    ...times,
    ...more,
  };
}

describe('what persons decided', () => {
  it('is as they said it while nobody sets the clock, or sets it forward', () => {
    const { clock, pass, set } = twoClocks(noon);
    const ages = new WordsAge(clock);
    const said = [word('a', noon - hour)];
    expect(ages.of(said)).toEqual(said);
    pass(hour);
    expect(ages.of(said)).toEqual(said);
    set(hour);
    expect(ages.of(said)).toEqual(said);
  });

  it('moves along with a clock that is set back, and returns when that is set right', () => {
    const { clock, pass, set } = twoClocks(noon);
    const ages = new WordsAge(clock);
    const said = [word('a', noon - hour)];
    ages.of(said);
    pass(hour);
    set(-3 * hour);
    const times = { at: instant(noon - 4 * hour), expiresAt: instant(noon + 20 * hour) };
    expect(ages.of(said)).toEqual([{ ...said[0], ...times }]);
    set(3 * hour);
    expect(ages.of(said)).toEqual(said);
  });

  it('stays in the order in which it was said, although a later word has an earlier time', () => {
    const { clock, pass, set } = twoClocks(noon);
    const ages = new WordsAge(clock);
    const approval = word('a', noon);
    ages.of([approval]);
    pass(1000);
    set(-hour);
    const denial = word('b', noon + 1000 - hour, { decision: 'deny' });
    const [first = '', second = ''] = ages.of([approval, denial]).map(({ at }) => at);
    expect(first < second).toBe(true);
  });
});
