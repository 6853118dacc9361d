import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseScrape, type Scrape } from '../../test/support/scrape.js';
import { sampleFinding, sampleReport, sampleView } from '../../test/support/report-samples.js';
import type { Clock, DaemonView } from '../core/ports/index.js';
import type { ReportFinding } from '../core/report/types.js';
import { createMetrics, type Metrics } from './metrics.js';

const clock: Clock = {
  now: () => Date.parse('2026-11-22T03:27:00Z'),
  sleep: () => Promise.resolve(),
  after: () => () => undefined,
};

describe('metrics', () => {
  let view: DaemonView | undefined;
  let metrics: Metrics;
  const scrape = async (): Promise<Scrape> => parseScrape(await metrics.text());
  const named = async (name: string): Promise<unknown[]> =>
    (await scrape()).samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }) => [labels, value]);
  beforeEach(() => {
    view = sampleView();
    metrics = createMetrics(() => view, clock);
  });
  const show = (...findings: readonly ReportFinding[]): void => {
    const report = sampleReport(findings);
    view = sampleView({ report: () => report });
  };

  it('forget findings that are gone, and everything read when the daemon is', async () => {
    await scrape();
    show();
    expect(await named('holdfast_findings')).toEqual([]);
    show(sampleFinding);
    expect(await named('holdfast_findings')).toHaveLength(1);
    view = undefined;
    expect(await named('holdfast_findings')).toEqual([]);
    expect(await named('holdfast_juju_api_calls_total')).toEqual([]);
    expect(await named('holdfast_ready')).toEqual([[{}, 0]]);
  });

  it.each([
    ['holdfast_ready', {}, 1],
    ['holdfast_build_info', { version: '0.1.0' }, 1],
    ['holdfast_queue_depth', {}, 3],
    ['holdfast_queue_in_flight', {}, 1],
    ['holdfast_queue_backing_off', {}, 2],
    ['holdfast_remediations', { state: 'Verifying' }, 1],
    ['holdfast_view_age_seconds', { controller: 'prod', target_model: 'data' }, 12],
    ['holdfast_poll_interval_seconds', { controller: 'prod', target_model: 'data' }, 15],
    ['holdfast_juju_api_connected', { controller: 'prod' }, 1],
    ['holdfast_juju_api_calls_total', { controller: 'prod', call: 'Client.FullStatus' }, 12],
    ['holdfast_juju_api_errors_total', { controller: 'prod', kind: 'denied' }, 1],
    ['holdfast_juju_api_reconnects_total', { controller: 'prod' }, 2],
  ])('show what the daemon says of itself in %s', async (name, labels, value) => {
    expect(await named(name)).toEqual([[labels, value]]);
    expect(await named(name)).toEqual([[labels, value]]);
  });

  it('call a model that was never read infinitely old, so that an alert on age fires', async () => {
    const health = { controller: 'prod', connected: false, calls: 0, errors: 0, reconnects: 0 };
    view = sampleView({ health: () => [{ ...health, models: [{ model: 'new', interval: 15 }] }] });
    expect(await named('holdfast_view_age_seconds')).toEqual([
      [{ controller: 'prod', target_model: 'new' }, Infinity],
    ]);
    expect(await named('holdfast_juju_api_connected')).toEqual([[{ controller: 'prod' }, 0]]);
  });

  it('give calls and errors as one number where their kinds are not counted', async () => {
    const health = { controller: 'prod', connected: true, models: [], calls: 9, errors: 4, reconnects: 0 };
    view = sampleView({ health: () => [health] });
    expect(await named('holdfast_juju_api_calls_total')).toEqual([[{ controller: 'prod', call: '' }, 9]]);
    expect(await named('holdfast_juju_api_errors_total')).toEqual([[{ controller: 'prod', kind: '' }, 4]]);
  });

  it('count what the daemon tells: reconciles, drift, fixes, ends, calls, probes', async () => {
    const { telemetry } = metrics;
    telemetry.reconciled('failed', 0.2);
    telemetry.evaluated(0.003);
    telemetry.drift('ETCD-TLS-01');
    telemetry.fixed('ETCD-TLS-01', 42);
    telemetry.controlFailed('ETCD-TLS-02');
    telemetry.remediationEnded('Succeeded', 'Verified');
    telemetry.cliCall('integrate', 'done', 1.5);
    telemetry.probed('plaintext');
    telemetry.looked('partly', 3);
    expect(await named('holdfast_reconcile_duration_seconds_sum')).toEqual([[{ outcome: 'failed' }, 0.2]]);
    expect(await named('holdfast_evaluation_duration_seconds_sum')).toEqual([[{}, 0.003]]);
    expect(await named('holdfast_drift_total')).toEqual([[{ control: 'ETCD-TLS-01' }, 1]]);
    expect(await named('holdfast_fixes_total')).toEqual([[{ control: 'ETCD-TLS-01' }, 1]]);
    expect(await named('holdfast_control_failures_total')).toEqual([[{ control: 'ETCD-TLS-02' }, 1]]);
    expect(await named('holdfast_drift_to_fix_seconds_sum')).toEqual([[{}, 42]]);
    expect(await named('holdfast_remediation_ends_total')).toEqual([
      [{ state: 'Succeeded', reason: 'Verified' }, 1],
    ]);
    expect(await named('holdfast_cli_calls_total')).toEqual([[{ command: 'integrate', outcome: 'done' }, 1]]);
    expect(await named('holdfast_cli_call_duration_seconds_sum')).toEqual([[{ command: 'integrate' }, 1.5]]);
    expect(await named('holdfast_probes_total')).toEqual([[{ answer: 'plaintext' }, 1]]);
    expect(await named('holdfast_workload_looks_total')).toEqual([[{ result: 'partly' }, 1]]);
    expect(await named('holdfast_workload_look_duration_seconds_sum')).toEqual([[{}, 3]]);
  });

  it('tell when the units of each model last showed anything', async () => {
    view = sampleView({
      looks: () => [
        { controller: 'prod', model: 'data', seenAt: 5_000_500 },
        { controller: 'prod', model: 'web' },
      ],
    });
    expect(await named('holdfast_workload_last_look_timestamp_seconds')).toEqual([
      [{ controller: 'prod', target_model: 'data' }, 5000],
      [{ controller: 'prod', target_model: 'web' }, 0],
    ]);
  });

  it('never let a duration that is no time spoil a sum or stop the caller', async () => {
    metrics.telemetry.evaluated(-5);
    metrics.telemetry.evaluated(Number.NaN);
    expect(await named('holdfast_evaluation_duration_seconds_sum')).toEqual([[{}, 0]]);
    expect(await named('holdfast_evaluation_duration_seconds_count')).toEqual([[{}, 2]]);
  });

  it('follow the conventions: prefix, totals for counters, base units, no label that Prometheus or Juju sets', async () => {
    metrics.telemetry.cliCall('run', 'done', 1);
    const { types, samples } = await scrape();
    for (const [name, type] of types) {
      expect(name).toMatch(/^holdfast_[a-z][a-z0-9_]*[a-z0-9]$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
    const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
    for (const taken of [
      'job',
      'instance',
      'juju_model',
      'juju_model_uuid',
      'juju_application',
      'juju_unit',
    ]) {
      expect(labels).not.toContain(taken);
    }
  });

  it('carry hostile texts in no label but the names of controller, model and application, and there escaped', async () => {
    const hostile = 'evil"} 1\nholdfast_ready{x="\\';
    const target = {
      kind: 'unit',
      controller: hostile,
      model: hostile,
      application: hostile,
      unit: hostile,
    } as const;
    const evidence = [{ source: hostile, observedAt: hostile, seen: hostile, wanted: hostile }];
    show({ ...sampleFinding, title: hostile, message: hostile, reason: hostile, target, evidence });
    const { telemetry } = metrics;
    telemetry.drift(hostile);
    telemetry.fixed(hostile, 1);
    telemetry.controlFailed(hostile);
    telemetry.remediationEnded(hostile, hostile);
    telemetry.cliCall(hostile, hostile, 1);
    telemetry.probed(hostile);
    const { samples } = await scrape();
    const carrying = samples.flatMap(({ labels }) =>
      Object.entries(labels).flatMap(([label, value]) => (value.includes('evil') ? [label] : [])),
    );
    expect(new Set(carrying)).toEqual(new Set(['controller', 'target_model', 'target_application']));
    expect(samples.filter((sample) => sample.name === 'holdfast_ready')).toHaveLength(1);
    expect(await named('holdfast_probes_total')).toEqual([[{ answer: 'other' }, 1]]);
  });

  it('stay bounded when well-formed but ever new codes come in', async () => {
    const letters = (n: number): string => String(n).replace(/\d/g, (digit) => 'abcdefghij'.charAt(+digit));
    for (let n = 0; n < 5000; n += 1) {
      metrics.telemetry.remediationEnded('Failed', `Reason${n}`);
      metrics.telemetry.cliCall(letters(n), 'done', 1);
      metrics.telemetry.drift(`CONTROL-${n}`);
      metrics.telemetry.controlFailed(`CONTROL-${n}`);
    }
    expect((await named('holdfast_remediation_ends_total')).length).toBe(65);
    expect((await named('holdfast_cli_calls_total')).length).toBe(65);
    expect((await named('holdfast_drift_total')).length).toBe(1001);
    expect((await named('holdfast_control_failures_total')).length).toBe(1001);
  });

  it('make the report once for a scrape, and let it go afterwards', async () => {
    let made = 0;
    view = sampleView({
      report: () => {
        made += 1;
        return sampleReport();
      },
    });
    await metrics.text();
    expect(made).toBe(1);
    await metrics.text();
    expect(made).toBe(2);
  });

  it('belong to one daemon: two registries do not share counts', async () => {
    const second = createMetrics(() => view, clock);
    second.telemetry.probed('tls');
    expect(await named('holdfast_probes_total')).toEqual([]);
  });
});
