import { describe, expect, it } from '@jest/globals';
import { notifyPolicy, start } from '../../../test/support/notify-samples.js';
import { delivered, down, many, Stage } from '../../../test/support/notify-stage.js';

describe('a target that cannot always be reached', () => {
  it('gets what was not delivered before a restart first, under the same id', async () => {
    const before = new Stage(notifyPolicy());
    before.ear('chat').answer = () => down;
    before.findings = many(1);
    await before.pass(60);
    await before.notifier.stop();
    const unsent = [...before.memory.outbox.keys()];
    const after = new Stage(notifyPolicy(), before);
    after.findings = many(2);
    await after.pass(600);
    expect(unsent).toHaveLength(1);
    expect(
      after
        .ear('chat')
        .heard.map(({ id }) => id)
        .slice(0, -1),
    ).toEqual(unsent);
    expect(after.ear('chat').heard.map(({ counts }) => counts.firing)).toEqual([1, 1]);
    expect(after.memory.outbox.size).toBe(0);
  });

  it('gets everything in order once it is back, in few messages however much happened', async () => {
    const stage = new Stage(notifyPolicy());
    await stage.pass(60);
    const ear = stage.ear('chat');
    ear.answer = () => down;
    for (let n = 1; n <= 100; n += 1) {
      stage.findings = many(n);
      await stage.pass(60);
    }
    expect(stage.notifier.health()).toMatchObject([
      { waiting: 20, trouble: 'connection refused', delivered: 0 },
    ]);
    ear.answer = () => delivered;
    await stage.pass(900);
    const told = ear.heard.flatMap(({ firing }) => firing.map(({ id }) => id));
    expect([...new Set(told)]).toHaveLength(100);
    expect(told).toHaveLength(100);
    expect(ear.heard.map(({ at }) => at)).toEqual(ear.heard.map(({ at }) => at).sort());
    expect(ear.heard.length).toBeLessThanOrEqual(22);
    expect(stage.notifier.health()[0]?.trouble).toBeUndefined();
  });

  it('is tried again ever more rarely, and left alone for as long as it asks', async () => {
    const stage = new Stage(notifyPolicy());
    const tries: number[] = [];
    stage.ear('chat').answer = () => {
      tries.push(stage.clock.now() - start);
      return tries.length === 5 ? { ...down, retryAfter: 600_000 } : down;
    };
    stage.findings = many(1);
    await stage.pass(2000);
    const between = tries.slice(1).map((at, n) => (at - (tries[n] ?? 0)) / 1000);
    expect(between.slice(0, 5)).toEqual([5, 10, 20, 40, 600]);
    expect(Math.max(...between.slice(5))).toBeLessThanOrEqual(300);
  });

  it('loses a message that it refused three times, and gets the next', async () => {
    const stage = new Stage(notifyPolicy());
    const ear = stage.ear('chat');
    ear.answer = () => ({ state: 'refused', reason: 'answered 400' });
    stage.findings = many(1);
    await stage.pass(120);
    ear.answer = () => delivered;
    stage.findings = many(2);
    await stage.pass(120);
    expect(stage.heard()).toEqual(['changes +1 -0']);
    expect(stage.notifier.health()).toMatchObject([{ refused: 1, failed: 3, delivered: 1, waiting: 0 }]);
  });

  it('gives up what is too old to be of use', async () => {
    const stage = new Stage(notifyPolicy({ pace: { ...notifyPolicy().pace, keep: 600 } }));
    stage.ear('chat').answer = () => down;
    stage.findings = many(1);
    await stage.pass(1200);
    expect(stage.notifier.health()).toMatchObject([{ dropped: 1, waiting: 0 }]);
  });

  it('gets no more messages in an hour than it may, and hears everything', async () => {
    const stage = new Stage(notifyPolicy({ pace: { ...notifyPolicy().pace, perHour: 5 } }));
    await stage.pass(60);
    for (let n = 1; n <= 60; n += 1) {
      stage.findings = many(n);
      await stage.pass(60);
    }
    expect(stage.ear('chat').heard.length).toBeLessThanOrEqual(6);
    await stage.pass(1000);
    const told = stage.ear('chat').heard.flatMap(({ firing }) => firing.map(({ id }) => id));
    expect(new Set(told).size).toBe(60);
  });
});
