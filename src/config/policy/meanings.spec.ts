import { describe, expect, it, test } from '@jest/globals';
import { seconds } from '../../core/duration.js';
import { defaultPace } from '../../core/policy/policy.js';
import { defaultRails } from '../../core/policy/rails.js';
import { limitMeaning, paceMeaning } from './meanings.js';
import { limitCounts, limitDurations, paceDurations } from './words.js';

/** What a meaning says holds where the policy says nothing. */
function toldDefault(meaning: string): string | undefined {
  return /; (\S+) unless given\.$/.exec(meaning)?.[1];
}

describe('what a key of the policy means', () => {
  test.each(paceDurations)('pace.%s: tells the interval that the daemon takes by itself', (key) => {
    expect(seconds(toldDefault(paceMeaning(key)) ?? '')).toBe(defaultPace[key]);
  });

  test.each(limitCounts)('limits.%s: tells the number that holds by itself', (key) => {
    expect(toldDefault(limitMeaning(key))).toBe(String(defaultRails[key]));
  });

  test.each(limitDurations.filter((key) => key !== 'backupAge'))(
    'limits.%s: tells the duration that holds by itself',
    (key) => {
      expect(seconds(toldDefault(limitMeaning(key)) ?? '')).toBe(defaultRails[key]);
    },
  );

  it('says that the age of backups is not asked for by itself', () => {
    expect(defaultRails.backupAge).toBeUndefined();
    expect(limitMeaning('backupAge')).toContain('not asked for unless given');
  });
});
