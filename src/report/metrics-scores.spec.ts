import { describe, expect, it } from '@jest/globals';
import { findingOf } from '../../test/support/report-estate.js';
import { sampleReport, sampleView } from '../../test/support/report-samples.js';
import type { Report, ReportFinding } from '../core/report/types.js';
import { scoreMetrics } from './metrics-scores.js';

function shown(name: string, report: Report): unknown[] {
  const metric = scoreMetrics().find((one) => one.name === name);
  const samples = metric?.read(sampleView({ report: () => report })) ?? [];
  return samples.map((one) => [one.labels, one.value]);
}

const place = { controller: 'prod', target_model: 'data' };

describe('scores in metrics', () => {
  it('are those of models and of the estate', () => {
    const report = sampleReport();
    expect(shown('score', report)).toEqual([[place, 62.5]]);
    expect(shown('estate_score', report)).toEqual([
      [{ of: 'all' }, 62.5],
      [{ of: 'fixable' }, 80],
    ]);
  });

  it('are absent where there is nothing to weigh', () => {
    const { summary, ...report } = sampleReport();
    const nothing = { ...report, summary: { ...summary, score: null, scoreOfFixable: null, byModel: {} } };
    expect([...shown('score', nothing), ...shown('estate_score', nothing)]).toEqual([]);
  });
});

describe('the oldest finding', () => {
  const since = (firstSeen: string, more: Partial<ReportFinding> = {}): ReportFinding =>
    findingOf({}, { firstSeen, ...more });
  const oldest = (...findings: readonly ReportFinding[]): unknown[] =>
    shown('oldest_finding_timestamp_seconds', sampleReport(findings));

  it('is the one first seen, by severity and model', () => {
    expect(
      oldest(
        since('2026-11-22T03:00:00Z'),
        since('2026-11-22T02:00:00Z'),
        since('2026-11-22T04:00:00Z', { severity: 'low' }),
      ),
    ).toEqual([
      [{ severity: 'high', fixable_by: 'operator', ...place }, Date.parse('2026-11-22T02:00:00Z') / 1000],
      [{ severity: 'low', fixable_by: 'operator', ...place }, Date.parse('2026-11-22T04:00:00Z') / 1000],
    ]);
  });

  it.each<[string, Partial<ReportFinding>]>([
    ['unknown', { outcome: 'unknown' }],
    ['for a person to judge', { outcome: 'manual' }],
    [
      'waived',
      {
        waiver: {
          id: 'w',
          kind: 'waived',
          owner: 'o',
          reason: 'r',
          expiresAt: '2027-01-01T00:00:00Z',
          state: 'active',
        },
      },
    ],
  ])('is none that is %s', (_, more) => {
    expect(oldest(since('2026-11-22T02:00:00Z', more))).toEqual([]);
  });
});
