import { describe, expect, it, test } from '@jest/globals';
import { commandLines } from './command.js';
import { clean, cut, hanging, listed, pad, width, wrap } from './text.js';

describe('clean', () => {
  test.each([
    ['an escape sequence', 'a\u001b[31mb', 'a·[31mb'],
    ['a C1 control', 'a\u009bb', 'a·b'],
    ['a direction override', 'a\u202eb', 'a·b'],
    ['line breaks and tabs', 'a\r\n b\tc', 'a b c'],
    ['a zero-width space', 'a\u200bb', 'a·b'],
    ['plain text', 'naïve – 数据', 'naïve – 数据'],
  ])('shows %s harmlessly', (_name, text, shown) => {
    expect(clean(text)).toBe(shown);
  });
});

describe('width', () => {
  test.each([
    ['letters', 'abc', 3],
    ['wide letters', '数据', 4],
    ['combining marks', 'e\u0301', 1],
    ['colours', '\u001b[31mab\u001b[39m', 2],
    ['emoji', '🙂', 2],
  ])('counts %s', (_name, text, columns) => {
    expect(width(text)).toBe(columns);
  });
});

describe('wrap', () => {
  it('breaks at spaces and within words that are too long', () => {
    expect(wrap('one two threefourfive', 8)).toEqual(['one two', 'threefou', 'rfive']);
  });

  it('never loses a letter', () => {
    const text = 'a 数据库数据库数据库 b longlonglonglong c';
    expect(wrap(text, 7).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});

test('cut says that something is missing', () => {
  expect([cut('abcdef', 4), cut('abcd', 4), cut('数据库', 4)]).toEqual(['abc…', 'abcd', '数…']);
});

test('pad fills up to the width', () => {
  expect(pad('数', 4)).toBe('数  ');
});

test('hanging puts the label beside the first line only', () => {
  expect(hanging('a: ', ['x', 'y'])).toEqual(['a: x', '   y']);
});

test('listed names some and counts the others', () => {
  expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
});

describe('a command line', () => {
  it('is broken so that it can be copied', () => {
    expect(commandLines(['juju', 'integrate', 'aaaaaaaaaa:b', 'cccccccccc:d'], 30)).toEqual([
      'juju integrate aaaaaaaaaa:b \\',
      '  cccccccccc:d',
    ]);
  });

  it('is quoted where a shell would read more than the argument', () => {
    expect(commandLines(['juju', 'config', "a=it's $HOME"], 80)).toEqual([`juju config 'a=it'\\''s $HOME'`]);
  });
});
