import { describe, expect, it } from '@jest/globals';
import { noon } from '../../../test/support/journal-samples.js';
import { twoClocks } from '../../../test/support/two-clocks.js';
import { requestCounts } from './request-counts.js';

const span = 60_000;

function counting() {
  const { clock, pass, set } = twoClocks(noon);
  const store = new (requestCounts(clock))({});
  const asked = (who: string): readonly number[] => {
    const told: number[] = [];
    store.incr(
      who,
      (_error, result) => {
        told.push(result?.current ?? NaN, result?.ttl ?? NaN);
      },
      span,
      600,
    );
    return told;
  };
  return { pass, set, asked, store };
}

describe('requests within a minute', () => {
  it('are counted for each who asks, until the minute is over', () => {
    const { asked, pass } = counting();
    expect([asked('anna'), asked('anna'), asked('bob')]).toEqual([
      [1, span],
      [2, span],
      [1, span],
    ]);
    pass(20_000);
    expect(asked('anna')).toEqual([3, 40_000]);
    pass(40_000);
    expect(asked('anna')).toEqual([1, span]);
  });

  it('are forgotten no sooner and no later because the wall clock is set', () => {
    const { asked, pass, set } = counting();
    asked('anna');
    set(86_400_000);
    expect(asked('anna')).toEqual([2, span]);
    set(-10 * 86_400_000);
    expect(asked('anna')).toEqual([3, span]);
    pass(span);
    expect(asked('anna')).toEqual([1, span]);
  });

  it('are remembered of the newest, where very many ask', () => {
    const { asked } = counting();
    asked('first');
    for (let n = 0; n < 5000; n += 1) asked(`192.0.2.${n}`);
    expect([asked('192.0.2.4999'), asked('first')]).toEqual([
      [2, span],
      [1, span],
    ]);
  });
});
