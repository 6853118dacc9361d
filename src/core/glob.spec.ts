import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { globMatcher } from './glob.js';

describe('a pattern of names', () => {
  test.each([
    ['pg*', 'pg14', true],
    ['pg*', 'xpg', false],
    ['*-ENC-*', 'ETCD-ENC-01', true],
    ['e?cd', 'etcd', true],
    ['e?cd', 'ecd', false],
    ['a.b', 'axb', false],
    ['*', '', true],
    ['a*b*c', 'a-b-b-c', true],
    ['', '', true],
  ])('%s and %s', (pattern, name, wanted) => {
    expect(globMatcher(pattern)(name)).toBe(wanted);
  });

  it('means what a regular expression of it would', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, few, (given, name) => {
        const source = given.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(globMatcher(given)(name)).toBe(new RegExp(`^${source}$`, 's').test(name));
      }),
      { numRuns: 5000 },
    );
  });

  it('takes no time that grows with the ways to match it', () => {
    const begun = process.cpuUsage();
    expect(globMatcher(`${'a*'.repeat(30)}b`)('a'.repeat(20_000))).toBe(false);
    const { user } = process.cpuUsage(begun);
    expect(user / 1000).toBeLessThan(60_000);
  });
});
