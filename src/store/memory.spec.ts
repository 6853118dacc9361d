import { describe, expect, it } from '@jest/globals';
import type { Remediation, Step } from '../core/ports/index.js';
import { memoryStore, newMemory } from './memory.js';
import { StaleFence } from './stale-fence.js';

const remediation: Remediation = {
  id: 'r1',
  planHash: 'aa',
  actionId: 'integrate-1',
  target: { kind: 'model', controller: 'prod', model: 'data' },
  controls: ['ETCD-TLS-01'],
  argv: ['juju', 'integrate', 'etcd', 'ca'],
  state: 'Running',
  reason: 'Started',
  message: 'runs',
  attempts: 1,
  startedAt: '2026-11-22T03:00:00Z',
  updatedAt: '2026-11-22T03:00:00Z',
};
const step: Step = { remediation: 'r1', n: 1, state: 'intent', argv: ['juju'], at: '2026-11-22T03:00:00Z' };

describe('the memory store', () => {
  it('keeps the latest state of a remediation in the place where it first stood', async () => {
    const store = memoryStore();
    await store.saveRemediation(remediation);
    await store.saveRemediation({ ...remediation, id: 'r2' });
    await store.saveRemediation({ ...remediation, state: 'Succeeded' });
    const kept = await store.remediations();
    expect(kept.map(({ id, state }) => [id, state])).toEqual([
      ['r1', 'Succeeded'],
      ['r2', 'Running'],
    ]);
  });

  it('gives the steps of one remediation in their order, each in its latest state', async () => {
    const store = memoryStore();
    await store.saveStep({ ...step, n: 2 });
    await store.saveStep(step);
    await store.saveStep({ ...step, state: 'exited', outcome: 'done' });
    await store.saveStep({ ...step, remediation: 'other' });
    const kept = await store.steps('r1');
    expect(kept.map(({ n, state }) => [n, state])).toEqual([
      [1, 'exited'],
      [2, 'intent'],
    ]);
    expect(await store.steps('nothing')).toEqual([]);
  });

  it('refuses a writer from whom the store was taken over, and still lets it read', async () => {
    const memory = newMemory();
    const before = memoryStore(memory);
    await before.saveRemediation(remediation);
    const after = memoryStore(memory);
    await expect(before.saveRemediation({ ...remediation, state: 'Failed' })).rejects.toThrow(StaleFence);
    await expect(before.saveStep(step)).rejects.toThrow('fence 1 is older than 2');
    expect(after.fence).toBeGreaterThan(before.fence);
    expect(await after.remediations()).toEqual([remediation]);
    expect(await before.remediations()).toEqual([remediation]);
  });

  it('shares nothing with a store over another memory', async () => {
    await memoryStore().saveRemediation(remediation);
    expect(await memoryStore().remediations()).toEqual([]);
  });
});
