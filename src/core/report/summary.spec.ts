import { observeOnly } from '../policy/policy.js';
import { defaultRails } from '../policy/rails.js';
import { describe, expect, it } from '@jest/globals';
import { toyGuide } from '../../../test/support/toy-guide.js';
import type { Finding } from '../finding.js';
import type { FixableBy, Outcome, Severity } from '../outcome.js';
import { summarise } from './summary.js';

function finding(
  severity: Severity,
  outcome: Outcome,
  more: { waived?: boolean; fixableBy?: FixableBy } = {},
): Finding {
  const [control] = toyGuide.controls;
  if (control === undefined) throw new Error('the toy guide is empty');
  const waiver = {
    id: 'w',
    kind: 'waived',
    match: {},
    reason: 'r',
    owner: 'o',
    expires: '2027-01-01T00:00:00Z',
  } as const;
  return {
    control: { ...control, severity },
    guide: toyGuide,
    target: { kind: 'model', controller: 'prod', model: 'data' },
    judgement: {
      outcome,
      reason: 'R',
      message: 'm',
      evidence: [],
      ...(more.fixableBy === undefined ? {} : { fixableBy: more.fixableBy }),
    },
    settings: { ...observeOnly.defaults, enabled: true, params: {}, rails: defaultRails, windows: [] },
    remedies: [],
    validUntil: Infinity,
    ...(more.waived === true ? { waiver: { waiver, state: 'active' as const } } : {}),
  };
}

describe('the score', () => {
  it.each<[string, readonly Finding[], number | null]>([
    ['is null when there is nothing to weigh', [finding('high', 'manual'), finding('info', 'pass')], null],
    [
      'is 100 when all that was judged passes',
      [finding('high', 'pass'), finding('low', 'not-applicable')],
      100,
    ],
    [
      'weighs a critical failure twice as much as a high pass',
      [finding('critical', 'fail'), finding('high', 'pass')],
      33.3,
    ],
    ['takes unknown for not passed', [finding('high', 'unknown'), finding('high', 'pass')], 50],
    ['takes inconsistent for failed', [finding('high', 'inconsistent'), finding('high', 'pass')], 50],
    ['leaves waived findings out', [finding('high', 'fail', { waived: true }), finding('low', 'pass')], 100],
  ])('%s', (_, findings, score) => {
    expect(summarise(findings).score).toBe(score);
  });

  it('is shown without what only the charm can fix, too', () => {
    const summary = summarise([finding('high', 'fail', { fixableBy: 'charm' }), finding('high', 'pass')]);
    expect([summary.score, summary.scoreOfFixable]).toEqual([50, 100]);
  });

  it('counts waived violations beside the severities, not in them', () => {
    const summary = summarise([finding('high', 'fail', { waived: true }), finding('high', 'fail')]);
    expect([summary.waived, summary.bySeverity.high, summary.byOutcome.fail]).toEqual([1, 1, 2]);
    expect(summary.byModel['prod:data']).toEqual({ score: 0, violations: 1, unknown: 0 });
  });
});
