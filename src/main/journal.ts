import { join } from 'node:path';
import type { JournalAccess } from '../cli/services.js';
import type { Environment } from '../config/environment.js';
import { osUserName } from '../config/user-name.js';
import type { Journal } from '../core/ports/index.js';
import { systemClock } from './system.js';

/** Where the journal is: in a database, or else in a state directory. */
export type JournalPlace = Pick<Environment, 'stateDir' | 'databaseFile'>;

/** The journal's file in a state directory. */
export function journalFile(stateDir: string): string {
  return join(stateDir, 'journal.sqlite');
}

/** The persons' way to the journal, loaded when it is taken. */
export function journalAccess({ databaseFile }: Pick<Environment, 'databaseFile'>): JournalAccess {
  return {
    open: (stateDir) => openPlace({ stateDir, ...(databaseFile === undefined ? {} : { databaseFile }) }),
    userName: osUserName,
  };
}

/** Opens the journal for a person. @throws InputError */
export async function openPlace({ stateDir, databaseFile }: JournalPlace): Promise<Journal> {
  if (databaseFile === undefined)
    return (await import('../store/sqlite/open.js')).openJournal(journalFile(stateDir));
  const { databaseIn } = await import('../config/database.js');
  const access = databaseIn(databaseFile);
  return (await import('../store/postgres/open.js')).openJournal({ access, clock: systemClock });
}
