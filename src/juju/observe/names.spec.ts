import { describe, expect, test } from '@jest/globals';
import { applicationOfUnit, isApplicationName, isUserName } from './names.js';

/** Every part of it could be matched in three ways: 3 to the power of 49 in all. */
const slow = `a${'-abc'.repeat(49)}`;

describe('a name from a hostile controller that nearly is one', () => {
  test.each<[string, (name: string) => unknown, string]>([
    ['an application', isApplicationName, `${slow}!`],
    ['a unit', applicationOfUnit, `${slow}/`],
    ['a user', isUserName, `${'a.'.repeat(90)}!`],
  ])('is dropped at once: %s', (_, read, name) => {
    const begun = process.cpuUsage();
    expect(read(name) ?? false).toBe(false);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(20_000);
  });

  test('and one that is one is kept', () => {
    expect([isApplicationName(slow), applicationOfUnit(`${slow}/0`)]).toEqual([true, slow]);
  });
});
