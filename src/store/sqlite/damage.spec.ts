/** A journal whose bytes are no longer what was written. */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { entryNamed, markAt, pauseNamed, standingClock } from '../../../test/support/journal-samples.js';
import { defaultRetention } from '../../core/policy/rails.js';
import type { Write } from '../../core/ports/index.js';
import { openStore } from './open.js';

const options = { clock: standingClock(), retention: defaultRetention };
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-damage-'));
  file = join(folder, 'state', 'journal.sqlite');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const big: readonly Write[] = [
  { type: 'mark', mark: markAt(0) },
  { type: 'audit', entry: entryNamed('Big', { body: { text: 'x'.repeat(20_000) } }) },
];

/** A journal of some size, closed. */
async function filled(): Promise<Buffer> {
  const store = await openStore(file, options);
  for (let n = 0; n < 40; n += 1)
    await store.write({ type: 'pause', pause: pauseNamed(`p${n}`, { reason: 'x'.repeat(500) }) }, ...big);
  await store.close();
  return readFileSync(file);
}

describe('a damaged journal', () => {
  test.each([
    ['overwritten in the middle', (bytes: Buffer) => bytes.fill(0xa5, 20_000, 60_000)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['cut off in its first lines', (bytes: Buffer) => bytes.subarray(0, 60)],
    ['no database', () => Buffer.from('remember the milk\n'.repeat(100))],
  ])('(%s) is refused with what to do, and stays as it is', async (_what, harm) => {
    const bytes = harm(await filled());
    writeFileSync(file, bytes);
    const message = /journal\.sqlite is damaged \(.+\) and was left as it is\. Stop holdfast, keep the file/;
    await expect(openStore(file, options)).rejects.toThrow(message);
    await expect(openStore(file, options)).rejects.toMatchObject({ name: 'InputError' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('is not written any more once damage was seen, and says so', async () => {
    await filled();
    const store = await openStore(file, options);
    await store.orders();
    const database = new DatabaseSync(file);
    database.exec("update pause set body = '{' where id = 'p7'");
    database.close();
    await expect(store.orders()).rejects.toThrow('the journal is damaged: a pause cannot be read');
    await expect(store.write(...big)).rejects.toThrow('the journal is damaged');
    expect(store.health()).toEqual({
      state: 'corrupt',
      reason: 'the journal is damaged: a pause cannot be read',
    });
    await store.close();
  });

  it('that gets damaged while it is in use is noticed when it is read', async () => {
    const bytes = await filled();
    const store = await openStore(file, options);
    truncateSync(file, 8192);
    await expect(store.auditLog({ limit: 99 })).rejects.toThrow('is damaged');
    expect(store.health()).toMatchObject({ state: 'corrupt' });
    await expect(store.write(...big)).rejects.toThrow('is damaged');
    writeFileSync(file, bytes);
    await store.close();
  });
});
