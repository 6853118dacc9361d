import { statSync } from 'node:fs';
import type { JournalView } from '../cli/services.js';
import { InputError } from '../core/input-error.js';
import { instant } from '../core/time.js';
import { journalFile, openPlace, type JournalPlace } from './journal.js';

/** How far back any limit of a policy may look, ms. */
const longestLook = 31 * 86_400_000;
const nothing = { orders: { decisions: [], quarantines: [], pauses: [] }, marks: [] } as const;

/** What persons said and what was done; nothing where a state directory has no journal. */
export async function journalView(place: JournalPlace, now: number): Promise<JournalView> {
  if (!mayBeThere(place)) return { ...nothing, health: { state: 'ok' } };
  try {
    return await viewOf(place, now);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...nothing, health: { state: 'lost', reason: error.message } };
  }
}

function mayBeThere({ stateDir, databaseFile }: JournalPlace): boolean {
  return (
    databaseFile !== undefined || statSync(journalFile(stateDir), { throwIfNoEntry: false }) !== undefined
  );
}

async function viewOf(place: JournalPlace, now: number): Promise<JournalView> {
  const journal = await openPlace(place);
  try {
    const [orders, marks] = await Promise.all([journal.orders(), journal.marks(instant(now - longestLook))]);
    return { orders, marks, health: journal.health() };
  } finally {
    await journal.close();
  }
}
