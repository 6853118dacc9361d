/** The journal in a file of its own: `journal.sqlite` in the state directory. */
import { statSync } from 'node:fs';
import { InputError } from '../../core/input-error.js';
import type { Journal, Store } from '../../core/ports/index.js';
import { JournalTrouble } from '../sql/engine.js';
import { personsJournal } from '../sql/journal.js';
import { migrate, noJournal, refuseOlder, refuseStrange } from '../sql/migrate.js';
import { takeWhole } from '../sql/shared.js';
import type { StoreOptions } from '../sql/upkeep.js';
import { inspect, openEngine, wordsFor, type SqliteEngine } from './engine.js';
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
      await migrate(engine);
      return takeWhole(engine, options);
    });
  });
}

/**
 * Opens the journal for a person, also beside a running daemon.
 * @throws InputError that says what is wrong and what to do; where there is no journal, too.
 */
export function openJournal(file: string): Promise<Journal> {
  return opening(file, async () => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0)
      throw noJournal({ words: wordsFor(file) });
    return using(openEngine(file), async (engine) => {
      await refuseStrange(engine);
      await refuseOlder(engine);
      return personsJournal(engine);
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
