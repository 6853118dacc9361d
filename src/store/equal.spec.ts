/** Whatever is written, a journal in memory and one in a file give the same answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answers, anyBatches, taken } from '../../test/support/journal-answers.js';
import { standingClock } from '../../test/support/journal-samples.js';
import { defaultRetention } from '../core/policy/rails.js';
import { memoryStore } from './memory.js';
import { openStore } from './sqlite/open.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-equal-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('gives the same answers in memory and in a file after any writes', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anyBatches, async (batches) => {
      const file = join(folder, `${(run += 1)}.sqlite`);
      const inFile = await openStore(file, { clock: standingClock(), retention: defaultRetention });
      const inMemory = memoryStore();
      for (const batch of batches) expect(await taken(inFile, batch)).toBe(await taken(inMemory, batch));
      expect(await answers(inFile)).toEqual(await answers(inMemory));
      await inFile.close();
      rmSync(file);
    }),
    { numRuns: 150 },
  );
});
