/** Real processes on one journal: one that is killed, and several that write at once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { entryNamed, standingClock } from '../../../test/support/journal-samples.js';
import { defaultRetention } from '../../core/policy/rails.js';
import { openJournal, openStore } from './open.js';

const asTypescript = fileURLToPath(new URL('../../../test/support/as-typescript.js', import.meta.url));
const writer = fileURLToPath(new URL('../../../test/support/journal-writer.ts', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-processes-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Writer {
  readonly child: ChildProcess;
  /** The number of the last batch that it told to be written. */
  readonly told: () => number;
  readonly ended: Promise<unknown>;
}

function startWriter(file: string): Writer {
  const args = ['--disable-warning=ExperimentalWarning', '--import', asTypescript];
  const child = spawn(process.execPath, [...args, writer, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
  let last = 0;
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    last = Number(lines.at(-1) ?? last);
  });
  return { child, told: () => last, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a daemon that is killed amid its writes', () => {
  test.each([1, 40, 300])(
    '(after batch %i) leaves whole batches and a trail that is whole',
    async (batches) => {
      const file = join(folder, `killed-${batches}`, 'journal.sqlite');
      const { child, told, ended } = startWriter(file);
      await until(() => told() >= batches);
      child.kill('SIGKILL');
      await ended;
      const store = await openStore(file, { clock: standingClock(), retention: defaultRetention });
      const verdict = await store.verifyChain();
      const last = verdict.state === 'whole' ? verdict.last : -1;
      expect([verdict.state, last % 3]).toEqual(['whole', 0]);
      // What it told to be written survived it; of what it was about to write, all or nothing.
      expect(last / 3 - told()).toBeGreaterThanOrEqual(0);
      const remediations = await store.remediations(0);
      expect(remediations.length).toBe(last / 3);
      expect((await store.steps(`r${last / 3}`)).length).toBe(1);
      await store.close();
    },
  );
});

describe('a daemon and persons at once', () => {
  it('write one trail, of which nothing is lost', async () => {
    const file = join(folder, 'shared', 'journal.sqlite');
    const { child, told, ended } = startWriter(file);
    await until(() => told() >= 1);
    const person = await openJournal(file);
    for (let n = 0; n < 30; n += 1)
      await person.write(
        { type: 'audit', entry: entryNamed('Person', { actor: 'anna' }) },
        { type: 'audit', entry: entryNamed('PersonAgain', { actor: 'anna' }) },
      );
    child.kill('SIGKILL');
    await ended;
    const records = await person.auditLog({ limit: 100_000 });
    expect(await person.verifyChain()).toMatchObject({ state: 'whole', last: records.length });
    expect(records.filter(({ actor }) => actor === 'anna').length).toBe(60);
    expect(records.length - 60).toBeGreaterThanOrEqual(3 * told());
    await person.close();
  });

  it('lets a second daemon take over: the first one cannot write any more', async () => {
    const file = join(folder, 'taken', 'journal.sqlite');
    const { child, told, ended } = startWriter(file);
    await until(() => told() >= 1);
    const store = await openStore(file, { clock: standingClock(), retention: defaultRetention });
    await ended;
    expect(child.exitCode).toBe(3);
    const before = (await store.auditLog({ limit: 1, newest: true }))[0]?.seq;
    await store.write({ type: 'audit', entry: entryNamed('Mine') });
    expect(await store.verifyChain()).toMatchObject({ state: 'whole', last: (before ?? 0) + 1 });
    await store.close();
  });
});
