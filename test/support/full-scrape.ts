/** A scrape in which every metric has a sample: what rules, dashboards and the documentation may speak of. */
import type { DaemonView, HeldStep } from '../../src/core/ports/index.js';
import { createMetrics } from '../../src/report/metrics.js';
import { virtualClock } from '../../src/simulator/virtual-clock.js';
import { findingOf } from './report-estate.js';
import { sampleReport, sampleView } from './report-samples.js';
import { parseScrape } from './scrape.js';

const end = '2027-01-01T00:00:00Z';
const terms = { id: 'w', kind: 'waived', owner: 'ops', reason: 'r', expiresAt: end } as const;
const held: HeldStep = {
  planHash: 'p',
  actionId: 'a',
  target: { kind: 'model', controller: 'prod', model: 'data' },
  rail: 'approval',
  state: 'WaitingApproval',
  reason: 'ApprovalNeeded',
  first: true,
};

function fullView(): DaemonView {
  const findings = [
    findingOf({}),
    findingOf({}, { control: 'ETCD-ENC-02', outcome: 'pass' }),
    findingOf({}, { control: 'ETCD-ENC-03', waiver: { ...terms, state: 'active' } }),
  ];
  const ledger = { ...terms, state: 'active', message: 'm', match: {}, matched: 1, covers: 1 } as const;
  const report = { ...sampleReport(findings), waivers: [ledger] };
  const changes = { lists: 1, reconnects: 0, silences: 0, changes: 1 };
  return sampleView({
    report: () => report,
    clusters: () => [
      {
        cluster: 'k8s',
        connected: true,
        ageSeconds: 1,
        watches: [{ resource: 'pods', namespace: 'data', ...changes }],
      },
    ],
    held: () => [held],
    sharing: () => ({
      unit: 'holdfast/0',
      members: ['holdfast/0'],
      parts: 1,
      held: ['0'],
      states: { held: 1, opening: 0, closing: 0, other: 0, free: 0 },
    }),
    reportSinks: () => [
      {
        ...{ cluster: 'k8s', troubles: [], reports: 1, bytes: 1, leftOut: 0, written: 1, deleted: 0 },
        ...{ failed: 0, events: 1, eventsFailed: 0, eventsDropped: 0 },
      },
    ],
    notifiers: () => [
      {
        ...{ target: 'oncall', type: 'webhook', waiting: 1, oldest: 1, open: 1 },
        ...{ delivered: 1, failed: 0, refused: 0, dropped: 0 },
      },
    ],
    looks: () => [{ controller: 'prod', model: 'data', seenAt: 1000 }],
    stacks: () => [
      {
        ...{ stack: 'cos', ageSeconds: 1 },
        parts: [{ part: 'prometheus', reachable: true, requests: 1, errors: 0 }],
      },
    ],
    certificates: () => [
      { controller: 'prod', model: 'data', application: 'etcd', notBefore: 1000, notAfter: Date.parse(end) },
    ],
  });
}

/** The text as Prometheus gets it. */
export async function fullScrape(): Promise<string> {
  const view = fullView();
  const metrics = createMetrics(() => view, virtualClock());
  const { telemetry } = metrics;
  telemetry.reconciled('done', 0.1);
  telemetry.evaluated(0.001);
  telemetry.drift('ETCD-ENC-01');
  telemetry.fixed('ETCD-ENC-01', 20);
  telemetry.controlFailed('ETCD-ENC-01');
  telemetry.remediationEnded('Succeeded', 'Verified');
  telemetry.cliCall('integrate', 'done', 1);
  telemetry.probed('tls');
  telemetry.looked('seen', 1);
  return metrics.text();
}

export interface MetricShape {
  readonly type: string;
  readonly labels: ReadonlySet<string>;
}

/** Every name that a query may use, with its labels; those of a histogram's parts among them. */
export async function shapesOfMetrics(): Promise<ReadonlyMap<string, MetricShape>> {
  const { types, samples } = parseScrape(await fullScrape());
  const shapes = new Map<string, { type: string; labels: Set<string> }>();
  for (const [name, type] of types) if (type !== 'histogram') shapes.set(name, { type, labels: new Set() });
  for (const { name, labels } of samples) {
    const shape = shapes.get(name) ?? { type: 'histogram', labels: new Set<string>() };
    for (const label of Object.keys(labels)) shape.labels.add(label);
    shapes.set(name, shape);
  }
  return shapes;
}
