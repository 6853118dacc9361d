import { describe, expect, it } from '@jest/globals';
import { sampleReport } from '../../../test/support/report-samples.js';
import { noon, standingClock } from '../../../test/support/journal-samples.js';
import { instant } from '../../core/time.js';
import type { Shown } from './shown.js';
import { noteEvery, thinned, Trend, type TrendPoint } from './trend.js';

const day = 86_400_000;

/** A point every five minutes, from so many days ago to now. */
function every5Minutes(days: number): readonly TrendPoint[] {
  const count = Math.floor((days * day) / noteEvery);
  return Array.from({ length: count + 1 }, (_, n) => ({
    at: instant(noon - (count - n) * noteEvery),
    score: 50,
    short: 1,
  }));
}

function ageOf({ at }: TrendPoint): number {
  return (noon - Date.parse(at)) / day;
}

describe('the trend', () => {
  it('keeps all of a day, an hour’s first of a week, two a day of three months, and nothing before', () => {
    const kept = thinned(every5Minutes(200), noon);
    const within = (from: number, to: number): number =>
      kept.filter((point) => ageOf(point) > from && ageOf(point) <= to).length;
    expect([within(-1, 1), within(1, 7), within(7, 92), within(92, 1000)]).toEqual([289, 144, 170, 0]);
  });

  it('is as it is when it is thinned again, and never loses the newest', () => {
    const once = thinned(every5Minutes(30), noon);
    expect(thinned(once, noon)).toEqual(once);
    expect(thinned(every5Minutes(30), noon).at(-1)?.at).toBe(instant(noon));
  });

  it('leaves out what a clock that was set back has put into the future', () => {
    const ahead = { at: instant(noon + day), score: 1, short: 1 };
    expect(thinned([ahead], noon)).toEqual([]);
  });

  it('notes nothing before anything was judged, and saves what it notes', () => {
    const saved: (readonly TrendPoint[])[] = [];
    const store = { load: () => [], save: (points: readonly TrendPoint[]) => void saved.push(points) };
    const trend = new Trend(standingClock(), store);
    trend.note({ report: sampleReport([]) } as unknown as Shown);
    expect([trend.points(), saved]).toEqual([[], []]);
    trend.note({ report: sampleReport() } as unknown as Shown);
    expect(trend.points()).toEqual([{ at: instant(noon), score: 62.5, short: 0 }]);
    expect(saved).toEqual([trend.points()]);
  });
});
