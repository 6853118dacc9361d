/** A journal on a disk that fails: nothing is lost without a word, and what is over is over. */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { entryNamed, markAt, noon, standingClock } from '../../../test/support/journal-samples.js';
import { smallDisk } from '../../../test/support/small-disk.js';
import { defaultRetention } from '../../core/policy/rails.js';
import type { Store, Write } from '../../core/ports/index.js';
import { migrate } from '../sql/migrate.js';
import { takeWhole } from '../sql/shared.js';
import { openEngine } from './engine.js';
import { openStore } from './open.js';
import { makePlace } from './place.js';

const clock = standingClock();
const options = { clock, retention: defaultRetention };
let folder: string;
let file: string;

beforeEach(() => {
  clock.set(noon);
  folder = mkdtempSync(join(tmpdir(), 'holdfast-bad-'));
  file = join(folder, 'state', 'journal.sqlite');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const big: readonly Write[] = [
  { type: 'mark', mark: markAt(0) },
  { type: 'audit', entry: entryNamed('Big', { body: { text: 'x'.repeat(20_000) } }) },
];

/** Writes until it is refused; gives how many times it was not. */
async function untilRefused(store: Store): Promise<{ written: number; refusal: string }> {
  for (let written = 0; written < 1000; written += 1) {
    try {
      await store.write(...big);
    } catch (error) {
      return { written, refusal: (error as Error).message };
    }
  }
  throw new Error('never refused');
}

/** What was told to be written is there, whole and nothing else. */
async function holds(store: Store, written: number): Promise<void> {
  expect((await store.marks('2000-01-01T00:00:00Z')).length).toBe(written);
  expect(await store.verifyChain()).toMatchObject({ state: 'whole', last: written });
}

interface FullDisk {
  readonly store: Store;
  readonly makeRoom: () => void;
  readonly end: () => void;
}

/** SQLite's own limit of a file gives the very answer that a full disk gives. */
async function limitedFile(): Promise<FullDisk> {
  makePlace(file);
  const engine = openEngine(file);
  await migrate(engine);
  engine.database.exec('pragma max_page_count = 60');
  return {
    store: await takeWhole(engine, options),
    makeRoom: () => {
      engine.database.exec('pragma max_page_count = 6000');
    },
    end: () => undefined,
  };
}

async function fullDisk(): Promise<FullDisk> {
  const disk = smallDisk(join(folder, 'disk'), 500);
  if (disk === undefined) return limitedFile();
  return {
    store: await openStore(join(disk.folder, 'journal.sqlite'), options),
    makeRoom: () => {
      disk.resize(20_000);
    },
    end: disk.remove,
  };
}

describe.each([
  ['a file that may not grow', limitedFile],
  ['a disk that is full (where the machine lets us mount one)', fullDisk],
])('%s', (_name, make) => {
  it('refuses writes, says so, and keeps what was written before', async () => {
    const { store, end } = await make();
    const { written, refusal } = await untilRefused(store);
    expect(written).toBeGreaterThan(0);
    expect(refusal).toMatch(/^the disk of the journal .*journal\.sqlite is full: make room$/);
    expect(store.health()).toEqual({ state: 'full', reason: refusal });
    await holds(store, written);
    await store.close();
    end();
  });

  it('is written again as soon as there is room', async () => {
    const { store, makeRoom, end } = await make();
    const { written } = await untilRefused(store);
    makeRoom();
    await store.write(...big);
    expect(store.health()).toEqual({ state: 'ok' });
    await holds(store, written + 1);
    await store.close();
    end();
  });

  it('is found to be well again at a decision, though nobody had anything to write', async () => {
    const { store, makeRoom, end } = await make();
    await untilRefused(store);
    makeRoom();
    await store.orders();
    expect(store.health()).toEqual({ state: 'ok' });
    await store.close();
    end();
  });
});

describe('a journal that may not be written', () => {
  it('is refused by a daemon, and says so', async () => {
    const disk = smallDisk(join(folder, 'disk'), 2000);
    const inside = disk?.folder ?? join(folder, 'file', 'not-a-folder');
    if (disk === undefined) {
      mkdirSync(join(folder, 'file'));
      writeFileSync(inside, '');
    } else {
      disk.protect();
    }
    const path = join(inside, 'journal.sqlite');
    await expect(openStore(path, options)).rejects.toThrow(`the journal ${path} cannot be made or written`);
    disk?.remove();
  });

  it('refuses writes while it is read-only, and takes them again afterwards', async () => {
    makePlace(file);
    const engine = openEngine(file);
    await migrate(engine);
    const store = await takeWhole(engine, options);
    engine.database.exec('pragma query_only = on');
    await expect(store.write(...big)).rejects.toThrow(`the journal ${file} is read-only`);
    expect(store.health()).toEqual({ state: 'lost', reason: `the journal ${file} is read-only` });
    engine.database.exec('pragma query_only = off');
    await store.write(...big);
    expect(store.health()).toEqual({ state: 'ok' });
    await holds(store, 1);
    await store.close();
  });
});

describe('a journal that another process keeps locked', () => {
  it('refuses the write after some patience, and takes it once the lock is gone', async () => {
    const store = await openStore(file, options);
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    await expect(store.write(...big)).rejects.toThrow('another process keeps the journal');
    expect(store.health()).toMatchObject({ state: 'lost', reason: /locked/ });
    expect(await store.marks('2000-01-01T00:00:00Z')).toEqual([]);
    other.exec('rollback');
    other.close();
    await store.write(...big);
    expect(store.health()).toEqual({ state: 'ok' });
    await holds(store, 1);
    await store.close();
  });
});

describe('a journal whose file went away while it was in use', () => {
  test.each([
    [
      'removed',
      (path: string) => {
        rmSync(path);
      },
    ],
    [
      'replaced by a copy',
      (path: string) => {
        const copy = readFileSync(path);
        rmSync(path);
        writeFileSync(path, copy);
      },
    ],
    [
      'parted from its -wal file',
      (path: string) => {
        rmSync(`${path}-wal`);
      },
    ],
    [
      'parted from its -shm file',
      (path: string) => {
        rmSync(`${path}-shm`);
      },
    ],
  ])('refuses to write when it was %s, before anybody asks for a write', async (_what, harm) => {
    const store = await openStore(file, options);
    await store.write(...big);
    harm(file);
    expect(store.health()).toMatchObject({
      state: 'lost',
      reason: /was removed or replaced while it was in use/,
    });
    await expect(store.write(...big)).rejects.toThrow('was removed or replaced');
    await store.close();
  });

  it('goes on when it was put back', async () => {
    const store = await openStore(file, options);
    renameSync(file, `${file}.away`);
    await expect(store.write(...big)).rejects.toThrow('put it back');
    renameSync(`${file}.away`, file);
    await store.write(...big);
    expect(store.health()).toEqual({ state: 'ok' });
    await holds(store, 1);
    await store.close();
  });
});
