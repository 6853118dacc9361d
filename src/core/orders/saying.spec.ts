import { describe, expect, it, test } from '@jest/globals';
import { personName, reasonText } from './saying.js';

describe('what stays in the audit trail', () => {
  test.each([
    ['letters of any language', 'Zoë 李', 'Zoë 李'],
    ['a name without the blanks around it', '  anna ', 'anna'],
    ['a hundred characters', 'x'.repeat(100), 'x'.repeat(100)],
  ])('may be %s', (_what, text, expected) => {
    expect(personName(text, '--as')).toBe(expected);
  });

  test.each([
    ['nothing', ' ', '--as is empty: write it'],
    ['more than a hundred characters', 'x'.repeat(101), '--as is longer than 100 characters: shorten it'],
    [
      'what cannot be printed, at its beginning',
      '\u202eanna',
      '--as holds characters that cannot be printed',
    ],
    ['what cannot be printed, at its end', 'anna\u202ex', '--as holds characters that cannot be printed'],
    ['a character without a meaning', 'an\u0000na', '--as holds characters that cannot be printed'],
  ])('may not be %s', (_what, text, message) => {
    expect(() => personName(text, '--as')).toThrow(message);
  });

  it('holds a reason of five hundred characters, or none', () => {
    expect(reasonText('x'.repeat(500), 'reason')).toEqual({ reason: 'x'.repeat(500) });
    expect(() => reasonText('x'.repeat(501), 'reason')).toThrow('reason is longer than 500 characters');
    expect(reasonText(undefined, 'reason')).toEqual({});
  });
});
