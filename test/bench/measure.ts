/** What repeated runs took, in milliseconds. */
export interface Sample {
  readonly median: number;
  /** First and last decile. */
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

export function sampleOf(times: readonly number[]): Sample {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN;
  return { median: at(0.5), low: at(0.1), high: at(0.9), runs: sorted.length };
}

/** Wall time of several works, run in turns so that they share whatever else the machine does meanwhile. */
export function inTurns<K extends string>(
  works: Readonly<Record<K, () => unknown>>,
  runs: number,
): Record<K, Sample> {
  const names = Object.keys(works) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) {
      const begin = performance.now();
      works[name]();
      times[name].push(performance.now() - begin);
    }
  }
  return Object.fromEntries(names.map((name) => [name, sampleOf(times[name])])) as Record<K, Sample>;
}

/** One line of the table. */
export interface Result {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly within: boolean;
  readonly figures: Readonly<Record<string, number | Sample>>;
}

export function ms(sample: Sample): string {
  return `${sample.median.toFixed(1)} ms (${sample.low.toFixed(1)}–${sample.high.toFixed(1)})`;
}
