/** One half of the runs that `make test` makes: two workers share them. `make simulate SEEDS=1000` makes more. */
import { afterAll, expect, it } from '@jest/globals';
import { optionsOf } from './main.js';
import { commandFor } from './shrink.js';
import { simulate, type Outcome } from './simulation.js';
import { Summary } from './summary.js';

/** Always the same ones; new ones are looked for by `make simulate SEEDS=1000 FIRST=5000`. */
const fixed = 30;
/** They compute for half a minute, ms: nothing is waited for, and a busy machine gets through them, too. */
const longest = 1_800_000;

export type Half = 'even' | 'odd';

/** Seeds that found a fault once: each run sees that it stays mended. */
const telling: Readonly<Record<Half, readonly number[]>> = {
  even: [316, 1740, 6844, 8290],
  odd: [799, 3749, 5533, 7383, 9593],
};

export function simulates(half: Half): void {
  const summary = new Summary();
  afterAll(() => {
    console.log(summary.text());
  });
  it(
    `breaks no invariant in ${fixed} runs, nor in those that once did`,
    async () => {
      const seeds = [...telling[half], ...everyOther(half === 'odd' ? 1 : 2, fixed)];
      expect(await breaksIn(seeds, summary)).toEqual([]);
    },
    longest,
  );
}

async function breaksIn(seeds: readonly number[], summary: Summary): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const seed of seeds) {
    const outcome = await simulate(optionsOf(seed));
    summary.add(outcome);
    broken.push(...breaks(outcome));
  }
  return broken;
}

function breaks(outcome: Outcome): readonly string[] {
  const [first] = outcome.violations;
  if (first === undefined) return [];
  return [`${commandFor(outcome, outcome)}: invariant ${first.invariant}, ${first.rule}: ${first.text}`];
}

function everyOther(first: number, many: number): readonly number[] {
  return Array.from({ length: many }, (_, index) => first + 2 * index);
}
