/** Any writes, and all that a journal answers after them. */
import fc from 'fast-check';
import type { Store, Write } from '../../src/core/ports/index.js';
import {
  approvalOf,
  at,
  entryNamed,
  markAt,
  messageNamed,
  pauseNamed,
  planNamed,
  quarantineNamed,
  remediationNamed,
  rotationOf,
  stepOf,
  toldNamed,
} from './journal-samples.js';

const names = fc.constantFrom('a', 'B', 'c', 'd');
const minutes = fc.integer({ min: 0, max: 20 });
const states = fc.constantFrom('Running', 'Succeeded', 'Failed', 'NeedsReview', 'Outdated');

const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(names, minutes, states).map(([id, n, state]) => ({
    type: 'remediation' as const,
    remediation: remediationNamed(id, { state, updatedAt: at(n) }),
  })),
  fc.tuple(names, fc.integer({ min: 1, max: 12 }), fc.string()).map(([id, n, outcome]) => ({
    type: 'step' as const,
    step: stepOf(id, n, { outcome }),
  })),
  fc.tuple(names, minutes).map(([name, n]) => ({
    type: 'plan' as const,
    plan: planNamed(name, { createdAt: at(n) }),
  })),
  fc.tuple(names, minutes, fc.constantFrom('approve', 'deny')).map(([name, n, decision]) => ({
    type: 'approval' as const,
    approval: approvalOf(name, { at: at(n), decision }),
  })),
  fc.tuple(names, minutes, fc.string()).map(([id, n, message]) => ({
    type: 'quarantine' as const,
    quarantine: quarantineNamed(id, { since: at(n), message }),
  })),
  names.map((quarantine) => ({ type: 'clear' as const, quarantine })),
  fc.tuple(names, minutes).map(([id, n]) => ({
    type: 'pause' as const,
    pause: pauseNamed(id, n % 2 === 0 ? { at: at(n) } : { at: at(n), until: at(n + 1) }),
  })),
  names.map((pause) => ({ type: 'resume' as const, pause })),
  minutes.map((n) => ({ type: 'mark' as const, mark: markAt(n) })),
  fc.tuple(names, minutes, fc.constantFrom('begun', 'done')).map(([user, n, state]) => ({
    type: 'rotation' as const,
    rotation: rotationOf(user, { at: at(n), state }),
  })),
  fc
    .tuple(names, minutes)
    .map(([id, n]) => ({ type: 'outbox' as const, entry: messageNamed(id, { at: at(n) }) })),
  names.map((id) => ({ type: 'sent' as const, message: id })),
  fc.tuple(fc.array(names), minutes).map(([ids, n]) => ({
    type: 'told' as const,
    told: ids.map((id) => toldNamed(id, { at: at(n) })),
  })),
  fc.array(names).map((ids) => ({ type: 'untold' as const, target: 'chat', ids })),
  fc.tuple(minutes, fc.string({ unit: 'binary' })).map(([n, why]) => ({
    type: 'audit' as const,
    entry: entryNamed('Event', { at: at(n), why, body: { why } }),
  })),
);

export async function answers(store: Store): Promise<unknown> {
  const since = at(10);
  return {
    remediations: [await store.remediations(0), await store.remediations(2), await store.remediations(9)],
    steps: await Promise.all(['a', 'B', 'c', 'd'].map((id) => store.steps(id))),
    plans: await store.plans(''),
    orders: await store.orders(),
    rotations: await store.rotations(),
    notified: [await store.outbox(), await store.told()],
    marks: [await store.marks(since), await store.marks(at(-1))],
    audit: [
      await store.auditLog({ limit: 3 }),
      await store.auditLog({ limit: 3, newest: true, since }),
      await store.auditLog({ limit: 99, after: 2 }),
    ],
    chain: await store.verifyChain(),
    health: store.health(),
  };
}

/** Whether the batch was taken. */
export async function taken(store: Store, batch: readonly Write[]): Promise<boolean> {
  return store.write(...batch).then(
    () => true,
    () => false,
  );
}

/** Calls of `write`, one after another. */
export const anyBatches: fc.Arbitrary<readonly (readonly Write[])[]> = fc.array(
  fc.array(anyWrite, { maxLength: 6 }),
  { maxLength: 12 },
);
