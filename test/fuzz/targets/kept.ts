/** Files that Holdfast itself wrote, and that a disk, a person or an enemy changed since. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { InputError } from '../../../src/core/input-error.js';
import { defaultRetention } from '../../../src/core/policy/rails.js';
import type { Journal } from '../../../src/core/ports/index.js';
import { trendFile } from '../../../src/main/trend-file.js';
import { thinned } from '../../../src/report/web/trend.js';
import { JournalTrouble } from '../../../src/store/sql/engine.js';
import { openJournal, openStore } from '../../../src/store/sqlite/open.js';
import { fileVault, tidyVault } from '../../../src/vault/file-vault.js';
import {
  hashNamed,
  planNamed,
  quarantineNamed,
  remediationNamed,
  standingClock,
  stepOf,
  entryNamed,
} from '../../support/journal-samples.js';
import { silentLog } from '../../support/silent.js';
import { utf8, type Target } from '../target.js';

const account = { controller: 'prod', user: 'watch' };

/** Reads a password, keeps a new one, and puts it in place: in a file that may hold anything. */
async function vault(bytes: Buffer, folder: string): Promise<unknown> {
  const file = join(folder, 'watch.yaml');
  writeFileSync(file, bytes, { mode: 0o600 });
  const own = fileVault({ folder: join(folder, 'rotation'), filesOf: () => [file] });
  const before = await own.current(account);
  await own.keep(account, 'fresh');
  await own.settle(account, 'fresh');
  const after = await own.current(account);
  if (after !== 'fresh') throw new TypeError(`a password was lost: ${typeof before}`);
  await tidyVault(folder);
  return readFile(file, 'utf8');
}

const now = Date.parse('2026-11-22T04:00:00Z');

function trend(bytes: Buffer, folder: string): unknown {
  writeFileSync(join(folder, 'trend.json'), bytes);
  return thinned(trendFile(folder, silentLog).load(), now);
}

let sound: Buffer | undefined;

/** A journal with something of everything, whose pages the input then changes. */
async function soundJournal(folder: string): Promise<Buffer> {
  if (sound !== undefined) return sound;
  const file = join(folder, 'sound.sqlite');
  const store = await openStore(file, { clock: standingClock(), retention: defaultRetention });
  await store.write(
    { type: 'plan', plan: planNamed('plan') },
    { type: 'remediation', remediation: remediationNamed('r1') },
    { type: 'step', step: stepOf('r1', 1) },
    { type: 'quarantine', quarantine: quarantineNamed('q1') },
    { type: 'audit', entry: entryNamed('Begun') },
    { type: 'audit', entry: entryNamed('Ended') },
  );
  await store.close();
  sound = readFileSync(file);
  return sound;
}

async function readAll(journal: Journal): Promise<unknown> {
  const remediations = await journal.remediations(10);
  return [
    remediations,
    await journal.steps('r1'),
    await journal.plans(''),
    await journal.plan(hashNamed('plan')),
    await journal.orders(),
    await journal.auditLog({ limit: 100 }),
    await journal.verifyChain(),
  ];
}

/** Bytes laid over a sound journal at a place that they name themselves. */
async function journalFile(bytes: Buffer, folder: string): Promise<unknown> {
  const whole = Buffer.from(await soundJournal(folder));
  const at = bytes.length < 4 ? 0 : bytes.readUInt32LE(0) % whole.length;
  bytes.subarray(4, 4 + whole.length - at).copy(whole, at);
  const file = join(folder, 'journal.sqlite');
  writeFileSync(file, bytes.length % 7 === 0 ? bytes : whole, { mode: 0o600 });
  const journal = await openJournal(file);
  try {
    return await readAll(journal);
  } finally {
    await journal.close();
  }
}

/** A row of a table whose text somebody wrote over. */
async function journalRow(bytes: Buffer, folder: string): Promise<unknown> {
  const file = join(folder, 'rows.sqlite');
  writeFileSync(file, await soundJournal(folder), { mode: 0o600 });
  const database = new DatabaseSync(file);
  database.exec('DROP TRIGGER audit_stays');
  for (const table of ['plan', 'remediation', 'step', 'quarantine', 'audit'])
    database.prepare(`UPDATE ${table} SET body = ?`).run(utf8(bytes));
  database.close();
  const journal = await openJournal(file);
  try {
    return await readAll(journal);
  } finally {
    await journal.close();
  }
}

export const keptTargets: readonly Target[] = [
  { name: 'vault', read: vault, refusals: [/holds no password that could be replaced$/], longest: 16_000 },
  {
    name: 'trend',
    read: trend,
    refusals: [],
    words: ['points', 'at', 'score', 'short', '2026-11-22T04:00:00Z'],
  },
  { name: 'journal-file', read: journalFile, refusals: [InputError, JournalTrouble], longest: 32_000 },
  { name: 'journal-row', read: journalRow, refusals: [InputError, JournalTrouble], longest: 16_000 },
];
