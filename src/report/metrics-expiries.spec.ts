import { describe, expect, it } from '@jest/globals';
import { sampleReport, sampleView } from '../../test/support/report-samples.js';
import { ledgerStates, type LedgerState } from '../core/policy/ledger.js';
import type { DaemonView } from '../core/ports/index.js';
import type { ReportLedgerEntry } from '../core/report/types.js';
import { expiryMetrics } from './metrics-expiries.js';

function shown(name: string, parts: Partial<DaemonView>): unknown[] {
  const metric = expiryMetrics().find((one) => one.name === name);
  return (metric?.read(sampleView(parts)) ?? []).map((one) => [one.labels, one.value]);
}

function entry(state: LedgerState, expiresAt: string): ReportLedgerEntry {
  const terms = { id: expiresAt, kind: 'waived', owner: 'ops', reason: 'r', message: 'm' } as const;
  return { ...terms, state, expiresAt, match: {}, matched: 1, covers: 1 };
}

const ledger = (...waivers: readonly ReportLedgerEntry[]): Partial<DaemonView> => ({
  report: () => ({ ...sampleReport(), waivers }),
});

describe('waivers in metrics', () => {
  it('are counted by state, also where there are none', () => {
    const two = ledger(entry('expiring', '2026-11-30T00:00:00Z'), entry('expiring', '2026-12-01T00:00:00Z'));
    const counts = shown('waivers', two);
    expect(counts).toHaveLength(ledgerStates.length);
    expect(counts).toContainEqual([{ state: 'expiring' }, 2]);
    expect(shown('waivers', {})).toContainEqual([{ state: 'active' }, 0]);
  });

  it('tell the next end, leaving out what is over', () => {
    const some = ledger(
      entry('active', '2027-01-01T00:00:00Z'),
      entry('expiring', '2026-11-30T00:00:00Z'),
      entry('expired', '2026-11-01T00:00:00Z'),
    );
    expect(shown('waiver_next_expiry_timestamp_seconds', some)).toEqual([
      [{}, Date.parse('2026-11-30T00:00:00Z') / 1000],
    ]);
    expect(shown('waiver_next_expiry_timestamp_seconds', {})).toEqual([]);
  });
});

describe('certificates in metrics', () => {
  const name = 'certificate_expiry_timestamp_seconds';

  it('tell when the first of an application ends', () => {
    const seen = { controller: 'prod', model: 'data', application: 'etcd', notAfter: 1_800_000_000_500 };
    expect(shown(name, { certificates: () => [seen] })).toEqual([
      [{ controller: 'prod', target_model: 'data', target_application: 'etcd' }, 1_800_000_000.5],
    ]);
  });

  it('tell when it began where that is known', () => {
    const seen = { controller: 'prod', model: 'data', application: 'etcd', notAfter: 2000 };
    const start = 'certificate_start_timestamp_seconds';
    const place = { controller: 'prod', target_model: 'data', target_application: 'etcd' };
    expect(shown(start, { certificates: () => [{ ...seen, notBefore: 1000 }] })).toEqual([[place, 1]]);
    expect(shown(start, { certificates: () => [seen] })).toEqual([]);
  });

  it('that end first are told where they are very many', () => {
    const certificates = [3, 1, 2].map((end) => ({
      ...{ controller: 'prod', model: 'data', application: `app-${end}` },
      notAfter: end * 1000,
    }));
    const metric = expiryMetrics(2).find((one) => one.name === name);
    const told = metric?.read(sampleView({ certificates: () => certificates })) ?? [];
    expect(told.map(({ value }) => value)).toEqual([1, 2]);
  });

  it('are absent where none was seen', () => {
    expect(shown(name, {})).toEqual([]);
  });
});
