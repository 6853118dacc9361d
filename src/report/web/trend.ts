/** How the score went: a point now and then, kept for three months. */
import type { Instant } from '../../core/fact.js';
import type { Clock } from '../../core/ports/index.js';
import { instant, millis } from '../../core/time.js';
import type { Shown } from './shown.js';

export interface TrendPoint {
  readonly at: Instant;
  /** 0 to 100; null when there was nothing to weigh. */
  readonly score: number | null;
  /** Violations that are not waived. */
  readonly short: number;
}

/** Where the points survive the process. Neither throws. */
export interface TrendStore {
  load(): readonly TrendPoint[];
  save(points: readonly TrendPoint[]): void;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** A point is noted so often, ms. */
export const noteEvery = 5 * minute;
/** Points older than this are thinned out to one in so long; what is older still is forgotten. */
const thinning = [
  { olderThan: day, every: 60 * minute },
  { olderThan: 7 * day, every: 12 * 60 * minute },
] as const;
const keptFor = 92 * day;

export class Trend {
  readonly #clock: Clock;
  readonly #store: TrendStore | undefined;
  #points: readonly TrendPoint[];

  constructor(clock: Clock, store?: TrendStore) {
    this.#clock = clock;
    this.#store = store;
    this.#points = store?.load() ?? [];
  }

  /** Oldest first. */
  points(): readonly TrendPoint[] {
    return this.#points;
  }

  /** Notes how it stands now, unless nothing has been judged yet. */
  note({ report: { summary, findings } }: Shown): void {
    if (findings.length === 0) return;
    const now = this.#clock.now();
    const short = Object.values(summary.bySeverity).reduce((sum, count) => sum + count, 0);
    this.#points = thinned([...this.#points, { at: instant(now), score: summary.score, short }], now);
    this.#store?.save(this.#points);
  }
}

/** Keeps of each span the first point; the newest stays in any case. */
export function thinned(points: readonly TrendPoint[], now: number): readonly TrendPoint[] {
  const kept: TrendPoint[] = [];
  let slot = '';
  for (const point of points) {
    const age = now - millis(point.at);
    if (!(age >= 0 && age <= keptFor)) continue;
    const every = thinning.findLast(({ olderThan }) => age > olderThan)?.every ?? noteEvery / 2;
    const own = `${every}:${Math.floor(millis(point.at) / every)}`;
    if (own === slot && point !== points.at(-1)) continue;
    slot = own;
    kept.push(point);
  }
  return kept;
}
