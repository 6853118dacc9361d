/** How well reports get into clusters, and how much of it. Labels name clusters alone. */
import type { DaemonView } from '../core/ports/index.js';
import type { ReportSinkHealth } from '../core/ports/report-sink.js';
import { nameLabel } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

export function reportSinkMetrics(): readonly Sampled[] {
  return [
    perSink('reports_trouble', '1 while not all reports and Events get into the cluster.', ({ troubles }) =>
      Number(troubles.length > 0),
    ),
    perSink('reports', 'Reports of ours in the cluster.', ({ reports }) => reports),
    perSink('reports_bytes', 'Their bytes, as sent.', ({ bytes }) => bytes),
    perSink('reports_results_left_out', 'Results that did not fit into them.', ({ leftOut }) => leftOut),
  ];
}

/** Totals that the sinks count themselves. */
export function reportSinkCounters(): readonly Sampled[] {
  return [
    perOutcome('reports_requests_total', 'Requests on reports in the cluster.', (health) => {
      const { written, deleted, failed } = health;
      return { written, deleted, failed };
    }),
    perOutcome(
      'events_total',
      'Events of the cluster: told, failed, or left out because they were too many at once.',
      ({ events, eventsFailed, eventsDropped }) => ({
        told: events,
        failed: eventsFailed,
        dropped: eventsDropped,
      }),
    ),
  ];
}

function perSink(name: string, help: string, read: (health: ReportSinkHealth) => number): Sampled {
  return {
    name: `kube_${name}`,
    help,
    labelNames: ['cluster'],
    read: (view) =>
      sinksOf(view).map((health) => ({
        labels: { cluster: nameLabel(health.cluster) },
        value: read(health),
      })),
  };
}

function perOutcome(
  name: string,
  help: string,
  read: (health: ReportSinkHealth) => Readonly<Record<string, number>>,
): Sampled {
  const samples = (health: ReportSinkHealth): readonly Sample[] =>
    Object.entries(read(health)).map(([outcome, value]) => ({
      labels: { cluster: nameLabel(health.cluster), outcome },
      value,
    }));
  return {
    name: `kube_${name}`,
    help,
    labelNames: ['cluster', 'outcome'],
    read: (view) => sinksOf(view).flatMap(samples),
  };
}

function sinksOf(view: DaemonView): readonly ReportSinkHealth[] {
  return view.reportSinks?.() ?? [];
}
