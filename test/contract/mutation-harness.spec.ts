/** Holds the harness of mutation testing to a file of which it is known what its tests notice. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { mutantsOf } from '../mutation/instrument.js';
import { Lane } from '../mutation/lane.js';
import { asMarkdown, judged } from '../mutation/summary.js';
import type { Ready } from '../mutation/worker.js';

const file = 'test/mutation/sample/sample.ts';
const tests = 'test/mutation/sample/sample-tests.ts';
const mutants = mutantsOf(file, readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), 0);
const lane = new Lane({
  files: [{ file, first: 0 }],
  chosen: mutants.map(({ id }) => id),
  specs: [tests],
  importersOf: () => [tests],
});
let ready: Ready | undefined;

beforeAll(async () => {
  ready = await lane.begin();
});
afterAll(() => lane.end());

function mutantOf(was: string, became: string) {
  const found = mutants.find((one) => one.was === was && one.became === became);
  if (found === undefined) throw new Error(`there is no such mutant: ${was} → ${became}`);
  return found;
}

describe('the harness', () => {
  it('leaves out a test that fails without any mutant', () => {
    expect(ready).toMatchObject({
      tests: 3,
      leftOut: [`${tests} fails without any mutant, and is left out`],
    });
  });

  test.each<[string, readonly [was: string, became: string], string, string]>([
    ['a change that a test notices', ['1', '2'], 'killed', `${tests} counts down`],
    ['a change that none of them does', ['count > most', 'count >= most'], 'survived', ''],
    ['a value made while files are loaded', ['3', '4'], 'killed', `${tests} 4: whether that is too many`],
    ['a loop that does not end', ['n -= 1', 'n += 1'], 'killed', `${tests} counts down`],
    ['a place where no test comes', ["'nobody'", "'nobody~'"], 'unreached', ''],
  ])('judges %s', async (_name, change, verdict, by) => {
    expect(await lane.judge(mutantOf(...change))).toEqual({ verdict, by });
  });

  it('tells what was left, and the share that was noticed', () => {
    const report = asMarkdown([
      judged(mutantOf('n -= 1', 'n += 1'), { verdict: 'killed', by: tests }),
      judged(mutantOf('count > most', 'count >= most'), { verdict: 'survived', by: '' }),
    ]);
    expect(report.split('\n')).toEqual([
      '| folder | mutants | noticed | kept | left | score |',
      '|---|---|---|---|---|---|',
      '| test/mutation/sample | 2 | 1 | 0 | 1 | 50.0 % |',
      '| all | 2 | 1 | 0 | 1 | 50.0 % |',
      '',
      `- ${file}:5 \`count > most\` became \`count >= most\``,
      '',
    ]);
  });
});
