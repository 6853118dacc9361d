import type { Outcome, Severity } from '../outcome.js';

const weights: Readonly<Record<Severity, number>> = { critical: 20, high: 10, medium: 5, low: 2, info: 0 };
const weighed: Readonly<Record<Outcome, boolean>> = {
  pass: true,
  fail: true,
  inconsistent: true,
  unknown: true,
  manual: false,
  'not-applicable': false,
};

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

/** How much a judgement counts, whatever it says; 0 where there is nothing to be scored. */
export function weightOf(severity: Severity, outcome: Outcome): number {
  return weighed[outcome] ? weights[severity] : 0;
}

export function weigh(scale: Scale, weight: number, outcome: Outcome): void {
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
    if (!waived) weigh(scale, weightOf(severity, outcome), outcome);
  }
  return scoreOn(scale);
}
