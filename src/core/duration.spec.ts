import { describe, expect, it } from '@jest/globals';
import { durationText, seconds } from './duration.js';
import { InputError } from './input-error.js';

describe('durations', () => {
  it.each([
    ['15s', 15],
    ['250ms', 0.25],
    ['1.5h', 5400],
    ['30d', 2_592_000],
    [' 2w ', 1_209_600],
  ])('reads %s', (text, expected) => {
    expect(seconds(text)).toBeCloseTo(expected);
  });

  it.each(['', '15', 's', '-3d', '1h30m', '3 d', 'P1D'])('refuses %p with a sentence', (text) => {
    expect(() => seconds(text)).toThrow(InputError);
  });

  it.each([
    [0.25, '0.3s'],
    [59.9, '59s'],
    [3599, '59m'],
    [86_400, '24h'],
    [90 * 86_400, '90d'],
  ])('writes %d seconds for people', (total, text) => {
    expect(durationText(total)).toBe(text);
  });
});
