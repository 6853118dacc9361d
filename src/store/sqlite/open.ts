/** The journal in a file of its own: `journal.sqlite` in the state directory. */
import { statSync } from 'node:fs';
import { InputError } from '../../core/input-error.js';
import type { Journal, Store } from '../../core/ports/index.js';
import { JournalTrouble } from '../sql/engine.js';
import { SqlJournal } from '../sql/journal.js';
import { currentVersion, isEmpty, migrate, versionOf } from '../sql/migrate.js';
import { SqlStore, type StoreOptions } from '../sql/store.js';
import { takeFence } from '../sql/write.js';
import { inspect, openEngine, type SqliteEngine } from './engine.js';
import { makePlace } from './place.js';

/**
 * Opens the journal for a daemon, makes it where there is none, and takes it over from whoever has it. A damaged file
 * is left as it is.
 * @throws InputError that says what is wrong and what to do.
 */
export function openStore(file: string, options: StoreOptions): Promise<Store> {
  return opening(file, async () => {
    makePlace(file);
    return using(openEngine(file), async (engine) => {
      inspect(engine);
      await refuseStrange(engine);
      await migrate(engine);
      return new SqlStore(engine, await takeFence(engine.db), options);
    });
  });
}

/**
 * Opens the journal for a person, also beside a running daemon.
 * @throws InputError that says what is wrong and what to do; where there is no journal, too.
 */
export function openJournal(file: string): Promise<Journal> {
  return opening(file, async () => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) throw noJournal(file);
    return using(openEngine(file), async (engine) => {
      await refuseStrange(engine);
      await refuseOlder(engine);
      return new SqlJournal(engine);
    });
  });
}

async function opening<T>(file: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof JournalTrouble) throw new InputError(error.message);
    if (error instanceof InputError) throw error;
    throw new InputError(
      `the journal ${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Closes the file again when it turns out to be of no use. */
async function using<T>(engine: SqliteEngine, use: (engine: SqliteEngine) => Promise<T>): Promise<T> {
  try {
    return await use(engine);
  } catch (error) {
    const trouble = engine.troubleOf(error);
    await engine.db.destroy();
    if (engine.database.isOpen) engine.database.close();
    throw trouble === undefined ? error : new JournalTrouble(trouble, error);
  }
}

async function refuseStrange({ db, file }: SqliteEngine): Promise<void> {
  const version = await versionOf(db);
  if (version > currentVersion)
    throw new InputError(
      `the journal ${file} was written by a newer Holdfast (version ${version} of its tables, this one knows ` +
        `${currentVersion}): use that one, or a backup of before`,
    );
  if (version === 0 && !(await isEmpty(db)))
    throw new InputError(`${file} is a database of another program: name another state directory`);
}

async function refuseOlder({ db, file }: SqliteEngine): Promise<void> {
  const version = await versionOf(db);
  if (version === 0) throw noJournal(file);
  if (version < currentVersion)
    throw new InputError(
      `the journal ${file} is of an older Holdfast: start holdfast run of this version once, which brings it up to date`,
    );
}

function noJournal(file: string): InputError {
  return new InputError(
    `there is no journal ${file} yet: holdfast run makes it. Is HOLDFAST_STATE_DIR (or --state-dir) that of the daemon?`,
  );
}
