import { join } from 'node:path';
import type { JournalAccess } from '../cli/services.js';
import { osUserName } from '../config/user-name.js';

/** The journal's file in a state directory. */
export function journalFile(stateDir: string): string {
  return join(stateDir, 'journal.sqlite');
}

/** The persons' way to the journal, loaded when it is taken. */
export const journalAccess: JournalAccess = {
  open: async (stateDir) => (await import('../store/sqlite/open.js')).openJournal(journalFile(stateDir)),
  userName: osUserName,
};
