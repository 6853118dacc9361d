import { expect, test } from '@jest/globals';
import {
  fail,
  inconsistent,
  manual,
  notApplicable,
  pass,
  unsettled,
  type Evidence,
} from '../../core/judgement.js';
import { worst } from './combine.js';

const saw = (seen: string): Evidence => ({
  source: 'test',
  observedAt: '2026-11-22T06:00:00Z',
  seen,
  wanted: 'x',
});
const ranked = [
  fail('Bad', 'bad'),
  inconsistent('Mixed', 'mixed'),
  unsettled('Dark', 'dark'),
  manual('Ask', 'ask'),
  notApplicable('None', 'none'),
  pass('good'),
];

test('the worst of several is what counts, whatever the order', () => {
  for (let i = 0; i < ranked.length - 1; i += 1) {
    const [worse, better] = [ranked[i]!, ranked[i + 1]!];
    expect(worst(worse, better).outcome).toBe(worse.outcome);
    expect(worst(better, worse).outcome).toBe(worse.outcome);
  }
});

test('the evidence of all is kept', () => {
  const both = worst(pass('good', saw('one')), fail('Bad', 'bad', saw('two')));
  expect(both.evidence.map(({ seen }) => seen)).toEqual(['one', 'two']);
});
