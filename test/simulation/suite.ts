/** One half of the runs that `make test` makes: two workers share them. */
import { afterAll, expect, it } from '@jest/globals';
import { optionsOf } from './main.js';
import { commandFor } from './shrink.js';
import { simulate, type Outcome } from './simulation.js';
import { Summary } from './summary.js';

/** Always the same ones, and a few that nobody has seen before; of both sorts every half has as many. */
const fixed = 80;
const fresh = 5;
/** A busy machine gets through fewer of them in this time, ms. */
const budget = 75_000;

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
    `breaks no invariant in ${fixed} fixed runs and ${fresh} fresh ones`,
    async () => {
      const first = freshSeed(half);
      console.log(`fresh seeds: ${count(first, fresh).join(', ')}`);
      const others = inTurns(count(half === 'odd' ? 1 : 2, fixed), count(first, fresh));
      expect(await breaksIn([...telling[half], ...others], summary)).toEqual([]);
    },
    budget + 20_000,
  );
}

async function breaksIn(seeds: readonly number[], summary: Summary): Promise<readonly string[]> {
  const broken: string[] = [];
  const end = performance.now() + budget;
  for (const seed of seeds) {
    if (performance.now() > end) break;
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

/** Every other one. */
function count(first: number, many: number): readonly number[] {
  return Array.from({ length: many }, (_, index) => first + 2 * index);
}

/** The fresh ones spread among the fixed ones, so that both come their turn on a slow machine. */
function inTurns(old: readonly number[], young: readonly number[]): readonly number[] {
  const every = Math.floor(old.length / young.length);
  return old.flatMap((seed, index) => {
    const guest = index % every === 0 ? young[index / every] : undefined;
    return guest === undefined ? [seed] : [guest, seed];
  });
}

/** From the clock: the run that found something prints it. */
function freshSeed(half: Half): number {
  const seconds = Math.floor(Date.now() / 1000) % 500_000_000;
  return 1_000_000 + 2 * seconds + (half === 'odd' ? 1 : 0);
}
