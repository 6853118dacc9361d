import { expect, it } from '@jest/globals';
import { bench } from '../../../test/support/daemon-bench.js';
import { memoryStore, newMemory } from '../../store/memory.js';
import type { RotationPorts } from '../../core/ports/index.js';

const done = (): Promise<void> => Promise.resolve();

it('ends what is left of a change before it tries which password works', async () => {
  const memory = newMemory();
  const { clock } = await bench({ memory, answer: () => 'retry' });
  await clock.advance(500);
  for (const steps of memory.steps.values())
    for (const [n, step] of steps) steps.set(n, { ...step, state: 'spawned', pid: 4711 });
  const at = '2026-11-22T06:00:00Z';
  await memoryStore(memory).write({
    type: 'rotation',
    rotation: { controller: 'prod', user: 'observer', state: 'begun', at },
  });
  const order: string[] = [];
  const rotation: RotationPorts = {
    newPassword: () => 'another',
    adopt: () => undefined,
    tryLogin: (_, { user }) => {
      order.push(`login of ${user}`);
      return Promise.resolve('refused');
    },
    vault: {
      isOwn: () => true,
      current: () => Promise.resolve('former'),
      pending: () => Promise.resolve('fresh'),
      keep: done,
      settle: done,
      drop: done,
      withFile: (_, use) => use('/private/file'),
    },
  };
  const endLeftover = (pid: number): Promise<void> => {
    order.push(`end of ${pid}`);
    return Promise.resolve();
  };
  await bench({ memory, rotation, endLeftover });
  expect(order).toEqual(['end of 4711', 'login of observer']);
});
