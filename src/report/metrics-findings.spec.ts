import { describe, expect, it } from '@jest/globals';
import { findingOf } from '../../test/support/report-estate.js';
import { sampleReport, sampleView } from '../../test/support/report-samples.js';
import type { ReportFinding, ReportWaiver } from '../core/report/types.js';
import { findingMetrics } from './metrics-findings.js';
import type { Sample } from './metrics-sampled.js';

const waiver: ReportWaiver = {
  id: 'w',
  kind: 'waived',
  owner: 'ops',
  reason: 'r',
  expiresAt: '2027-01-01T00:00:00Z',
  state: 'active',
};
const labels = {
  control: 'ETCD-ENC-01',
  severity: 'high',
  outcome: 'fail',
  fixable_by: 'operator',
  controller: 'prod',
  target_model: 'data',
  target_application: 'etcd',
};

function shown(name: string, findings: readonly ReportFinding[], limit?: number): readonly Sample[] {
  const metric = findingMetrics(limit).find((one) => one.name === name);
  const report = sampleReport(findings);
  return metric?.read(sampleView({ report: () => report })) ?? [];
}

const values = (samples: readonly Sample[]): unknown[] => samples.map((one) => [one.labels, one.value]);
/** As many findings, each on an application of its own. */
const many = (count: number, severity: ReportFinding['severity'], prefix = 'app'): readonly ReportFinding[] =>
  Array.from({ length: count }, (_, n) => findingOf({ application: `${prefix}${n}` }, { severity }));

describe('findings in metrics', () => {
  it('are counted by control, severity, outcome, who can fix them, and place', () => {
    const units = ['etcd/0', 'etcd/1'].map((unit) =>
      findingOf({ kind: 'unit', unit }, { outcome: 'unknown' }),
    );
    expect(values(shown('findings', [findingOf({}), ...units]))).toEqual([
      [labels, 1],
      [{ ...labels, outcome: 'unknown' }, 2],
    ]);
  });

  it('name the application of a unit, and of nothing else', () => {
    const unit: ReportFinding = {
      ...findingOf({}),
      target: { kind: 'unit', controller: 'prod', model: 'data', unit: 'pg/3' },
    };
    const user: ReportFinding = { ...unit, target: { kind: 'user', controller: 'prod', user: 'bob' } };
    expect(values(shown('findings', [unit, user]))).toEqual([
      [{ ...labels, target_application: 'pg' }, 1],
      [{ ...labels, target_model: '', target_application: '' }, 1],
    ]);
  });

  it('that pass are one number for each application', () => {
    const passes = ['A-1', 'A-2'].map((control) => findingOf({}, { control, outcome: 'pass' }));
    expect(shown('findings', passes)).toEqual([]);
    expect(values(shown('passed_findings', [...passes, findingOf({})]))).toEqual([
      [{ controller: 'prod', target_model: 'data', target_application: 'etcd' }, 2],
    ]);
  });

  it('under an active waiver count apart, and under an expired one as findings', () => {
    const findings = (['active', 'expired', 'lapsed'] as const).map((state) =>
      findingOf({}, { control: state, waiver: { ...waiver, state } }),
    );
    const controls = (name: string): unknown[] => shown(name, findings).map((one) => one.labels['control']);
    expect(controls('waived_findings')).toEqual(['active']);
    expect(controls('findings')).toEqual(['expired', 'lapsed']);
  });

  it('are counted for a model with zeros, so that a rise shows', () => {
    const findings = [findingOf({}), findingOf({}, { outcome: 'pass' })];
    const counts = shown('model_findings', findings).map((one) => [one.labels['outcome'], one.value]);
    expect(Object.fromEntries(counts)).toEqual({ fail: 1, inconsistent: 0, unknown: 0, manual: 0 });
    expect(shown('model_findings', [])).toEqual([]);
  });
});

describe('very many findings', () => {
  it('name applications as far as there is room, the most severe first', () => {
    const findings = [...many(6, 'low'), ...many(5, 'critical')];
    const told = shown('findings', findings, 10);
    expect(told.filter((one) => one.labels['severity'] === 'critical')).toHaveLength(5);
    expect(values(told.filter((one) => one.labels['severity'] === 'low'))).toEqual([
      [{ ...labels, severity: 'low', target_application: '' }, 6],
    ]);
  });

  it('name only controls where models are too many too', () => {
    const findings = Array.from({ length: 50 }, (_, n) => findingOf({ model: `m${n}` }));
    expect(values(shown('findings', findings, 10))).toEqual([
      [{ ...labels, controller: '', target_model: '', target_application: '' }, 50],
    ]);
  });

  it('that pass are told by model where applications are too many', () => {
    const findings = [...many(11, 'low'), findingOf({ model: 'b' })].map((one): ReportFinding => ({
      ...one,
      outcome: 'pass',
    }));
    expect(values(shown('passed_findings', findings, 10))).toEqual([
      [{ controller: 'prod', target_model: 'data', target_application: '' }, 11],
      [{ controller: 'prod', target_model: 'b', target_application: '' }, 1],
    ]);
  });

  it('lose none', () => {
    const findings = [...many(30, 'low'), ...many(30, 'high'), ...many(3, 'critical')];
    const told = shown('findings', findings, 20);
    expect(told.reduce((sum, one) => sum + one.value, 0)).toBe(63);
    expect(told.length).toBeLessThanOrEqual(20);
  });
});
