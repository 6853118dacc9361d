import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, markAt, standingClock } from '../../../test/support/journal-samples.js';
import { defaultRetention } from '../../core/policy/rails.js';
import { openJournal, openStore } from './open.js';
import { makePlace } from './place.js';

const options = { clock: standingClock(), retention: defaultRetention };
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-open-'));
  file = join(folder, 'state', 'journal.sqlite');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('opening', () => {
  it('makes a folder and files that only their owner can read', async () => {
    const store = await openStore(file, options);
    const person = await openJournal(file);
    await person.close();
    const modes = [join(folder, 'state'), file, `${file}-wal`, `${file}-shm`].map((path) =>
      (statSync(path).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '600', '600', '600']);
    await store.close();
  });

  it('takes others their look at a file that was open to them', async () => {
    await (await openStore(file, options)).close();
    chmodSync(file, 0o644);
    await (await openStore(file, options)).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('refuses a journal of a newer program, and leaves it alone', async () => {
    await (await openStore(file, options)).close();
    const database = new DatabaseSync(file);
    database.exec('update schema_version set version = 99');
    database.close();
    const message = /was written by a newer Holdfast \(version 99 of its tables, this one knows \d+\)/;
    await expect(openStore(file, options)).rejects.toThrow(message);
    await expect(openJournal(file)).rejects.toThrow(message);
  });

  it('brings a journal of before parts up to date, with the fence that it had', async () => {
    const before = await openStore(file, options);
    await before.write({ type: 'mark', mark: markAt(0) });
    await before.close();
    const database = new DatabaseSync(file);
    database.exec(`create table daemon (one integer primary key default 1, fence bigint, writes bigint);
      insert into daemon (fence, writes) values (41, 7);
      drop table part; drop table outbox; drop table told;
      update schema_version set version = 2`);
    database.close();
    await expect(openJournal(file)).rejects.toThrow('is of an older Holdfast');
    const store = await openStore(file, options);
    expect(store.fence).toBe(42);
    expect(await store.marks(at(0))).toEqual([markAt(0)]);
    await store.close();
  });

  it('refuses the database of another program', async () => {
    mkdirSync(join(folder, 'state'));
    const database = new DatabaseSync(file);
    database.exec('create table cookies (taste text)');
    database.close();
    await expect(openStore(file, options)).rejects.toThrow('is a database of another program');
    await expect(openJournal(file)).rejects.toThrow('is a database of another program');
  });

  it('tells a person that there is no journal yet, and makes none', async () => {
    await expect(openJournal(file)).rejects.toThrow(`there is no journal ${file} yet: holdfast run makes it`);
    makePlace(file);
    await expect(openJournal(file)).rejects.toThrow('there is no journal');
    expect(readFileSync(file).length).toBe(0);
  });

  it('brings an empty file up to date, and finds everything again when it is opened anew', async () => {
    makePlace(file);
    const first = await openStore(file, options);
    await first.write({ type: 'mark', mark: markAt(0) });
    await first.close();
    const second = await openStore(file, options);
    expect(second.fence).toBe(first.fence + 1);
    expect(await second.marks(at(0))).toEqual([markAt(0)]);
    await second.close();
  });
});
