import { describe, expect, it, test } from '@jest/globals';
import { clean, counted, listed, second } from './text.js';

describe('a text from elsewhere', () => {
  test.each([
    ['what moves the cursor', 'a\u001b[2Jb', 'a\u00b7[2Jb'],
    ['what turns the text around', 'a\u202eb', 'a\u00b7b'],
    ['what cannot be seen', 'a\u200bb\ufeffc', 'a\u00b7b\u00b7c'],
    ['breaks of lines, with the blanks around them', 'a \r\n\n  b\tc', 'a b c'],
    ['nothing of what people write', 'Zoë — 李 ✓', 'Zoë — 李 ✓'],
  ])('loses %s', (_what, text, expected) => {
    expect(clean(text)).toBe(expected);
  });
});

it('a moment is told to the second', () => {
  expect([second('2026-11-22T06:00:00.123Z'), second('2026-11-22T06:00:00Z')]).toEqual([
    '2026-11-22T06:00:00Z',
    '2026-11-22T06:00:00Z',
  ]);
});

it('things are counted in words', () => {
  expect([counted(1, 'finding'), counted(0, 'finding'), counted(2, 'entry', 'entries')]).toEqual([
    '1 finding',
    '0 findings',
    '2 entries',
  ]);
});

it('of many names some are told', () => {
  expect([listed(['a', 'b'], 2), listed(['a', 'b', 'c'], 2), listed([], 2)]).toEqual([
    'a, b',
    'a, b and 1 more',
    '',
  ]);
});
