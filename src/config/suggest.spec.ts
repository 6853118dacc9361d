import { expect, test } from '@jest/globals';
import { didYouMean, nearest } from './suggest.js';

const names = ['controllers', 'defaults', 'rules', 'waivers', 'pace'];

test.each([
  ['one letter is missing', 'contollers', 'controllers'],
  ['two letters are swapped', 'dafeults', 'defaults'],
  ['the case differs', 'RULES', 'rules'],
  ['nothing is near', 'metrics', undefined],
  ['a short name is far from all', 'xy', undefined],
])('when %s, %s means %s', (_why, typed, meant) => {
  expect(nearest(typed, names)).toBe(meant);
});

test('a sentence is only added when there is a suggestion', () => {
  expect([didYouMean('rule', names), didYouMean('zzz', names)]).toEqual([' (did you mean rules?)', '']);
});
