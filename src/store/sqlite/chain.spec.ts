/** Nothing in the audit trail changes unseen. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { at, entryNamed, standingClock } from '../../../test/support/journal-samples.js';
import type { AuditEntry, AuditRecord, ChainVerdict } from '../../core/ports/index.js';
import { defaultRetention } from '../../core/policy/rails.js';
import { openJournal, openStore } from './open.js';

let folder: string;
let original: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-chain-'));
  original = join(folder, 'original.sqlite');
  await fill(
    original,
    [1, 2, 3, 4, 5].map((n) => entryNamed(`Event${n}`, { at: at(n) })),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function fill(file: string, entries: readonly AuditEntry[]): Promise<void> {
  const store = await openStore(file, { clock: standingClock(), retention: defaultRetention });
  for (const entry of entries) await store.write({ type: 'audit', entry });
  await store.close();
}

/** What is found after somebody with the file in hand, and the triggers out of the way, ran some SQL. */
async function after(...statements: readonly string[]): Promise<ChainVerdict> {
  const file = join(folder, 'tampered.sqlite');
  copyFileSync(original, file);
  const database = new DatabaseSync(file);
  for (const { name } of database.prepare("select name from sqlite_schema where type = 'trigger'").all())
    database.exec(`drop trigger ${String(name)}`);
  for (const statement of statements) database.exec(statement);
  database.close();
  const journal = await openJournal(file);
  const verdict = await journal.verifyChain();
  await journal.close();
  return verdict;
}

describe('a trail of five records', () => {
  it('is whole as it was written', async () => {
    expect(await after()).toMatchObject({ state: 'whole', first: 1, last: 5 });
  });

  const columns = ['at', 'actor', 'event', 'why', 'body', 'prev_hash', 'hash'];
  test.each(columns.flatMap((column) => [1, 3, 5].map((seq) => [column, seq] as const)))(
    'shows that one letter of %s was altered in record %i',
    async (column, seq) => {
      const last = `substr(${column}, 1, length(${column}) - 2) || 'x' || substr(${column}, -1)`;
      const verdict = await after(`update audit set ${column} = ${last} where seq = ${seq}`);
      expect(verdict).toMatchObject({ state: 'broken', seq });
    },
  );

  test.each([
    ['the first record removed', 'delete from audit where seq = 1', 1, 'record 1 is missing'],
    ['a record in the middle removed', 'delete from audit where seq = 3', 3, 'record 3 is missing'],
    ['the last record removed', 'delete from audit where seq = 5', 5, 'record 5 is missing'],
    ['all records removed', 'delete from audit', 1, 'record 1 is missing'],
    [
      'the time for searching altered',
      'update audit set at_ms = at_ms + 1 where seq = 2',
      2,
      'record 2 was altered',
    ],
    [
      'a space put into a body',
      "update audit set body = replace(body, '{', '{ ') where seq = 4",
      4,
      'record 4 was altered',
    ],
    ['a body that is no JSON', "update audit set body = '{' where seq = 4", 4, 'record 4 was altered'],
    [
      'a record put behind the end',
      'insert into audit select 6, at, at_ms, actor, event, why, body, hash, hash from audit where seq = 5',
      6,
      'record 6 was put behind the end',
    ],
    [
      'a record put before the beginning',
      'insert into audit select 0, at, at_ms, actor, event, why, body, hash, hash from audit where seq = 5',
      0,
      'record 0 was put before the beginning',
    ],
    ['the beginning moved', 'update chain set base_seq = 2', 1, 'record 1 was put before the beginning'],
    ['the end moved back', 'update chain set head_seq = 4', 5, 'record 5 was put behind the end'],
    [
      'the last hash altered',
      "update chain set head_hash = 'x'",
      5,
      'record 5 is not the one that was written last',
    ],
    ['the ends removed', 'delete from chain', 1, 'record 1 cannot be told from others'],
  ])('shows %s', async (_what, statement, seq, reason) => {
    expect(await after(statement)).toEqual({
      state: 'broken',
      seq,
      reason: expect.stringContaining(reason) as unknown,
    });
  });

  it('shows two records that changed places', async () => {
    const verdict = await after(
      'update audit set seq = 9 where seq = 2',
      'update audit set seq = 2 where seq = 3',
      'update audit set seq = 3 where seq = 9',
    );
    expect(verdict).toMatchObject({ state: 'broken', seq: 2 });
  });
});

describe('SQLite itself', () => {
  test.each([
    ['changing a record', "update audit set why = 'x' where seq = 2", 'audit records are not changed'],
    ['removing a record', 'delete from audit where seq = 5', 'audit records are not removed'],
    [
      'replacing a record',
      "insert or replace into audit select seq, at, at_ms, actor, event, 'x', body, prev_hash, hash from audit where seq = 2",
      'audit records follow each other',
    ],
    [
      'moving the beginning to nowhere',
      "update chain set base_seq = 3, base_hash = 'x'",
      'the audit trail only grows',
    ],
    ['moving the end back', 'update chain set head_seq = 2', 'the audit trail only grows'],
    ['removing the ends', 'delete from chain', 'the ends of the audit trail are not removed'],
  ])('refuses %s', (_what, statement, reason) => {
    const database = new DatabaseSync(original);
    expect(() => {
      database.exec(statement);
    }).toThrow(reason);
    database.close();
  });
});

const entries = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 1000 }).map(at),
    actor: fc.string({ unit: 'binary' }),
    event: fc.string(),
    why: fc.string({ unit: 'binary' }),
    body: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<unknown>),
  }),
  { maxLength: 12 },
);

describe('any trail', () => {
  it('is whole as it was written', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(entries, async (written) => {
        const file = join(folder, `any-${(run += 1)}.sqlite`);
        await fill(file, written);
        const journal = await openJournal(file);
        expect(await journal.verifyChain()).toMatchObject({ state: 'whole', last: written.length });
        await journal.close();
        rmSync(file);
      }),
      { numRuns: 60 },
    );
  });

  it('never reads differently after one byte of the file was altered, unless that is told', async () => {
    const good = readFileSync(original);
    const before = await readWhole(original);
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (offset, change) => {
        const file = join(folder, 'flipped.sqlite');
        const bytes = Buffer.from(good);
        bytes.writeUInt8(bytes.readUInt8(offset) ^ change, offset);
        writeFileSync(file, bytes);
        const now = await readWhole(file);
        if (now === undefined) told += 1;
        else expect(now).toEqual(before);
      }),
      { numRuns: 250 },
    );
    expect(told).toBeGreaterThan(0);
  });
});

/** The records, when nothing is said against them. */
async function readWhole(file: string): Promise<readonly AuditRecord[] | undefined> {
  try {
    const journal = await openJournal(file);
    try {
      const { state } = await journal.verifyChain();
      return state === 'whole' ? await journal.auditLog({ limit: 99 }) : undefined;
    } finally {
      await journal.close();
    }
  } catch {
    return undefined;
  }
}
