/** Everything that reads what others wrote, for a moment each: what once broke it, what it is for, and changes of both. */
import { beforeAll, describe, expect, it, test } from '@jest/globals';
import { corpusFolders } from '../fuzz/corpus.js';
import { line } from '../fuzz/main.js';
import type { Figures } from '../fuzz/session.js';
import { supervise } from '../fuzz/supervise.js';
import { targets } from '../fuzz/targets.js';

const names = targets.map(({ name }) => name);
/** ms for each target; `make fuzz` has minutes. */
const moment = 80;
let all: readonly Figures[] = [];

beforeAll(async () => {
  all = await supervise(names, { seed: 20_261_122, time: moment });
  process.stdout.write(`\n${all.map(line).join('\n')}\n`);
});

describe('whatever it is given, it answers or refuses with its own error, soon', () => {
  test.each(names)('%s', (name) => {
    const figures = all.find(({ target }) => target === name);
    const crashes = (figures?.crashes ?? []).map(
      ({ fault, input }) => `${fault}: ${Buffer.from(input).toString('base64').slice(0, 2000)}`,
    );
    expect(crashes).toEqual([]);
    expect(figures?.inputs).toBeGreaterThan(50);
  });
});

describe('the list of targets', () => {
  it('names each once, and has one for each folder of the corpus', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(corpusFolders().filter((folder) => !names.includes(folder))).toEqual([]);
  });
});
