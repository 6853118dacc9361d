/** What repeated runs took, in milliseconds. */
export interface Sample {
  readonly median: number;
  /** First and last decile. */
  readonly low: number;
  readonly high: number;
  /** The quickest: what it takes when nobody else wants the machine. */
  readonly least: number;
  readonly runs: number;
}

/** How many times as long as another work one took, run by run side by side. */
export type Ratio = Sample;

export function sampleOf(times: readonly number[]): Sample {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN;
  return { median: at(0.5), low: at(0.1), high: at(0.9), least: at(0), runs: sorted.length };
}

/** Each time divided by the one of the same round; `least` by the quickest of each, which noise moves the least. */
export function ratioOf(times: readonly number[], to: readonly number[]): Ratio {
  const ratio = sampleOf(times.map((time, round) => time / (to[round] ?? NaN)));
  return { ...ratio, least: Math.min(...times) / Math.min(...to) };
}

/**
 * Wall times (ms) of several works, run in turns so that they share whatever else the machine does meanwhile; every other
 * round in reverse, so that none always comes after the same.
 */
export function timesInTurns<K extends string>(
  works: Readonly<Record<K, () => unknown>>,
  runs: number,
): Record<K, number[]> {
  const names = Object.keys(works) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let run = 0; run < runs; run += 1) {
    for (const name of run % 2 === 0 ? names : names.toReversed()) {
      const begin = performance.now();
      works[name]();
      times[name].push(performance.now() - begin);
    }
  }
  return times;
}

/** One line of the table. */
export interface Result {
  /** Stable, for comparing runs. */
  readonly id: string;
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  /** Undefined where there is no budget, or nothing was measured. */
  readonly within?: boolean;
  readonly figures: Readonly<Record<string, number | Sample>>;
}

export function ms(sample: Sample): string {
  return `${short(sample.median)} ms (${short(sample.low)}–${short(sample.high)})`;
}

export function times(ratio: Ratio): string {
  return `${short(ratio.median)} × (${short(ratio.low)}–${short(ratio.high)}, least ${short(ratio.least)})`;
}

/** Three digits are as many as a shared machine can tell. */
export function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
