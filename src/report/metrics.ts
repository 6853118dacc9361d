import { Registry, collectDefaultMetrics } from 'prom-client';
import type { Clock, DaemonView, Telemetry } from '../core/ports/index.js';
import { connectionCounters, daemonMetrics } from './metrics-daemon.js';
import { kubeCounters, kubeMetrics } from './metrics-kube.js';
import { findingMetrics } from './metrics-findings.js';
import { sampledCounter, sampledGauge } from './metrics-sampled.js';
import { railMetrics } from './metrics-rails.js';
import { reportSinkCounters, reportSinkMetrics } from './metrics-reports.js';
import { sharingMetrics } from './metrics-sharing.js';
import { createTelemetry } from './metrics-telemetry.js';

export interface Metrics {
  readonly telemetry: Telemetry;
  /** All metrics in Prometheus' text format, read at this moment. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Metrics of one daemon in a registry of their own. While `view` gives nothing, only what was counted is shown. */
export function createMetrics(view: () => DaemonView | undefined, clock: Clock): Metrics {
  const registry = new Registry();
  const gauges = [
    ...findingMetrics(),
    ...daemonMetrics(clock),
    ...kubeMetrics(),
    ...reportSinkMetrics(),
    ...railMetrics(),
    ...sharingMetrics(),
  ];
  for (const metric of gauges) sampledGauge(registry, view, metric);
  for (const metric of [...connectionCounters(), ...kubeCounters(), ...reportSinkCounters()])
    sampledCounter(registry, view, metric);
  collectDefaultMetrics({ register: registry, prefix: 'holdfast_' });
  return {
    telemetry: createTelemetry(registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
