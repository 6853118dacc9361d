import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { virtualClock } from '../simulator/virtual-clock.js';
import { WorkQueue } from './queue.js';

describe('the work queue', () => {
  it('hands out a key once, however often it was added', async () => {
    const queue = new WorkQueue(virtualClock());
    for (const key of ['a', 'b', 'a']) queue.add(key);
    expect([await queue.take(), await queue.take()]).toEqual(['a', 'b']);
    expect(queue.view()).toEqual({ depth: 0, inFlight: 2, backingOff: 0 });
  });

  it('has a key that is added while in flight worked on once more, afterwards', async () => {
    const queue = new WorkQueue(virtualClock());
    queue.add('a');
    await queue.take();
    queue.add('a');
    queue.add('a');
    expect(queue.view().depth).toBe(0);
    queue.done('a');
    expect(await queue.take()).toBe('a');
    queue.done('a');
    expect(queue.view()).toEqual({ depth: 0, inFlight: 0, backingOff: 0 });
  });

  it('lets the shortest of several delays count', async () => {
    const clock = virtualClock();
    const queue = new WorkQueue(clock);
    queue.addAfter('a', 5000);
    queue.addAfter('a', 1000);
    queue.addAfter('a', 9000);
    await clock.advance(1000);
    expect(queue.view().depth).toBe(1);
    await queue.take();
    await clock.advance(10_000);
    expect(queue.view().depth).toBe(0);
  });

  it('drops the delay when the key is added at once', async () => {
    const clock = virtualClock();
    const queue = new WorkQueue(clock);
    queue.addAfter('a', 5000);
    queue.add('a');
    await queue.take();
    queue.done('a');
    await clock.advance(10_000);
    expect(queue.view().depth).toBe(0);
  });

  it('gives waiting takers nothing more once it is closed', async () => {
    const queue = new WorkQueue(virtualClock());
    const taken = queue.take();
    queue.close();
    queue.add('a');
    expect([await taken, await queue.take()]).toEqual([undefined, undefined]);
  });

  it('never has one key worked on twice at once, and forgets none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), delay: fc.nat(50), work: fc.nat(30) }), {
          maxLength: 40,
        }),
        async (adds) => {
          const clock = virtualClock();
          const queue = new WorkQueue(clock);
          const busy = new Set<string>();
          const lastAdded = new Map<string, number>();
          const lastBegun = new Map<string, number>();
          const worker = async (): Promise<void> => {
            for (let key = await queue.take(); key !== undefined; key = await queue.take()) {
              expect(busy.has(key)).toBe(false);
              busy.add(key);
              lastBegun.set(key, clock.now());
              await clock.sleep(7);
              busy.delete(key);
              queue.done(key);
            }
          };
          const workers = [worker(), worker(), worker()];
          for (const { key, delay, work } of adds) {
            if (work % 2 === 0) queue.add(key);
            else queue.addAfter(key, delay);
            lastAdded.set(key, clock.now());
            await clock.advance(work);
          }
          await clock.advance(1000);
          for (const [key, at] of lastAdded) expect(lastBegun.get(key) ?? -1).toBeGreaterThanOrEqual(at);
          queue.close();
          await Promise.all(workers);
        },
      ),
      { numRuns: 50 },
    );
  });
});
