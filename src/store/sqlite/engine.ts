import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { JournalTrouble, type Engine, type Trouble, type Words } from '../sql/engine.js';
import type { Tables } from '../sql/tables.js';
import { asKyselyDatabase } from './database.js';
import { guards } from './guards.js';
import { Place } from './place.js';
import { damaged, replaced, shut, troubleOf } from './troubles.js';

/** How long a lock of another process is waited for, ms. The program stands still meanwhile. */
const patience = 2000;

/**
 * A write is on disk when it returns (FULL), readers and one writer do not wait for each other (WAL), and what a
 * damaged file claims to be is not trusted.
 */
const settings = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma cell_size_check = on;
  pragma journal_size_limit = 16777216;
`;

/** The engine together with the file that it opened. */
export interface SqliteEngine extends Engine {
  readonly database: DatabaseSync;
  readonly file: string;
}

/** Opens a file that is there. @throws JournalTrouble */
export function openEngine(file: string): SqliteEngine {
  const database = inWords(file, () => openDatabase(file));
  try {
    return inWords(file, () => engineOf(database, file));
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Reads the whole file for damage. @throws JournalTrouble */
export function inspect({ database, file }: SqliteEngine): void {
  const [first] = inWords(file, () => database.prepare('pragma quick_check(1)').all());
  const said = String(first?.['quick_check']);
  if (said !== 'ok') throw new JournalTrouble(damaged(file, said.split('\n').at(-1) ?? said));
}

function openDatabase(file: string): DatabaseSync {
  return new DatabaseSync(file, { timeout: patience, enableForeignKeyConstraints: true });
}

function engineOf(database: DatabaseSync, file: string): SqliteEngine {
  database.exec(settings);
  database.enableDefensive(true);
  // Reading once makes the -wal and -shm files, which belong to the place.
  const version = database.prepare('pragma data_version');
  database.prepare('select count(*) from sqlite_schema').get();
  const place = new Place(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyDatabase(database) }) });
  return {
    database,
    file,
    db,
    words: wordsFor(file),
    transaction: (work) => db.transaction().execute(work),
    alone: (work) => db.transaction().execute(work),
    tables: async (of) => (await of.introspection.getTables()).map(({ name }) => name),
    guards,
    writesOfOthers: () => Number(version.get()?.['data_version']),
    lookAround: () => troubleAt(place, file),
    troubleOf: (error) => troubleOf(error, file),
  };
}

function troubleAt(place: Place, file: string): Trouble | undefined {
  if (!place.isSame()) return replaced(file);
  return place.mayWrite() ? undefined : shut(file);
}

export function wordsFor(file: string): Words {
  return {
    journal: `the journal ${file}`,
    place: file,
    instead: 'name another state directory',
    missing: 'holdfast run makes it. Is HOLDFAST_STATE_DIR (or --state-dir) that of the daemon?',
  };
}

function inWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const trouble = troubleOf(error, file);
    throw trouble === undefined ? error : new JournalTrouble(trouble, error);
  }
}
