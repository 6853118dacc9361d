import { statSync } from 'node:fs';
import type { JournalView } from '../cli/services.js';
import { InputError } from '../core/input-error.js';
import { instant } from '../core/time.js';
import { journalFile } from './journal.js';

/** How far back any limit of a policy may look, ms. */
const longestLook = 31 * 86_400_000;
const nothing = { orders: { decisions: [], quarantines: [], pauses: [] }, marks: [] } as const;

/** What persons said and what was done, from the journal of a state directory; nothing where there is none. */
export async function journalView(stateDir: string, now: number): Promise<JournalView> {
  const file = journalFile(stateDir);
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return { ...nothing, health: { state: 'ok' } };
  try {
    return await viewOf(file, now);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...nothing, health: { state: 'lost', reason: error.message } };
  }
}

async function viewOf(file: string, now: number): Promise<JournalView> {
  const { openJournal } = await import('../store/sqlite/open.js');
  const journal = await openJournal(file);
  try {
    const [orders, marks] = await Promise.all([journal.orders(), journal.marks(instant(now - longestLook))]);
    return { orders, marks, health: journal.health() };
  } finally {
    await journal.close();
  }
}
