/** A database that fails: nothing is lost without a word, what is over is over, and no secret is told. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest, test } from '@jest/globals';
import type { DatabaseAccess, DatabaseTls, Store } from '../../src/core/ports/index.js';
import { defaultRetention } from '../../src/core/policy/rails.js';
import { readEnvironment } from '../../src/config/environment.js';
import { journalIn, sharedJournalIn } from '../../src/main/journal-in.js';
import { journalView } from '../../src/main/journal-view.js';
import { journalAccess } from '../../src/main/journal.js';
import { openJournal, openShared, openStore } from '../../src/store/postgres/open.js';
import { controllerCertificate } from '../support/certificate.js';
import { runCli, type Ran } from '../support/cli.js';
import { batchesOf, batchOf } from '../support/journal-batches.js';
import { at, entryNamed, markAt } from '../support/journal-samples.js';
import { losingWire } from '../support/losing-wire.js';
import { password, PostgresServer } from '../support/postgresql-server.js';
import { realClock } from '../support/real-clock.js';
import { silentLog } from '../support/silent.js';
import { Wire } from './lab/wire.js';

jest.setTimeout(180_000);

let server: PostgresServer;
const said: unknown[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

function optionsFor(access: DatabaseAccess) {
  return { access: () => access, clock: realClock(), retention: defaultRetention, patience: 3000 };
}

/** What it was refused with, in words; kept for the last test. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    said.push(error);
    return (error as Error).message;
  }
  throw new Error('not refused');
}

/** Asks as a daemon does at every decision. */
async function decide(store: Store): Promise<string> {
  try {
    await store.orders();
  } catch (error) {
    said.push(error);
  }
  return store.health().state;
}

describe('a server that is killed amid writes and comes back', () => {
  test.each(['immediate', 'fast'] as const)(
    '(%s) leaves whole batches, and the journal goes on',
    async (how) => {
      const access = await server.database();
      const shared = openShared(optionsFor(access));
      const store = await shared.take('a');
      const states = new Set<string>();
      const written: number[] = [];
      let [isDown, n] = [false, 0];
      const work = (async () => {
        while (!isDown || store.health().state !== 'ok' || written.length < 60) {
          n += 1;
          await store.write(...batchOf('a', n)).then(
            () => written.push(n),
            (error: unknown) => said.push(error),
          );
          states.add(await decide(store));
          if (n > 2000) break;
        }
      })();
      while (written.length < 30) await realClock().sleep(5);
      await server.down(how);
      isDown = true;
      const until = Date.now() + 10_000;
      while (!states.has('lost') && Date.now() < until) await realClock().sleep(5);
      await server.up();
      await work;
      expect([...states].sort()).toEqual(['lost', 'ok']);
      // What was told to be written is there, and nothing else: of each that was refused it is known that it is not.
      expect(await batchesOf('a', shared)).toBe(written.length);
      expect((await shared.remediations(0)).map(({ id }) => id)).toEqual(written.map((one) => `a-${one}`));
      expect(await shared.verifyChain()).toMatchObject({ state: 'whole', last: written.length * 2 });
      await shared.close();
    },
  );
});

describe('a connection that breaks off while a transaction is committed', () => {
  test.each(['question', 'answer'] as const)('(with the %s) is found out about', async (loss) => {
    const access = await server.database();
    const wire = await losingWire(access.port);
    const shared = openShared(optionsFor({ ...access, port: wire.port }));
    const store = await shared.take('a');
    wire.lose(loss);
    const write = store.write({ type: 'audit', entry: entryNamed('A') }, { type: 'mark', mark: markAt(0) });
    if (loss === 'answer') await write;
    else expect(await refusal(write)).toMatch(/cannot be reached/);
    await store.write({ type: 'audit', entry: entryNamed('B') });
    const events = (await shared.auditLog({ limit: 9 })).map(({ event }) => event);
    expect(events).toEqual(loss === 'answer' ? ['A', 'B'] : ['B']);
    expect(await shared.marks(at(0))).toHaveLength(events.length - 1);
    await shared.close();
    await wire.close();
  });
});

