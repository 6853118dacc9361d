import { expect, test } from '@jest/globals';
import { goSeconds } from './durations.js';

test.each([
  ['15d', 15 * 86_400],
  ['1w2d', 9 * 86_400],
  ['744h0m0s', 744 * 3600],
  ['0s', 0],
  ['0', 0],
  ['1y', 31_536_000],
  ['1500ms', 1.5],
  ['', undefined],
  ['10GiB', undefined],
  ['ever', undefined],
  ['-1d', undefined],
  ['1d'.repeat(30), undefined],
])('%s is %s seconds', (text, expected) => {
  expect(goSeconds(text)).toBe(expected);
});
