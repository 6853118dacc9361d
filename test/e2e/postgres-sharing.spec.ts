/** Several daemons, as processes of their own, on one journal in a real PostgreSQL. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest, test } from '@jest/globals';
import pg from 'pg';
import { StaleFence, type DatabaseAccess, type Journal } from '../../src/core/ports/index.js';
import { defaultRetention } from '../../src/core/policy/rails.js';
import { openJournal, openShared } from '../../src/store/postgres/open.js';
import { startDatabaseWriter, type DatabaseWriter } from '../support/database-writers.js';
import { batchesOf } from '../support/journal-batches.js';
import { approvalOf, at, entryNamed, markAt, planNamed } from '../support/journal-samples.js';
import { PostgresServer } from '../support/postgresql-server.js';
import { realClock } from '../support/real-clock.js';

jest.setTimeout(180_000);

let server: PostgresServer;
let folder: string;
const lines: string[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
  folder = mkdtempSync(join(tmpdir(), 'holdfast-pg-sharing-'));
});

afterAll(async () => {
  const file = join(import.meta.dirname, '../../build/e2e/postgres.txt');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
  rmSync(folder, { recursive: true });
  await server.remove();
});

function urlFile(access: DatabaseAccess): string {
  const file = join(folder, access.database);
  writeFileSync(file, server.url(access), { mode: 0o600 });
  return file;
}

function optionsFor(access: DatabaseAccess) {
  return { access: () => access, clock: realClock(), retention: defaultRetention };
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(5);
}

/** Two deadlocks would end one of them with an error, which the server logs. */
function expectNoDeadlock(): void {
  expect(server.log()).not.toMatch(/deadlock|could not serialize|duplicate key/);
}

async function expectWhole(journal: Journal, writers: readonly string[], each: number): Promise<void> {
  for (const writer of writers) expect([writer, await batchesOf(writer, journal)]).toEqual([writer, each]);
}

describe('writers at once, in processes of their own', () => {
  test.each([
    [2, 250],
    [4, 150],
  ])('(%i of them) lose nothing, number everything once, and never wait in a circle', async (count, each) => {
    const access = await server.database();
    const names = Array.from({ length: count }, (_, n) => `unit-${n}`);
    const writers = names.map((name) => startDatabaseWriter(urlFile(access), name, each));
    await until(() => writers.every(({ told }) => told() >= 0));
    const person = await openJournal(optionsFor(access));
    const from = performance.now();
    const said = await saysUntil(person, writers, names.length * each);
    const seconds = (performance.now() - from) / 1000;
    for (const { ended } of writers) expect(await ended).toEqual({ code: 0, said: '' });
    await expectWhole(person, names, each);
    const last = names.length * each * 2 + said;
    expect(await person.verifyChain()).toMatchObject({ state: 'whole', first: 1, last });
    expectNoDeadlock();
    const rate = Math.round((names.length * each) / seconds);
    lines.push(
      `journal in PostgreSQL, ${count} processes: ${rate} batches/s of 8 writes, 2 of them audit records`,
    );
    await person.close();
  });
});

/** A person gets their word in between, and is never kept waiting for long; resolves to the records written so. */
async function saysUntil(person: Journal, writers: readonly DatabaseWriter[], all: number): Promise<number> {
  let said = 0;
  let slowest = 0;
  const written = (): number => writers.reduce((sum, { told }) => sum + told(), 0);
  const alive = (): boolean => writers.some(({ child }) => child.exitCode === null);
  while (written() < all && alive()) {
    const from = performance.now();
    await person.write(
      { type: 'plan', plan: planNamed('too') },
      { type: 'approval', approval: approvalOf('too', { by: 'anna' }) },
      { type: 'audit', entry: entryNamed('Approved', { actor: 'anna' }) },
    );
    said += 1;
    slowest = Math.max(slowest, performance.now() - from);
    await sleep(20);
  }
  expect(slowest).toBeLessThan(5000);
  return said;
}

describe('processes that all begin with an empty database', () => {
  it('make the tables once', async () => {
    const access = await server.database();
    const writers = ['a', 'b', 'c', 'd'].map((part) => startDatabaseWriter(urlFile(access), part, 1));
    for (const { ended } of writers) expect(await ended).toEqual({ code: 0, said: '' });
    expect(await server.admin('select * from schema_version', access.database)).toHaveLength(1);
    expect(await server.admin('select fence from part where fence = 1', access.database)).toHaveLength(4);
    const journal = await openJournal(optionsFor(access));
    expect(await journal.verifyChain()).toMatchObject({ state: 'whole', last: 8 });
    await journal.close();
    expectNoDeadlock();
  });
});

