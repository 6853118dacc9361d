import { describe, expect, it, test } from '@jest/globals';
import { momentOf, sinceOf, spanOf } from './moments.js';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('a moment', () => {
  test.each([
    ['a day, which begins at midnight UTC', '2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['a minute', '2026-11-22T08:30Z', '2026-11-22T08:30:00.000Z'],
    ['a second of another time zone', '2026-11-22T08:30:05+01:00', '2026-11-22T07:30:05.000Z'],
    ['a part of a second', '2026-11-22T08:30:05.25Z', '2026-11-22T08:30:05.250Z'],
  ])('may be %s', (_what, text, expected) => {
    expect(new Date(momentOf(text, '--until')).toISOString()).toBe(expected);
  });

  test.each([
    ['without a time zone', '2026-11-22T08:30'],
    ['with words before it', 'from 2026-11-22'],
    ['with words after it', '2026-11-22 and on'],
    ['of a month that is none', '2026-13-22'],
    ['as people write it', 'Nov 22, 2026'],
  ])('is refused %s', (_what, text) => {
    expect(() => momentOf(text, '--until')).toThrow(
      `--until: "${text}" is no time: write it as 2026-11-22T08:00:00Z or 2026-11-22`,
    );
  });
});

describe('a span', () => {
  test.each([
    ['half a second', '500ms', 0.5],
    ['two hours', '2h', 7200],
    ['a hundred years, which is the longest', '36500d', 3_153_600_000],
  ])('may be %s', (_what, text, expected) => {
    expect(spanOf(text, '--for')).toBe(expected);
  });

  test.each([
    ['nothing', '0h', '--for: 0h is nothing: write one such as 2h'],
    ['longer than that', '36501d', '--for: 36501d is too long: write one such as 2h'],
    ['no duration', 'soon', '--for: "soon" is no duration'],
  ])('is refused where it is %s', (_what, text, message) => {
    expect(() => spanOf(text, '--for')).toThrow(message);
  });
});

describe('since when', () => {
  it('is a moment, or a span before now', () => {
    expect(sinceOf('2026-11-22', now, '--since')).toBe('2026-11-22T00:00:00Z');
    expect(sinceOf('90m', now, '--since')).toBe('2026-11-22T10:30:00Z');
    expect(() => sinceOf('x2026-11-22', now, '--since')).toThrow('is no duration');
  });
});
