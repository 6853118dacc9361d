import { describe, expect, it } from '@jest/globals';
import { markAt, noon } from '../../test/support/journal-samples.js';
import { twoClocks } from '../../test/support/two-clocks.js';
import { instant } from '../core/time.js';
import { MarksAge } from './marks-age.js';

const hour = 3_600_000;

describe('what was counted', () => {
  it('is the same while nobody sets the clock', () => {
    const { clock, pass } = twoClocks(noon);
    const ages = new MarksAge(clock);
    const marks = [markAt(0)];
    ages.hear(marks);
    pass(hour);
    expect(ages.of(marks)).toBe(marks);
  });

  it('stays as old as it is when the clock is set, and what came before that with it', () => {
    const { clock, pass, set } = twoClocks(noon);
    const ages = new MarksAge(clock);
    const before = markAt(0);
    ages.hear([before]);
    pass(hour);
    set(24 * hour);
    const after = { ...markAt(0), at: instant(noon + 25 * hour) };
    ages.hear([after]);
    const times = ages.of([before, after]).map(({ at }) => at);
    expect(times).toEqual([instant(noon + 24 * hour), after.at]);
  });

  it('keeps the time of what approvals are compared with', () => {
    const { clock, set } = twoClocks(noon);
    const ages = new MarksAge(clock);
    const marks = [{ ...markAt(0), kind: 'spent' as const }];
    ages.hear(marks);
    set(-hour);
    expect(ages.of(marks)).toBe(marks);
  });
});
