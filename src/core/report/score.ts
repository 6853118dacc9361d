import type { Outcome, Severity } from '../outcome.js';

const weights: Readonly<Record<Severity, number>> = { critical: 20, high: 10, medium: 5, low: 2, info: 0 };
const weighed: ReadonlySet<Outcome> = new Set(['pass', 'fail', 'inconsistent', 'unknown']);

/** What a score goes by. */
export interface Weighed {
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly waived: boolean;
}

/** What has been weighed so far. */
export interface Scale {
  passed: number;
  all: number;
}

export function newScale(): Scale {
  return { passed: 0, all: 0 };
}

export function weigh(scale: Scale, severity: Severity, outcome: Outcome): void {
  if (!weighed.has(outcome)) return;
  const weight = weights[severity];
  scale.all += weight;
  if (outcome === 'pass') scale.passed += weight;
}

/** 100 · weight of passes / weight of all that was judged and is not waived; null when there is nothing to weigh. */
export function scoreOn({ passed, all }: Scale): number | null {
  return all === 0 ? null : Math.round((1000 * passed) / all) / 10;
}

/** The score of items of any kind. */
export function scoreOf<T>(items: Iterable<T>, read: (item: T) => Weighed): number | null {
  const scale = newScale();
  for (const item of items) {
    const { severity, outcome, waived } = read(item);
    if (!waived) weigh(scale, severity, outcome);
  }
  return scoreOn(scale);
}
