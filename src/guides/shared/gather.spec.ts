import { describe, expect, it, test } from '@jest/globals';
import { fail, inconsistent, pass, unsettled, type Evidence } from '../../core/judgement.js';
import { bounded, gathered, listed } from './gather.js';

const seen: Evidence = { source: 's', observedAt: '2026-11-22T06:00:00Z', seen: 'x', wanted: 'y' };

describe('one judgement of many', () => {
  test.each([
    ['none is met', [], 'pass', 'met'],
    ['all passing is met', [pass('one', seen), pass('two')], 'pass', 'met'],
    ['the worst decides', [unsettled('U', 'one'), fail('F', 'two'), pass('three')], 'fail', 'two'],
    ['all that say the same are named', [fail('F', 'one'), fail('F', 'two')], 'fail', 'one; two'],
    ['another reason is not', [fail('F', 'one'), fail('G', 'two')], 'fail', 'one'],
    [
      'nor is another outcome for the same reason',
      [inconsistent('F', 'one'), fail('F', 'two')],
      'fail',
      'two',
    ],
  ])('%s', (_, judgements, outcome, message) => {
    expect(gathered(judgements, 'met')).toMatchObject({ outcome, message });
  });

  it('has the evidence of all, and no more than a report can carry', () => {
    const some = gathered([fail('F', 'one', seen), pass('two', seen)], 'met');
    expect(some.evidence).toHaveLength(2);
    expect(bounded(Array.from({ length: 41 }, () => seen))).toHaveLength(40);
    const many = Array.from({ length: 50 }, () => fail('F', 'one', seen));
    expect(gathered(many, 'met').evidence).toHaveLength(40);
  });

  it('names five things and counts the others', () => {
    expect(listed(['1', '2', '3', '4', '5'])).toBe('1; 2; 3; 4; 5');
    expect(listed(['1', '2', '3', '4', '5', '6', '7'], ', ')).toBe('1, 2, 3, 4, 5, and 2 more');
  });
});
