import type { DaemonView } from '../core/ports/index.js';

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric whose samples are read from the daemon at each scrape. */
export interface Sampled {
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly read: (view: DaemonView) => readonly Sample[];
}

/**
 * The metric in Prometheus' text format. Written here and not by the library, which would keep every sample until the
 * next scrape and take many times as long. `view` undefined: a metric without labels reads 0, all others have no samples.
 */
export function sampledText(
  type: 'gauge' | 'counter',
  { name, help, labelNames, read }: Sampled,
  view: DaemonView | undefined,
): string {
  const full = `holdfast_${name}`;
  const lines = [`# HELP ${full} ${help}`, `# TYPE ${full} ${type}`];
  for (const { labels, value } of view === undefined ? unread(labelNames) : read(view))
    lines.push(`${full}${labelText(labels)} ${numberText(value)}`);
  return `${lines.join('\n')}\n`;
}

function unread(labelNames: readonly string[]): readonly Sample[] {
  return labelNames.length === 0 ? [{ labels: {}, value: 0 }] : [];
}

function labelText(labels: Sample['labels']): string {
  let text = '';
  for (const name in labels) text += `${text === '' ? '{' : ','}${name}="${escaped(labels[name] ?? '')}"`;
  return text === '' ? '' : `${text}}`;
}

function escaped(value: string): string {
  return /[\\"\n]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    : value;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
