import { describe, expect, it } from '@jest/globals';
import { virtualClock } from '../simulator/virtual-clock.js';
import { callGate } from './gate.js';

describe('the gate for calls', () => {
  it('lets no more through at once than it may', async () => {
    const clock = virtualClock();
    const gate = callGate(clock, () => ({ atOnce: 2, perMinute: 100 }))(undefined);
    let [under, most] = [0, 0];
    const call = async (): Promise<void> => {
      under += 1;
      most = Math.max(most, under);
      await clock.sleep(1000);
      under -= 1;
    };
    const all = Promise.all(Array.from({ length: 7 }, () => gate(call)));
    await clock.advance(20_000);
    await all;
    expect([most, under]).toEqual([2, 0]);
  });

  it('lets no more begin in a minute than it may', async () => {
    const clock = virtualClock();
    const start = clock.now();
    const gate = callGate(clock, () => ({ atOnce: 10, perMinute: 3 }))(undefined);
    const begun: number[] = [];
    const all = Promise.all(
      Array.from({ length: 7 }, () =>
        gate(() => {
          begun.push(clock.now() - start);
          return Promise.resolve();
        }),
      ),
    );
    await clock.advance(300_000);
    await all;
    expect(begun).toEqual([0, 0, 0, 60_000, 60_000, 60_000, 120_000]);
  });

  it('frees the place of a call that fails', async () => {
    const gate = callGate(virtualClock(), () => ({ atOnce: 1, perMinute: 100 }))(undefined);
    await expect(gate(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(await gate(() => Promise.resolve('next'))).toBe('next');
  });

  it.each([
    ['forward', 86_400_000],
    ['back', -86_400_000],
  ])('lets them go on after a minute when the clock is set %s by a day', async (_way, step) => {
    const clock = virtualClock();
    let offset = 0;
    const jumping = { ...clock, now: () => clock.now() + offset };
    const gate = callGate(jumping, () => ({ atOnce: 10, perMinute: 3 }))(undefined);
    const nothing = (): Promise<void> => Promise.resolve();
    await Promise.all(Array.from({ length: 3 }, () => gate(nothing)));
    offset = step;
    let done = 0;
    const later = Promise.all(Array.from({ length: 3 }, async () => gate(nothing).then(() => (done += 1))));
    await clock.advance(60_000);
    expect(done).toBe(3);
    await later;
  });
});
