import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { keepsPromises, type Kept } from '../../test/support/journal-contract.js';
import { standingClock } from '../../test/support/journal-samples.js';
import { defaultRetention } from '../core/policy/rails.js';
import { memoryJournal, memoryStore, newMemory } from './memory.js';
import { openJournal, openStore } from './sqlite/open.js';

let folder: string;
let files = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-journal-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function inMemory(): Kept {
  const memory = newMemory();
  return {
    store: () => Promise.resolve(memoryStore(memory)),
    person: () => Promise.resolve(memoryJournal(memory)),
  };
}

function inFile(): Kept {
  files += 1;
  const file = join(folder, String(files), 'journal.sqlite');
  const options = { clock: standingClock(), retention: defaultRetention };
  return { store: () => openStore(file, options), person: () => openJournal(file) };
}

describe.each([
  ['in memory', inMemory],
  ['in an SQLite file', inFile],
])('a journal %s', (_name, make) => {
  keepsPromises(make);
});
