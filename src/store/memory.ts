import { StaleFence } from '../core/ports/index.js';
import type { Journal, SharedStore, Store } from '../core/ports/index.js';
import { millis } from '../core/time.js';
import {
  marksSince,
  ordersOf,
  plansOf,
  recordsFor,
  remediationsOf,
  rotationsOf,
  stepsOf,
  toldOf,
  verify,
} from './memory/read.js';
import { newMemory, type Memory } from './memory/state.js';
import { apply, refuseImpossible } from './memory/write.js';

export { newMemory, type Memory };

/**
 * A store for tests and the demo. It does not survive the process: whatever has to be remembered after a crash needs
 * the journal on disk. Given a memory of before, it goes on from there with a newer fence, as a restarted daemon would;
 * writes of the store before it then reject with StaleFence. It keeps everything for as long as it lives.
 */
export function memoryStore(memory: Memory = newMemory()): Store {
  return partOf(memory, '');
}

/** A memory that several daemons share, for tests: each takes parts of it. */
export function sharedMemory(memory: Memory = newMemory()): SharedStore {
  return { ...memoryJournal(memory), take: (part) => Promise.resolve(partOf(memory, part)) };
}

function partOf(memory: Memory, part: string): Store {
  const newest = (): number => memory.fences.get(part) ?? 0;
  memory.fences.set(part, newest() + 1);
  const fence = newest();
  const stale = (): StaleFence | undefined =>
    fence === newest() ? undefined : new StaleFence(fence, newest());
  const journal = memoryJournal(memory);
  return {
    ...journal,
    fence,
    write: async (...writes) => {
      const error = stale();
      if (error !== undefined) throw error;
      await journal.write(...writes);
    },
    health: () => {
      const error = stale();
      return error === undefined ? { state: 'ok' } : { state: 'lost', reason: error.message };
    },
  };
}

/** The persons' side of a memory. */
export function memoryJournal(memory: Memory): Journal {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- what throws here has to reject
    write: async (...writes) => {
      refuseImpossible(memory, writes);
      for (const write of writes) apply(memory, write);
    },
    remediations: (ended) => Promise.resolve(remediationsOf(memory, ended)),
    steps: (remediation) => Promise.resolve(stepsOf(memory, remediation)),
    plan: (hash) => Promise.resolve(memory.plans.get(hash)),
    plans: (prefix) => Promise.resolve(plansOf(memory, prefix)),
    orders: () => Promise.resolve((memory.orders ??= ordersOf(memory))),
    marks: (since) => Promise.resolve(marksSince(memory, millis(since))),
    rotations: () => Promise.resolve(rotationsOf(memory)),
    outbox: () => Promise.resolve([...memory.outbox.values()]),
    told: () => Promise.resolve(toldOf(memory)),
    auditLog: (query) => Promise.resolve(recordsFor(memory, query)),
    verifyChain: () => Promise.resolve(verify(memory)),
    health: () => ({ state: 'ok' }),
    close: () => Promise.resolve(),
  };
}
