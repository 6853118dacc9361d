import { describe, expect, it } from '@jest/globals';
import type { ActionType } from '../../../src/core/action/action.js';
import { flows } from './flows.js';
import { unexplained } from './house.js';
import { kinds, type Kind } from './kinds.js';
import { crashMatrix, type MatrixResult } from './matrix.js';
import { put } from './put.js';
import { remediationsOf, tableOf, targets } from './table.js';

/** The whole matrix takes a quarter of an hour: without CRASH_MATRIX=all two kinds that differ, at the write that tells most. */
const isWhole = process.env['CRASH_MATRIX'] === 'all';
const few = ['set-model-config', 'set-once'];
const decisive = ['after intent'];
/** A kind of action that is new has to be added here, and to the matrix. */
const everyType: Readonly<Record<ActionType, true>> = {
  integrate: true,
  'remove-relation': true,
  'set-config': true,
  'reset-config': true,
  'set-model-config': true,
  'reset-model-config': true,
  'set-controller-config': true,
  'disable-user': true,
  'enable-user': true,
  revoke: true,
  grant: true,
  'revoke-cloud': true,
  'grant-cloud': true,
  'disable-command': true,
  'enable-command': true,
  expose: true,
  unexpose: true,
  'remove-trust': true,
  trust: true,
  'run-action': true,
  refresh: true,
  'rotate-user-password': true,
  'rotate-system-users': true,
};
const chosen = kinds.filter(({ name }) => isWhole || few.includes(name));
const results: MatrixResult[] = [];

describe('a daemon that is killed on the way of every kind of action', () => {
  it.each(targets.filter((target) => isWhole || decisive.includes(target)))(
    'at its write, %s, ends them all, and does nothing that the journal does not know',
    async (target) => {
      const result = await crashMatrix({ kinds: chosen, target });
      results.push(result);
      if (isWhole) put('kinds', ['## Actions of one process', '', tableOf(chosen, results), ''].join('\n'));
      expect(result.deaths.map(({ kind }) => kind).toSorted()).toEqual(
        chosen.map(({ name }) => name).toSorted(),
      );
      expect(result.chain).toBe('whole');
      expect(chosen.flatMap((kind) => unfinished(kind, result))).toEqual([]);
      expect(unexplained(result.calls, result.steps)).toEqual([]);
      expect(chosen.flatMap((kind) => repeated(kind, result))).toEqual([]);
    },
    600_000,
  );
});

describe('the matrix', () => {
  it.each(Object.keys(everyType))('has the action %s', (type) => {
    const own: readonly string[] = kinds.map(({ action }) => action.type);
    expect([...own, ...flows.flatMap(({ types }) => types)]).toContain(type);
  });
});

/** Where it stands if it did not come to its end: put right, or with a person where a second call could do harm. */
function unfinished(kind: Kind, result: MatrixResult): readonly string[] {
  const own = remediationsOf(kind, result);
  const ends = kind.once === true ? ['Succeeded', 'NeedsReview'] : ['Succeeded'];
  if (own.some(({ state }) => ends.includes(state))) return [];
  return [`${kind.name}: ${own.map(({ state, reason }) => `${state} (${reason})`).join(', ')}`];
}

function repeated({ name, once }: Kind, { calls }: MatrixResult): readonly string[] {
  const made = calls.filter((call) => call.includes(`admin/${name} `)).length;
  return once === true && made > 1 ? [`${name}: called ${made} times`] : [];
}
