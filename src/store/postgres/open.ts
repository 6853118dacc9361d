/** The journal in PostgreSQL, which several daemons may share. */
import { InputError } from '../../core/input-error.js';
import type { Journal, SharedStore, Store } from '../../core/ports/index.js';
import { JournalTrouble } from '../sql/engine.js';
import { personsJournal } from '../sql/journal.js';
import { migrate, refuseOlder, refuseStrange } from '../sql/migrate.js';
import { SqlSharedStore, takeWhole } from '../sql/shared.js';
import type { StoreOptions } from '../sql/upkeep.js';
import { openEngine, type DatabaseOptions, type PostgresEngine } from './engine.js';

/**
 * Opens the journal for daemons that share it, makes it where there is none. The database need not be there yet: until
 * it is, all that is asked of the journal is refused, and its health says why.
 */
export function openShared(options: DatabaseOptions & StoreOptions): SharedStore {
  return new SqlSharedStore(openEngine(options, migrate), options);
}

/**
 * Opens the journal for the only daemon, makes it where there is none, and takes it over from whoever has it.
 * @throws InputError that says what is wrong and what to do.
 */
export function openStore(options: DatabaseOptions & StoreOptions): Promise<Store> {
  return using(openEngine(options, migrate), (engine) => takeWhole(engine, options));
}

/**
 * Opens the journal for a person, also beside running daemons.
 * @throws InputError that says what is wrong and what to do; where there is no journal, too.
 */
export function openJournal(options: DatabaseOptions): Promise<Journal> {
  const check = async (engine: Parameters<typeof refuseStrange>[0]): Promise<void> => {
    await refuseStrange(engine);
    await refuseOlder(engine);
  };
  return using(openEngine(options, check), (engine) => Promise.resolve(personsJournal(engine)));
}

/** Ends the connections again when the database turns out to be of no use. */
async function using<T>(engine: PostgresEngine, use: (engine: PostgresEngine) => Promise<T>): Promise<T> {
  try {
    await engine.ready();
    return await use(engine);
  } catch (error) {
    await engine.db.destroy();
    const trouble = error instanceof JournalTrouble ? error.trouble : engine.troubleOf(error);
    throw trouble === undefined ? error : new InputError(trouble.reason);
  }
}
