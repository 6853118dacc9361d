import { describe, expect, test } from '@jest/globals';
import { virtualClock } from './virtual-clock.js';

describe('virtual time', () => {
  test('runs what is due in order of its time, then of its making', async () => {
    const clock = virtualClock(0);
    const seen: string[] = [];
    clock.after(20, () => seen.push('late'));
    clock.after(10, () => seen.push('first'));
    clock.after(10, () => seen.push('second'));
    await clock.advance(15);
    expect([seen, clock.now()]).toEqual([['first', 'second'], 15]);
    await clock.advance(5);
    expect(seen).toEqual(['first', 'second', 'late']);
  });

  test('lets a task make another one within the same stretch', async () => {
    const clock = virtualClock(0);
    const seen: number[] = [];
    clock.after(5, () => {
      clock.after(5, () => seen.push(clock.now()));
    });
    await clock.advance(10);
    expect(seen).toEqual([10]);
  });

  test('a cancelled task never runs, an aborted sleep rejects', async () => {
    const clock = virtualClock(0);
    const seen: string[] = [];
    clock.after(5, () => seen.push('cancelled'))();
    const controller = new AbortController();
    const sleep = clock.sleep(100, controller.signal).catch((error: unknown) => seen.push(String(error)));
    controller.abort('enough');
    await clock.advance(200);
    await sleep;
    expect(seen).toEqual(['enough']);
  });

  test('drains until nothing is left', async () => {
    const clock = virtualClock(0);
    let left = 3;
    const again = (): void => {
      left -= 1;
      if (left > 0) clock.after(1000, again);
    };
    clock.after(1000, again);
    await clock.drain(60_000);
    expect([left, clock.now()]).toEqual([0, 3000]);
  });
});
