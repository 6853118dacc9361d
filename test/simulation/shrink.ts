/** Leaves out incidents as long as the same invariant breaks in the same way. */
import type { Outcome } from './simulation.js';

export interface Shrunk {
  readonly smaller: Outcome;
  /** Shows exactly this run. */
  readonly command: string;
}

/** Runs that shrinking may take. */
const mostRuns = 60;

export async function shrunk(
  outcome: Outcome,
  simulate: (keep: ReadonlySet<number>) => Promise<Outcome>,
): Promise<Shrunk> {
  let smaller = outcome;
  let runs = 0;
  for (
    let size = Math.ceil(outcome.incidents.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < smaller.incidents.length && runs < mostRuns;) {
      const ids = smaller.incidents.map(({ id }) => id);
      const keep = new Set([...ids.slice(0, from), ...ids.slice(from + size)]);
      runs += 1;
      const tried = await simulate(keep);
      if (isSame(outcome, tried)) smaller = tried;
      else from += size;
    }
  }
  return { smaller, command: commandFor(smaller, outcome) };
}

function isSame(a: Outcome, b: Outcome): boolean {
  const [one, other] = [a.violations[0], b.violations[0]];
  return one !== undefined && one.invariant === other?.invariant && one.rule === other.rule;
}

export function commandFor(smaller: Outcome, whole: Outcome): string {
  const ids = smaller.incidents.map(({ id }) => id);
  // None at all is told by an id that there is not.
  const keep =
    ids.length === whole.incidents.length ? '' : ` KEEP=${ids.length === 0 ? '-1' : ids.join(',')}`;
  return `make simulate SEED=${smaller.seed}${keep}`;
}
