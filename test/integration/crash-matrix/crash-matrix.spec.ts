import { afterAll, describe, expect, it } from '@jest/globals';
import { kinds, type Kind } from './kinds.js';
import { crashMatrix, type MatrixResult } from './matrix.js';
import { tableOf, targets } from './table.js';

/** The whole matrix takes ten minutes: without CRASH_MATRIX=all those kinds and writes that differ most. */
const isWhole = process.env['CRASH_MATRIX'] === 'all';
const few = ['integrate', 'set-model-config', 'set-once', 'disable-user'];
const decisive = ['after intent', 'after spawned', 'before exited', 'before verified'];
const chosen = kinds.filter(({ name }) => isWhole || few.includes(name));
const results: MatrixResult[] = [];

afterAll(() => {
  console.log(tableOf(chosen, results));
});

describe('a daemon that is killed on the way of every kind of action', () => {
  it.each(targets.filter((target) => isWhole || decisive.includes(target)))(
    'at its write, %s, ends them all, and does nothing that the journal does not know',
    async (target) => {
      const result = await crashMatrix({ kinds: chosen, target });
      results.push(result);
      expect(result.deaths.toSorted()).toEqual(chosen.map(({ name }) => name).toSorted());
      expect(result.chain).toBe('whole');
      expect(chosen.flatMap((kind) => unfinished(kind, result))).toEqual([]);
      expect(unexplained(result)).toEqual([]);
      expect(chosen.flatMap((kind) => repeated(kind, result))).toEqual([]);
    },
    300_000,
  );
});

/** Where it stands if it did not come to its end: put right, or with a person where a second call could do harm. */
function unfinished({ name, once, action }: Kind, { remediations }: MatrixResult): readonly string[] {
  const own = remediations.filter((each) => JSON.stringify(each.action.args) === JSON.stringify(action));
  const ends = once === true ? ['Succeeded', 'NeedsReview'] : ['Succeeded'];
  if (own.some(({ state }) => ends.includes(state))) return [];
  return [`${name}: ${own.map(({ state, reason }) => `${state} (${reason})`).join(', ')}`];
}

/** Calls beyond those that the journal knows of. */
function unexplained({ calls, steps }: MatrixResult): readonly string[] {
  return [...new Set(calls)].flatMap((call) => {
    const made = calls.filter((each) => each === call).length;
    const noted = steps.filter(({ argv }) => argv.slice(1).join(' ') === call).length;
    return made <= noted ? [] : [`${call}: called ${made} times, ${noted} in the journal`];
  });
}

function repeated({ name, once }: Kind, { calls }: MatrixResult): readonly string[] {
  const made = calls.filter((call) => call.includes(`admin/${name} `)).length;
  return once === true && made > 1 ? [`${name}: called ${made} times`] : [];
}
