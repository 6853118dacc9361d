import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, saysOn } from '../../../test/support/etcd.js';
import { charmedEtcd } from '../charmed-etcd/index.js';
import { etcdBestPractice } from './index.js';

describe('the controls', () => {
  it('are those of the catalogue', () => {
    const prefixes = { AUTHN: 4, AUTHZ: 1, REST: 2, NET: 6, MON: 6, UPD: 5 };
    const ids = Object.entries(prefixes).flatMap(([area, count]) =>
      Array.from({ length: count }, (_, n) => `EBP-${area}-0${n + 1}`),
    );
    expect(etcdBestPractice.controls.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  test.each(etcdBestPractice.controls.map((control) => [control.id, control] as const))(
    '%s is told in full',
    (_, control) => {
      expect(control.rationale).toMatch(/\.$/);
      expect(control.manual.length).toBeGreaterThan(80);
      expect(control.references.every((url) => url.startsWith('https://'))).toBe(true);
      expect(control.params.safeParse({}).success).toBe(true);
      expect(control.remediation).toBe('manual');
      for (const sentence of Object.values(control.reasons)) expect(sentence).toMatch(/\.$/);
    },
  );

  it('apply to the same applications as the guide of the charm', () => {
    expect(etcdBestPractice.appliesTo).toBe(charmedEtcd.appliesTo);
    expect(etcdBestPractice.probes).toEqual(charmedEtcd.probes);
  });
});

test.each([
  ['EBP-AUTHN-04', 'unknown WorkloadEvidenceOff'],
  ['EBP-AUTHZ-01', 'unknown WorkloadEvidenceOff'],
  ['EBP-REST-01', 'unknown WorkloadEvidenceOff'],
  ['EBP-NET-01', 'unknown WorkloadEvidenceOff'],
  ['EBP-NET-06', 'unknown WorkloadEvidenceOff'],
  ['EBP-MON-03', 'unknown AlertRulesNotObserved'],
  ['EBP-REST-02', 'manual AttestationMissing'],
  ['EBP-NET-05', 'manual AttestationMissing'],
  ['EBP-MON-04', 'manual AttestationMissing'],
  ['EBP-MON-05', 'manual AttestationMissing'],
  ['EBP-MON-06', 'manual AttestationMissing'],
  ['EBP-UPD-02', 'not-applicable NothingPending'],
  ['EBP-UPD-03', 'fail UpdatesNotAutomated'],
  ['EBP-UPD-05', 'manual AttestationMissing'],
  ['EBP-NET-04', 'manual MetricsInClear'],
])('%s answers honestly what nobody looked at: %s', (id, expected) => {
  expect(saysOn(etcdBestPractice, id, etcdWorld())).toBe(expected);
});

it('says that encryption at rest is not etcd’s own', () => {
  const { control } = findingOn(etcdBestPractice, 'EBP-REST-01', etcdWorld());
  expect(control.rationale).toContain('etcd itself encrypts nothing on disk');
});