describe('a database that', () => {
  it('is not there when a daemon begins is used as soon as it is', async () => {
    const access = await server.database();
    await server.down('fast');
    const shared = openShared(optionsFor(access));
    expect(shared.health()).toMatchObject({ state: 'lost', reason: /has not answered yet/ });
    expect(await refusal(shared.take('a'))).toMatch(/cannot be reached: connect ECONNREFUSED/);
    expect(await refusal(openStore(optionsFor(access)))).toMatch(/cannot be reached/);
    await server.up();
    const store = await shared.take('a');
    await store.write({ type: 'mark', mark: markAt(0) });
    expect([shared.health(), store.health()]).toEqual([{ state: 'ok' }, { state: 'ok' }]);
    await shared.close();
  });

  it('falls silent is given up after a while, and found again on a new connection', async () => {
    const access = await server.database();
    const wire = await Wire.to(access.port);
    const shared = openShared(optionsFor({ ...access, port: Number(new URL(wire.url).port) }));
    const store = await shared.take('a');
    wire.freeze();
    const from = performance.now();
    expect(await refusal(store.write({ type: 'mark', mark: markAt(0) }))).toMatch(/cannot be reached/);
    expect(performance.now() - from).toBeLessThan(12_000);
    expect(store.health()).toMatchObject({ state: 'lost' });
    await store.write({ type: 'mark', mark: markAt(1) });
    expect(store.health()).toEqual({ state: 'ok' });
    expect(await shared.marks(at(0))).toEqual([markAt(1)]);
    await shared.close();
    await wire.close();
  });

  it('becomes read-only, as a standby is, is written again once another takes its place', async () => {
    const access = await server.database();
    const shared = openShared(optionsFor(access));
    const store = await shared.take('a');
    const set = (value: string): Promise<unknown> =>
      server.admin(`alter database ${access.database} set default_transaction_read_only = ${value};
        select pg_terminate_backend(pid) from pg_stat_activity where datname = '${access.database}'`);
    await set('on');
    await refusal(store.write({ type: 'mark', mark: markAt(0) }));
    expect(await refusal(store.write({ type: 'mark', mark: markAt(0) }))).toMatch(/a standby, or read-only/);
    await server.admin(`alter database ${access.database} set default_transaction_read_only = off`);
    await store.write({ type: 'mark', mark: markAt(1) });
    expect(await shared.marks(at(0))).toEqual([markAt(1)]);
    await shared.close();
  });

  it('has lost a table is not written any more, and what is left may be read', async () => {
    const access = await server.database();
    const store = await openStore(optionsFor(access));
    await store.write({ type: 'audit', entry: entryNamed('A') });
    await server.admin('drop table mark', access.database);
    expect(await refusal(store.write({ type: 'mark', mark: markAt(0) }))).toMatch(/is damaged/);
    expect(await refusal(store.write({ type: 'audit', entry: entryNamed('B') }))).toMatch(/is damaged/);
    expect(store.health()).toMatchObject({ state: 'corrupt' });
    expect(await store.auditLog({ limit: 9 })).toHaveLength(1);
    await store.close();
  });

  it('goes elsewhere, or changes its password, is followed without a restart', async () => {
    const access = await server.database();
    let given = access;
    const shared = openShared({ ...optionsFor(access), access: () => given });
    const store = await shared.take('a');
    const wire = await Wire.to(access.port);
    given = { ...access, port: Number(new URL(wire.url).port) };
    await server.admin(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${access.database}'`);
    await decide(store);
    // Of four connections, those whose end is not heard of yet may be tried first.
    const write = (): Promise<void> => store.write({ type: 'mark', mark: markAt(0) });
    await write().catch(write).catch(write).catch(write);
    expect(wire.connections).toBeGreaterThan(0);
    await shared.close();
    await wire.close();
  });
});

describe('TLS', () => {
  const at_ = (host: string, tls: DatabaseTls | undefined): Promise<DatabaseAccess> =>
    server.database({ host, ...(tls === undefined ? {} : { tls }) });

  test.each([
    ['by authority and name', 'localhost', 'name'],
    ['by authority alone, where the name does not fit', '127.0.0.1', 'authority'],
  ] as const)('verifies the server %s', async (_how, host, check) => {
    const access = await at_(host, { check, ca: server.ca });
    const store = await openStore(optionsFor(access));
    await store.write({ type: 'mark', mark: markAt(0) });
    const text = `select bool_and(ssl) as ssl from pg_stat_ssl join pg_stat_activity using (pid)
      where datname = '${access.database}'`;
    expect(await server.admin(text)).toEqual([{ ssl: true }]);
    await store.close();
  });

  test.each([
    ['of another authority', 'localhost', 'name', 'other'],
    ['of another authority, whatever its name', '127.0.0.1', 'authority', 'other'],
    ['of another name', '127.0.0.1', 'name', 'own'],
    ['of an authority that nobody knows', 'localhost', 'name', 'known'],
  ] as const)('refuses a server %s', async (_what, host, check, of) => {
    const { caCert } = await controllerCertificate();
    const ca = { own: { ca: server.ca }, other: { ca: caCert }, known: {} }[of];
    const access = await at_(host, { check, ...ca });
    const message = await refusal(openStore(optionsFor(access)));
    expect(message).toMatch(/cannot be reached: .*(certificate|altnames)/i);
  });

  it('may be had without a look at the certificate', async () => {
    const access = await at_('127.0.0.1', { check: 'nothing' });
    await (await openStore(optionsFor(access))).close();
  });
});

describe('a person', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-pg-person-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs a command as a person does who was given the file with the URL. */
  function command(access: DatabaseAccess, ...argv: readonly string[]): Promise<Ran> {
    const variables = { HOLDFAST_DATABASE: fileFor(access), HOLDFAST_STATE_DIR: join(folder, 'state') };
    return runCli(argv, { variables, services: { journal: journalAccess(readEnvironment(variables)) } });
  }

  function fileFor(access: DatabaseAccess): string {
    const file = join(folder, access.database);
    writeFileSync(file, server.url(access), { mode: 0o600 });
    return file;
  }

  it('pauses and reads the trail by commands, in the journal of the daemons', async () => {
    const access = await server.database();
    const place = { stateDir: folder, databaseFile: fileFor(access) };
    const daemon = await journalIn(place, defaultRetention, silentLog);
    const paused = await command(access, 'pause', '--reason', 'release', '--as', 'anna');
    expect(paused).toMatchObject({ code: 0, err: '' });
    expect((await daemon.orders()).pauses).toMatchObject([{ by: 'anna', reason: 'release' }]);
    expect((await command(access, 'audit-log')).out).toMatch(/anna/);
    expect((await command(access, 'audit-log', '--verify')).code).toBe(0);
    const view = await journalView(place, Date.now());
    expect(view).toMatchObject({ health: { state: 'ok' }, orders: { pauses: [{ by: 'anna' }] } });
    const shared = await sharedJournalIn(place, defaultRetention);
    expect((await (await shared?.take('00'))?.orders())?.pauses).toHaveLength(1);
    expect(await sharedJournalIn({ stateDir: folder }, defaultRetention)).toBeUndefined();
    await shared?.close();
    await daemon.close();
  });

  it('is told in one sentence, without the password, when the database lets nobody in', async () => {
    const access = await server.database({ password: `${password}!` });
    const { code, err } = await command(access, 'orders');
    expect(code).toBe(1);
    expect(err).toMatch(/refuses our name or password/);
    said.push(err);
  });

  it('is told that there is no journal yet, and what looks only says so, too', async () => {
    const access = await server.database();
    const { code, err } = await command(access, 'orders');
    const message =
      /there is no journal in the database journal_\d+ at 127.0.0.1:\d+ yet: holdfast run makes it/;
    expect([code, err]).toEqual([1, expect.stringMatching(message)]);
    const view = await journalView({ stateDir: folder, databaseFile: fileFor(access) }, Date.now());
    expect(view.health).toEqual({ state: 'lost', reason: expect.stringMatching(message) as unknown });
    said.push(err);
  });
});

describe('the password', () => {
  it('is in no error that was thrown here, and in no log of the server', async () => {
    const access = await server.database({ password: `${password}!` });
    await refusal(openJournal(optionsFor(access)));
    expect(said.length).toBeGreaterThan(15);
    for (const one of [...said, server.log()]) {
      const text = inspect(one, { depth: 20, showHidden: true, maxStringLength: Infinity });
      for (const secret of [password, encodeURIComponent(password), JSON.stringify(password).slice(1, -1)])
        expect(text).not.toContain(secret);
    }
  });
});
