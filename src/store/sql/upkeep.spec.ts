import { expect, it } from '@jest/globals';
import { noon } from '../../../test/support/journal-samples.js';
import { twoClocks } from '../../../test/support/two-clocks.js';
import { defaultRetention } from '../../core/policy/rails.js';
import { Upkeep } from './upkeep.js';

const hour = 3_600_000;

it('what is old is removed once an hour, and not by a clock that was set within the last one', () => {
  const { clock, pass, set } = twoClocks(noon);
  const upkeep = new Upkeep({ clock, retention: defaultRetention });
  const due = (): boolean => {
    pass(hour);
    return upkeep.isDue();
  };
  expect([upkeep.isDue(), upkeep.isDue(), due(), due()]).toEqual([true, false, true, true]);
  set(1000 * 24 * hour);
  expect([due(), due()]).toEqual([false, true]);
  set(-1000 * 24 * hour);
  expect([due(), due()]).toEqual([false, true]);
});
