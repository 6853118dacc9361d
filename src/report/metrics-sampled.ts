import { Counter, Gauge, type Registry } from 'prom-client';
import type { DaemonView } from '../core/ports/index.js';

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric whose samples are read from the daemon at each scrape. Handing the same array out again means: no change. */
export interface Sampled {
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly read: (view: DaemonView) => readonly Sample[];
}

type View = () => DaemonView | undefined;
const none: readonly Sample[] = [];

export function sampledGauge(registry: Registry, view: View, metric: Sampled): void {
  let shown = none;
  const gauge = new Gauge({
    ...description(registry, metric),
    collect: () => {
      const samples = samplesOf(view, metric);
      if (samples === shown) return;
      gauge.reset();
      for (const { labels, value } of samples) gauge.set(labels, value);
      shown = samples;
    },
  });
}

/** For totals that another part counts itself. */
export function sampledCounter(registry: Registry, view: View, metric: Sampled): void {
  const counter = new Counter({
    ...description(registry, metric),
    collect: () => {
      counter.reset();
      for (const { labels, value } of samplesOf(view, metric)) counter.inc(labels, value);
    },
  });
}

function samplesOf(view: View, metric: Sampled): readonly Sample[] {
  const daemon = view();
  return daemon === undefined ? none : metric.read(daemon);
}

function description(
  registry: Registry,
  { name, help, labelNames }: Sampled,
): { name: string; help: string; labelNames: readonly string[]; registers: Registry[] } {
  return { name: `holdfast_${name}`, help, labelNames, registers: [registry] };
}
