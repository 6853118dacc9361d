/** The daemon's journal: in a database, or else in its state directory. */
import { hostname } from 'node:os';
import type { Retention } from '../core/policy/rails.js';
import type { Log, SharedStore, Store } from '../core/ports/index.js';
import { brokenStore } from '../store/broken.js';
import type { DatabaseOptions } from '../store/postgres/engine.js';
import { journalFile, type JournalPlace } from './journal.js';
import { systemClock } from './system.js';

/** How often a database is tried that is not there yet, as after both machines were started, and how long, ms. */
const patience = { every: 2000, times: 30 };

/** Opens it; one that cannot be used is left as it is, and nothing is changed in the estate meanwhile. */
export async function journalIn(place: JournalPlace, retention: Retention, log: Log): Promise<Store> {
  try {
    return await opened(place, retention, log);
  } catch (error) {
    const reason = reasonOf(error);
    log.error({ reason }, 'the journal cannot be used: nothing is changed');
    return brokenStore(reason);
  }
}

/** The journal that several daemons share, which need not be reachable yet; undefined where it is a file. */
export async function sharedJournalIn(
  { databaseFile }: JournalPlace,
  retention: Retention,
): Promise<SharedStore | undefined> {
  if (databaseFile === undefined) return undefined;
  const { openShared } = await import('../store/postgres/open.js');
  return openShared({ ...(await databaseOptions(databaseFile)), retention });
}

async function opened(
  { stateDir, databaseFile }: JournalPlace,
  retention: Retention,
  log: Log,
): Promise<Store> {
  if (databaseFile === undefined) {
    const { openStore } = await import('../store/sqlite/open.js');
    return openStore(journalFile(stateDir), { clock: systemClock, retention, unit: hostname() });
  }
  const options = { ...(await databaseOptions(databaseFile)), retention };
  const { openStore } = await import('../store/postgres/open.js');
  return patiently(() => openStore(options), log);
}

/** @throws InputError */
async function databaseOptions(file: string): Promise<DatabaseOptions & { readonly unit: string }> {
  const { databaseIn } = await import('../config/database.js');
  return { access: databaseIn(file), clock: systemClock, unit: hostname() };
}

/** What was not written at the daemon's beginning would be missing in what it knows of its own work: it waits. */
async function patiently(open: () => Promise<Store>, log: Log): Promise<Store> {
  for (let time = 1; time < patience.times; time += 1) {
    try {
      return await open();
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'the journal cannot be opened: trying again');
      await systemClock.sleep(patience.every);
    }
  }
  return open();
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
