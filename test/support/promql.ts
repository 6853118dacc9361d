/** What a PromQL query speaks of, as far as it can be told without parsing it: `promtool` does that in `make e2e`. */
import type { MetricShape } from './full-scrape.js';

export interface Spoken {
  readonly metric: string;
  /** Labels that its selector asks for. */
  readonly labels: readonly string[];
}

const quoted = /"(?:[^"\\]|\\.)*"/g;

/** The metrics of a query with the labels that are asked for. */
export function metricsIn(query: string): readonly Spoken[] {
  const bare = namesWritten(query).replace(quoted, '""');
  return [...bare.matchAll(/\b((?:holdfast|etcd|grpc|process)_\w+)\s*(?:\{([^}]*)\})?/g)].flatMap((match) => {
    const labels = (match[2] ?? '').split(',').flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []);
    return isGrouped(bare, match.index) ? [] : [{ metric: match[1] ?? '', labels }];
  });
}

/** `{__name__=~"a|b", c="d"}` as a selector of each. */
function namesWritten(query: string): string {
  return query.replace(/\{__name__=~"([\w|]+)",? ?([^}]*)\}/g, (_, names: string, rest: string) =>
    names
      .split('|')
      .map((name) => `${name}{${rest}}`)
      .join(' or '),
  );
}

/** Labels by which it sums up and joins. */
export function groupingsIn(query: string): readonly string[] {
  return [...query.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)].flatMap((match) =>
    (match[1] ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])),
  );
}

/** A label's name may look like a metric's: `grpc_code`. */
function isGrouped(query: string, index: number): boolean {
  return (
    /\b(?:by|without|on|ignoring)\s*\([^)]*$/.test(query.slice(0, index)) ||
    /\{[^}]*$/.test(query.slice(0, index))
  );
}

/** What is wrong with a query, held against the metrics that there are; empty when nothing is. */
export function mistakesIn(query: string, shapes: ReadonlyMap<string, MetricShape>): readonly string[] {
  const spoken = metricsIn(query);
  const known = new Set(spoken.flatMap(({ metric }) => [...(shapes.get(metric)?.labels ?? [])]));
  return [
    ...spoken.filter(({ metric }) => !shapes.has(metric)).map(({ metric }) => `there is no ${metric}`),
    ...spoken.flatMap(({ metric, labels }) =>
      labels
        .filter((label) => shapes.get(metric)?.labels.has(label) === false)
        .map((label) => `${metric} has no label ${label}`),
    ),
    ...groupingsIn(query)
      .filter((label) => !known.has(label))
      .map((label) => `nothing in it has a label ${label}`),
  ];
}
