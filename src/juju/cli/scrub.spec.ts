import { describe, expect, test } from '@jest/globals';
import { scrubber } from './scrub.js';

describe('scrubber', () => {
  const scrub = scrubber(['hunter2-secret', 'hunter2', 'abc']);

  test('hides every known secret, the longest first', () => {
    expect(scrub('login hunter2-secret failed, hunter2 too')).toBe('login [secret] failed, [secret] too');
  });

  test('leaves very short strings alone: they are in every text', () => {
    expect(scrub('abc')).toBe('abc');
  });

  test('hides the beginning of a secret at the place where the text was cut', () => {
    expect(scrubber(['hunter2-secret'])('x hunter2-sec\n[99 bytes cut]\n')).toBe(
      'x [secret]\n[99 bytes cut]\n',
    );
  });

  test('hides the end of a secret behind a cut at the beginning', () => {
    expect(scrubber(['hunter2-secret'])('[99 bytes cut]\nr2-secret denied')).toBe(
      '[99 bytes cut]\n[secret] denied',
    );
  });
});
