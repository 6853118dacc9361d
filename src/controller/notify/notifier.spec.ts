import { describe, expect, it } from '@jest/globals';
import { findingNamed, notifyPolicy } from '../../../test/support/notify-samples.js';
import { delivered, many, passing, Stage } from '../../../test/support/notify-stage.js';
import { sampleReport, sampleView } from '../../../test/support/report-samples.js';
import { silentLog } from '../../../test/support/silent.js';
import type { Report } from '../../core/report/types.js';
import { memoryStore } from '../../store/memory.js';
import { Notifier } from './notifier.js';

describe('a target that takes messages', () => {
  it('is told of 2,000 findings that were there before in one message, and of nothing more', async () => {
    const stage = new Stage(notifyPolicy());
    stage.findings = many(2000);
    await stage.pass(3600);
    expect(stage.heard()).toEqual(['begin +2000 -0']);
  });

  it('is told what stands open by a policy that named nobody before, when no report was made for it', async () => {
    const stage = new Stage(notifyPolicy({ targets: [] }));
    stage.findings = many(2);
    let reports = 0;
    const report = (): Report => {
      reports += 1;
      return sampleReport(stage.findings);
    };
    stage.view = { report };
    await stage.pass(600);
    expect(reports).toBe(0);
    stage.notifier.adopt(notifyPolicy());
    await stage.pass(60);
    expect([stage.heard(), reports > 0]).toEqual([['begin +2 -0'], true]);
  });

  it('is told of nothing before all was read, and then of all at once', async () => {
    const stage = new Stage(notifyPolicy());
    let isReady = false;
    stage.view = { readiness: () => ({ ready: isReady, reasons: [] }) };
    for (const count of [1, 5, 30]) {
      stage.findings = many(count);
      await stage.pass(60);
    }
    expect(stage.heard()).toEqual([]);
    isReady = true;
    await stage.pass(60);
    expect(stage.heard()).toEqual(['begin +30 -0']);
  });

  it('is told all the same when something is never read', async () => {
    const stage = new Stage(notifyPolicy());
    stage.view = { readiness: () => ({ ready: false, reasons: ['one model is not read'] }) };
    stage.findings = many(3);
    await stage.pass(400);
    expect(stage.heard()).toEqual(['begin +3 -0']);
  });

  it('hears once that something opened, and once that it is over', async () => {
    const stage = new Stage(notifyPolicy());
    await stage.pass(60);
    stage.findings = many(1);
    await stage.pass(600);
    stage.findings = [passing('f0')];
    await stage.pass(600);
    expect(stage.heard()).toEqual(['changes +1 -0', 'changes +0 -1']);
    expect(stage.ear('chat').heard[1]?.resolved).toMatchObject([{ id: 'f0', ending: 'passing' }]);
  });

  it('hears nothing of what is over before changes were gathered', async () => {
    const stage = new Stage(notifyPolicy());
    await stage.pass(60);
    stage.findings = many(1);
    stage.notifier.nudge();
    await stage.pass(5);
    stage.findings = [passing('f0')];
    await stage.pass(600);
    expect(stage.heard()).toEqual([]);
  });

  it('is not told that something is over because it cannot be seen any more', async () => {
    const stage = new Stage(notifyPolicy());
    stage.findings = many(2);
    await stage.pass(60);
    stage.findings = [findingNamed('f0', { outcome: 'unknown' })];
    await stage.pass(600);
    expect(stage.heard()).toEqual(['begin +2 -0']);
  });

  it('hears after a restart only what changed meanwhile', async () => {
    const before = new Stage(notifyPolicy());
    before.findings = many(50);
    await before.pass(60);
    await before.notifier.stop();
    const after = new Stage(notifyPolicy(), before);
    after.findings = [...many(49), passing('f49'), findingNamed('new')];
    await after.pass(600);
    expect(after.heard()).toEqual(['changes +1 -1']);
  });

  it('is told although nothing can be written down or read, also of that', async () => {
    const stage = new Stage(notifyPolicy());
    const broken = memoryStore(stage.memory);
    const refuse = (): Promise<never> => Promise.reject(new Error('disk full'));
    const journal = { ...broken, write: refuse, told: refuse, outbox: refuse };
    await stage.notifier.stop();
    stage.notifier = new Notifier({
      policy: notifyPolicy(),
      view: {
        ...sampleView({ remediations: () => [] }),
        journal: () => ({ state: 'full', reason: 'disk full' }),
      },
      journal,
      clock: stage.clock,
      random: { next: () => 0.5 },
      log: silentLog,
      newId: () => 'id',
      maxAge: () => 1e9,
      makeSender: () =>
        Promise.resolve({
          takes: 'messages',
          close: () => Promise.resolve(),
          send: (message) => {
            stage.ear('chat').heard.push(message);
            return Promise.resolve(delivered);
          },
        }),
    });
    stage.notifier.start();
    await stage.pass(400);
    const told = stage.ear('chat').heard.flatMap(({ firing }) => firing.map(({ about }) => about));
    expect(told.sort()).toEqual(['finding', 'journal']);
  });

  it('is told by nobody from whom the journal was taken', async () => {
    const stage = new Stage(notifyPolicy());
    await stage.pass(60);
    memoryStore(stage.memory);
    stage.findings = many(1);
    await stage.pass(60);
    stage.findings = many(2);
    await stage.pass(600);
    expect(stage.ear('chat').heard.length).toBeLessThanOrEqual(1);
  });
});
