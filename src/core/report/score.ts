import type { Outcome, Severity } from '../outcome.js';

const weights: Readonly<Record<Severity, number>> = { critical: 20, high: 10, medium: 5, low: 2, info: 0 };
const weighed: ReadonlySet<Outcome> = new Set(['pass', 'fail', 'inconsistent', 'unknown']);

/** What a score goes by. */
export interface Weighed {
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly waived: boolean;
}

/** 100 · weight of passes / weight of all that was judged and is not waived; null when there is nothing to weigh. */
export function scoreOf<T>(items: Iterable<T>, read: (item: T) => Weighed): number | null {
  let passed = 0;
  let all = 0;
  for (const item of items) {
    const { severity, outcome, waived } = read(item);
    if (waived || !weighed.has(outcome)) continue;
    const weight = weights[severity];
    all += weight;
    if (outcome === 'pass') passed += weight;
  }
  return all === 0 ? null : Math.round((1000 * passed) / all) / 10;
}
