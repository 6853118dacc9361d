import { Registry, collectDefaultMetrics } from 'prom-client';
import type { Clock, DaemonView, Telemetry } from '../core/ports/index.js';
import type { Report } from '../core/report/types.js';
import { connectionCounters, connectionMetrics } from './metrics-connections.js';
import { daemonMetrics } from './metrics-daemon.js';
import { expiryMetrics } from './metrics-expiries.js';
import { kubeCounters, kubeMetrics } from './metrics-kube.js';
import { findingMetrics } from './metrics-findings.js';
import { notifyCounters, notifyMetrics } from './metrics-notify.js';
import { observabilityCounters, observabilityMetrics } from './metrics-observability.js';
import { sampledText } from './metrics-sampled.js';
import { railMetrics } from './metrics-rails.js';
import { reportSinkCounters, reportSinkMetrics } from './metrics-reports.js';
import { lookMetrics } from './metrics-looks.js';
import { scoreMetrics } from './metrics-scores.js';
import { sharingMetrics } from './metrics-sharing.js';
import { createTelemetry } from './metrics-telemetry.js';

export interface Metrics {
  readonly telemetry: Telemetry;
  /** All metrics in Prometheus' text format, read at this moment. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Metrics of one daemon. While `view` gives nothing, only what was counted is shown. */
export function createMetrics(view: () => DaemonView | undefined, clock: Clock): Metrics {
  const registry = new Registry();
  const gauges = [
    ...findingMetrics(),
    ...scoreMetrics(),
    ...expiryMetrics(),
    ...daemonMetrics(clock),
    ...connectionMetrics(),
    ...kubeMetrics(),
    ...observabilityMetrics(),
    ...lookMetrics(),
    ...reportSinkMetrics(),
    ...notifyMetrics(),
    ...railMetrics(),
    ...sharingMetrics(),
  ];
  const counters = [
    ...connectionCounters(),
    ...kubeCounters(),
    ...observabilityCounters(),
    ...reportSinkCounters(),
    ...notifyCounters(),
  ];
  processMetrics(registry);
  return {
    telemetry: createTelemetry(registry),
    text: async () => {
      const seen = withOneReport(view());
      return [
        ...gauges.map((metric) => sampledText('gauge', metric, seen)),
        ...counters.map((metric) => sampledText('counter', metric, seen)),
        await registry.metrics(),
      ].join('\n');
    },
    contentType: registry.contentType,
  };
}

/** Many metrics read the report, which is made anew whenever it is asked for: once for a scrape is enough. */
function withOneReport(view: DaemonView | undefined): DaemonView | undefined {
  if (view === undefined) return undefined;
  let report: Report | undefined;
  return { ...view, report: () => (report ??= view.report()) };
}

/** What the library tells of the process, but for the gauges that it calls totals: they are told without, too. */
function processMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, prefix: 'holdfast_' });
  for (const kind of ['handles', 'requests', 'resources'])
    registry.removeSingleMetric(`holdfast_nodejs_active_${kind}_total`);
}
