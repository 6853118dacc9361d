import type { Store } from '../core/ports/index.js';

/**
 * Stands in for a journal that could not be opened: the estate is still looked at, nothing is changed, and the reason
 * is shown. Every write rejects with it.
 */
export function brokenStore(reason: string): Store {
  const refuse = (): Promise<never> => Promise.reject(new Error(reason));
  const nothing = (): Promise<readonly never[]> => Promise.resolve([]);
  return {
    fence: 0,
    write: refuse,
    remediations: nothing,
    steps: nothing,
    plan: () => Promise.resolve(undefined),
    plans: nothing,
    orders: () => Promise.resolve({ decisions: [], quarantines: [], pauses: [] }),
    marks: nothing,
    rotations: nothing,
    outbox: nothing,
    told: nothing,
    auditLog: nothing,
    verifyChain: refuse,
    health: () => ({ state: 'corrupt', reason }),
    close: () => Promise.resolve(),
  };
}