describe('a part that is taken over', () => {
  it('ends the process that had it, with all that it told to be written there and nothing in part', async () => {
    const access = await server.database();
    const writer = startDatabaseWriter(urlFile(access), 'a', 100_000);
    await until(() => writer.told() >= 20);
    const shared = openShared(optionsFor(access));
    const store = await shared.take('a');
    await store.write({ type: 'audit', entry: entryNamed('Mine', { actor: 'me' }) });
    expect(await writer.ended).toEqual({ code: 3, said: '' });
    const there = await batchesOf('a', shared);
    expect(there - writer.told()).toBe(0);
    expect((await shared.auditLog({ limit: 1, newest: true }))[0]).toMatchObject({
      event: 'Mine',
      actor: 'me',
    });
    await shared.close();
  });

  it('refuses the old holder amid a transaction that had begun before', async () => {
    const access = await server.database();
    const [one, two] = [openShared(optionsFor(access)), openShared(optionsFor(access))];
    const before = await one.take('a');
    const gate = await holding(access, 'select * from chain for update');
    const written = before.write({ type: 'mark', mark: markAt(0) }).catch((error: unknown) => error);
    await until(() => waits(access));
    const after = await two.take('a');
    await gate.open();
    expect(await written).toBeInstanceOf(StaleFence);
    await after.write({ type: 'mark', mark: markAt(1) });
    expect(await two.marks(at(0))).toEqual([markAt(1)]);
    for (const shared of [one, two]) await shared.close();
  });

  it('waits for a transaction of the old holder that is as good as made, which then counts', async () => {
    const access = await server.database();
    const [one, two] = [openShared(optionsFor(access)), openShared(optionsFor(access))];
    const before = await one.take('a');
    const gate = await holding(access, 'lock table mark in exclusive mode');
    const written = before.write({ type: 'mark', mark: markAt(0) });
    await until(() => waits(access));
    let isTaken = false;
    const taking = two.take('a').finally(() => (isTaken = true));
    await sleep(200);
    expect(isTaken).toBe(false);
    await gate.open();
    await Promise.all([written, taking]);
    expect(await two.marks(at(0))).toEqual([markAt(0)]);
    await expect(before.write({ type: 'mark', mark: markAt(1) })).rejects.toThrow(StaleFence);
    for (const shared of [one, two]) await shared.close();
  });

  it('is freed by the server from a holder that stands still amid a transaction', async () => {
    const access = await server.database();
    const writer = startDatabaseWriter(urlFile(access), 'a', 100_000);
    await until(() => writer.told() >= 5);
    const shared = openShared(optionsFor(access));
    await shared.take('b');
    await stopAmidTransaction(writer, access);
    const from = performance.now();
    const store = await shared.take('a');
    await store.write({ type: 'audit', entry: entryNamed('Mine') });
    expect(performance.now() - from).toBeLessThan(9000);
    writer.child.kill('SIGCONT');
    expect((await writer.ended).code).not.toBe(0);
    expect((await batchesOf('a', shared)) - writer.told()).toBeGreaterThanOrEqual(0);
    expect(await shared.verifyChain()).toMatchObject({ state: 'whole' });
    await shared.close();
  });

  it('refuses the old holder also where a restored database gives the same fence again', async () => {
    const access = await server.database();
    const [one, two] = [openShared(optionsFor(access)), openShared(optionsFor(access))];
    const before = await one.take('a');
    await server.admin('update part set fence = fence - 1', access.database);
    const after = await two.take('a');
    expect(after.fence).toBe(before.fence);
    await expect(before.write({ type: 'mark', mark: markAt(0) })).rejects.toThrow(StaleFence);
    await after.write({ type: 'mark', mark: markAt(1) });
    for (const shared of [one, two]) await shared.close();
  });
});

interface Gate {
  readonly open: () => Promise<void>;
}

/** Somebody in between: holds a lock until the gate is opened. */
async function holding(access: DatabaseAccess, statement: string): Promise<Gate> {
  const { host, port, database, user, password } = access;
  const client = new pg.Client({ host, port, database, user, password });
  await client.connect();
  await client.query('begin');
  await client.query(statement);
  return {
    open: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
}

/** Whether a session waits for a lock. */
async function waits({ database }: DatabaseAccess): Promise<boolean> {
  const text = `select 1 from pg_stat_activity where datname = '${database}' and wait_event_type = 'Lock'`;
  return (await server.admin(text)).length > 0;
}

/** Stops the process in a moment in which its session is amid a transaction, having it begin again until it is. */
async function stopAmidTransaction({ child }: DatabaseWriter, { database }: DatabaseAccess): Promise<void> {
  const text = `select 1 from pg_stat_activity where datname = '${database}' and state = 'idle in transaction'
    and exists (select 1 from pg_locks where pg_locks.pid = pg_stat_activity.pid and mode = 'RowExclusiveLock')`;
  for (;;) {
    child.kill('SIGSTOP');
    await sleep(50);
    if ((await server.admin(text)).length > 0) return;
    child.kill('SIGCONT');
    await sleep(7);
  }
}

describe('one writer', () => {
  it('needs so long for a write, and so long to hear what persons said', async () => {
    const access = await server.database();
    const shared = openShared(optionsFor(access));
    const store = await shared.take('a');
    const audit = { type: 'audit', entry: entryNamed('E') } as const;
    for (let n = 0; n < 50; n += 1) await store.write(audit);
    const perSecond = async (times: number, work: () => Promise<unknown>): Promise<number> => {
      const from = performance.now();
      for (let n = 0; n < times; n += 1) await work();
      return Math.round((times * 1000) / (performance.now() - from));
    };
    const appends = await perSecond(500, () => store.write(audit));
    const asks = await perSecond(2000, () => store.orders());
    lines.push(`journal in PostgreSQL, one writer: ${appends} audit records/s; orders asked ${asks}/s`);
    expect(appends).toBeGreaterThan(20);
    expect(asks).toBeGreaterThan(200);
    await shared.close();
  });
});
