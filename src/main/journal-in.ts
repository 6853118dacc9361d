/** The daemon's journal in its state directory. */
import { join } from 'node:path';
import type { Retention } from '../core/policy/rails.js';
import type { Log, Store } from '../core/ports/index.js';
import { brokenStore } from '../store/broken.js';
import { openStore } from '../store/sqlite/open.js';
import { systemClock } from './system.js';

/** Opens it; one that cannot be used is left as it is, and nothing is changed in the estate meanwhile. */
export async function journalIn(folder: string, retention: Retention, log: Log): Promise<Store> {
  try {
    return await openStore(join(folder, 'journal.sqlite'), { clock: systemClock, retention });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error({ reason }, 'the journal cannot be used: nothing is changed');
    return brokenStore(reason);
  }
}
