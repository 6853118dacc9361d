/** The journal in a real PostgreSQL keeps the same promises as in a file. */
import { afterAll, beforeAll, describe, expect, it, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { ChainVerdict, DatabaseAccess } from '../../src/core/ports/index.js';
import { defaultRetention } from '../../src/core/policy/rails.js';
import { memoryStore } from '../../src/store/memory.js';
import { openJournal, openShared, openStore } from '../../src/store/postgres/open.js';
import { answers, anyBatches, taken } from '../support/journal-answers.js';
import { keepsPromises } from '../support/journal-contract.js';
import { at, entryNamed, markAt, noon, standingClock } from '../support/journal-samples.js';
import { PostgresServer } from '../support/postgresql-server.js';
import { sharesParts } from '../support/sharing-contract.js';

jest.setTimeout(120_000);

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

function optionsFor(access: DatabaseAccess, clock = standingClock()) {
  return { access: () => access, clock, retention: defaultRetention };
}

describe('a journal in PostgreSQL', () => {
  keepsPromises(() => {
    const access = server.database();
    return {
      store: async () => openStore(optionsFor(await access)),
      person: async () => openJournal(optionsFor(await access)),
    };
  });
});

describe('a journal in PostgreSQL that several share', () => {
  sharesParts(() => {
    const access = server.database();
    return async () => openShared(optionsFor(await access));
  });
});

it('gives the same answers as one in memory after any writes', async () => {
  await fc.assert(
    fc.asyncProperty(anyBatches, async (batches) => {
      const inDatabase = await openStore(optionsFor(await server.database()));
      const inMemory = memoryStore();
      for (const batch of batches) expect(await taken(inDatabase, batch)).toBe(await taken(inMemory, batch));
      expect(await answers(inDatabase)).toEqual(await answers(inMemory));
      await inDatabase.close();
    }),
    { numRuns: 25 },
  );
});

describe('opening', () => {
  it('tells a person that there is no journal yet, and makes none', async () => {
    const access = await server.database();
    const place = `${access.database} at 127.0.0.1:${access.port}`;
    await expect(openJournal(optionsFor(access))).rejects.toThrow(
      `there is no journal in the database ${place} yet: holdfast run makes it`,
    );
    expect(await server.admin("select * from pg_class where relname = 'audit'", access.database)).toEqual([]);
  });

  test.each([
    ['of another program', 'create table cookies (taste text)'],
    ['of one that numbers its tables, too', "create table schema_version as select '1' as version"],
  ])('refuses the database %s, and leaves it alone', async (_whose, statement) => {
    const access = await server.database();
    await server.admin(statement, access.database);
    const message = /is a database of another program: give Holdfast one of its own/;
    await expect(openStore(optionsFor(access))).rejects.toThrow(message);
    await expect(openJournal(optionsFor(access))).rejects.toThrow(message);
    const shared = openShared(optionsFor(access));
    await expect(shared.take('a')).rejects.toThrow(message);
    expect(shared.health()).toMatchObject({ state: 'lost', reason: message });
    await shared.close();
  });

  it('refuses a journal of a newer program, and tells a person of an older one', async () => {
    const access = await server.database();
    await (await openStore(optionsFor(access))).close();
    await server.admin('update schema_version set version = 99', access.database);
    const newer = /was written by a newer Holdfast \(version 99 of its tables, this one knows \d+\)/;
    await expect(openStore(optionsFor(access))).rejects.toThrow(newer);
    await expect(openJournal(optionsFor(access))).rejects.toThrow(newer);
    await server.admin('update schema_version set version = 1', access.database);
    await expect(openJournal(optionsFor(access))).rejects.toThrow('is of an older Holdfast');
  });

  it('does not take what an extension brings along for the tables of another program', async () => {
    const access = await server.database();
    await server.admin('create extension plpgsql', access.database).catch(() => undefined);
    await server.admin(
      'create table brought (n int); alter extension plpgsql add table brought',
      access.database,
    );
    const store = await openStore(optionsFor(access));
    expect(store.health()).toEqual({ state: 'ok' });
    await store.close();
  });

  it('refuses a database that cannot keep every letter', async () => {
    const access = await server.database({ template: "template0 encoding 'LATIN1' locale 'C'" });
    await expect(openStore(optionsFor(access))).rejects.toThrow('this one is in LATIN1');
  });
});

describe('retention', () => {
  it('removes what is old enough, says so in the trail, and the rest is whole', async () => {
    const clock = standingClock(noon - 800 * 86_400_000);
    const access = await server.database();
    const store = await openStore(optionsFor(access, clock));
    const old = { at: '2024-09-13T12:00:00Z' };
    await store.write(
      { type: 'audit', entry: entryNamed('Old', old) },
      { type: 'mark', mark: markAt(0, old) },
    );
    clock.set(noon);
    await store.write({ type: 'audit', entry: entryNamed('New') });
    expect((await store.auditLog({ limit: 9 })).map(({ event }) => event)).toEqual(['New', 'AuditTrimmed']);
    expect(await store.marks('2000-01-01T00:00:00Z')).toEqual([]);
    expect(await store.verifyChain()).toMatchObject({ state: 'whole', first: 2, last: 3 });
    await store.close();
  });
});

describe('the audit trail', () => {
  let access: DatabaseAccess;

  beforeAll(async () => {
    access = await server.database();
    const store = await openStore(optionsFor(access));
    for (const n of [1, 2, 3, 4, 5])
      await store.write({ type: 'audit', entry: entryNamed(`Event${n}`, { at: at(n) }) });
    await store.close();
  });

  test.each([
    ['changing a record', "update audit set why = 'x' where seq = 2", 'audit records are not changed'],
    ['removing a record', 'delete from audit where seq = 5', 'audit records are not removed'],
    ['removing all of them', 'truncate audit', 'audit records are not changed'],
    [
      'a record that does not follow',
      'insert into audit select 6, at, at_ms, actor, event, why, body, hash, hash from audit where seq = 4',
      'audit records follow each other',
    ],
    ['moving the beginning to nowhere', "update chain set base_seq = 3, base_hash = 'x'", 'only grows'],
    ['moving the end back', 'update chain set head_seq = 2', 'the audit trail only grows'],
    ['removing the ends', 'delete from chain', 'the ends of the audit trail are not removed'],
    ['emptying the ends', 'truncate chain', 'the ends of the audit trail are not removed'],
  ])('is kept by the database from %s, whoever it is', async (_what, statement, reason) => {
    await expect(server.admin(statement, access.database)).rejects.toThrow(reason);
  });

  test.each([
    ['a letter altered', "update audit set why = why || 'x' where seq = 3", 3, 'was altered'],
    ['the last record removed', 'delete from audit where seq = 5', 5, 'is missing'],
    ['a record in the middle removed', 'delete from audit where seq = 2', 2, 'is missing'],
    ['the ends removed', 'delete from chain', 1, 'cannot be told from others'],
  ])('shows %s with the guards out of the way', async (_what, statement, seq, reason) => {
    const copy = await server.database({ template: access.database });
    await server.admin(`set session_replication_role = replica; ${statement}`, copy.database);
    const journal = await openJournal(optionsFor(copy));
    const verdict: ChainVerdict = await journal.verifyChain();
    await journal.close();
    expect(verdict).toEqual({ state: 'broken', seq, reason: expect.stringContaining(reason) as unknown });
  });

  it('is not written any more once its ends were removed', async () => {
    const copy = await server.database({ template: access.database });
    const store = await openStore(optionsFor(copy));
    await server.admin('set session_replication_role = replica; delete from chain', copy.database);
    await expect(store.write({ type: 'mark', mark: markAt(0) })).rejects.toThrow('is damaged');
    expect(store.health()).toMatchObject({ state: 'corrupt' });
    await store.close();
  });
});
