import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findingNamed, notifyPolicy, webhookNamed } from '../../../test/support/notify-samples.js';
import {
  delivered,
  down,
  manager,
  many,
  passing,
  Stage,
  type Shared,
} from '../../../test/support/notify-stage.js';
import type { Message } from '../../core/notify/message.js';
import type { ReportFinding } from '../../core/report/types.js';

describe('targets beside each other', () => {
  it('do not wait for one that never answers, which the others are told of', async () => {
    const policy = notifyPolicy({ targets: [webhookNamed('dead'), webhookNamed('chat'), manager] });
    const stage = new Stage(policy);
    stage.ear('dead').answer = (signal) =>
      new Promise((resolve) => {
        stage.clock.after(10_000, () => {
          resolve(down);
        });
        signal.addEventListener('abort', () => {
          resolve(down);
        });
      });
    stage.findings = many(3);
    await stage.pass(120);
    expect(stage.heard('chat')).toEqual(['begin +3 -0']);
    expect(stage.ear('manager').pushes.at(-1)).toHaveLength(3);
    await stage.pass(600);
    const told = stage.ear('chat').heard.flatMap(({ firing }) => firing.map(({ title }) => title));
    expect(told).toContain('dead cannot be told');
  });

  it('are each told of what their routes say', async () => {
    const policy = notifyPolicy({
      targets: [webhookNamed('pager'), webhookNamed('chat')],
      routes: [
        { match: { severity: 'critical' }, to: ['pager'] },
        { match: {}, to: ['chat'] },
      ],
    });
    const stage = new Stage(policy);
    stage.findings = [
      findingNamed('a'),
      findingNamed('b', { severity: 'low' }),
      findingNamed('c', { fixableBy: 'charm' }),
    ];
    await stage.pass(60);
    const ids = (name: string) => stage.ear(name).heard.flatMap(({ firing }) => firing.map(({ id }) => id));
    expect([ids('pager'), ids('chat')]).toEqual([['a'], ['a', 'b']]);
  });

  it('come and go with the policy; one that is named again begins anew', async () => {
    const stage = new Stage(notifyPolicy());
    stage.findings = many(2);
    await stage.pass(60);
    stage.notifier.adopt(notifyPolicy({ targets: [webhookNamed('mail')] }));
    await stage.pass(60);
    expect([stage.heard('chat'), stage.heard('mail')]).toEqual([['begin +2 -0'], ['begin +2 -0']]);
    stage.notifier.adopt(notifyPolicy());
    await stage.pass(60);
    expect(stage.heard('chat')).toEqual(['begin +2 -0', 'begin +2 -0']);
  });
});

describe('an Alertmanager', () => {
  const policy = notifyPolicy({ targets: [manager] });

  it('is told again before what it knows expires, and at once that something is over', async () => {
    const stage = new Stage(policy);
    const ear = stage.ear('manager');
    stage.findings = many(2);
    await stage.pass(600);
    expect(ear.pushes.length).toBeGreaterThanOrEqual(9);
    stage.findings = [passing('f0'), findingNamed('f1')];
    stage.notifier.nudge();
    await stage.pass(3);
    const last = ear.pushes.at(-1) ?? [];
    expect(last.map(({ alert, endsAt }) => [alert.id, endsAt <= stage.clock.now()])).toEqual([
      ['f0', true],
      ['f1', false],
    ]);
    await stage.pass(120);
    expect(ear.pushes.at(-1)?.map(({ alert }) => alert.id)).toEqual(['f1']);
  });

  it('learns of what was over while nobody told it, also after a restart', async () => {
    const before = new Stage(policy);
    before.findings = many(1);
    await before.pass(60);
    before.ear('manager').answer = () => down;
    before.findings = [passing('f0')];
    await before.pass(60);
    await before.notifier.stop();
    const after = new Stage(policy, before);
    after.findings = [passing('f0')];
    await after.pass(60);
    const ended = after
      .ear('manager')
      .pushes.flat()
      .filter(({ endsAt }) => endsAt <= after.clock.now());
    expect(ended.map(({ alert }) => alert.id)).toEqual(['f0']);
    expect(after.memory.told.size).toBe(0);
  });

  it('goes on hearing of what was open before a restart while nothing is read yet', async () => {
    const before = new Stage(policy);
    before.findings = many(1);
    await before.pass(60);
    await before.notifier.stop();
    const after = new Stage(policy, before);
    after.view = {
      readiness: () => ({ ready: false, reasons: [] }),
      health: () => [
        { controller: 'prod', connected: false, models: [], calls: 0, errors: 0, reconnects: 0 },
      ],
    };
    await after.pass(280);
    const { pushes } = after.ear('manager');
    expect(pushes.length).toBeGreaterThanOrEqual(4);
    for (const push of pushes) expect(push.map(({ alert }) => alert.id)).toEqual(['f0']);
  });
});

describe('digests', () => {
  const digest = { name: 'daily', cron: '0 8 * * *', timeZone: 'Europe/Berlin', match: {}, to: ['chat'] };
  const policy = notifyPolicy({ digests: [digest] });
  const times = (stage: Stage): readonly string[] =>
    stage.ear('chat').heard.flatMap(({ sort, at }) => (sort === 'digest' ? [at.slice(0, 16)] : []));

  it('come at their time in their zone, and once for all that were missed', async () => {
    const before = new Stage(policy);
    await before.pass(7.5 * 3600);
    expect(times(before)).toEqual(['2026-11-22T07:00']);
    await before.notifier.stop();
    await before.pass(3 * 86_400);
    const after = new Stage(policy, before);
    await after.pass(600);
    expect(times(after)).toEqual(['2026-11-25T07:30']);
  });
});

describe('whatever happens', () => {
  it('ends with every target knowing what stands open, told each time once', async () => {
    const anyStep = fc.record({
      open: fc.subarray(['f0', 'f1', 'f2', 'f3']),
      isUp: fc.boolean(),
      restarts: fc.boolean(),
      seconds: fc.integer({ min: 1, max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 8 }), async (steps) => {
        const policy = notifyPolicy({ pace: { ...notifyPolicy().pace, perHour: 3600 } });
        let stage = new Stage(policy);
        const heard: Message[] = [];
        const findings = (open: readonly string[]): readonly ReportFinding[] =>
          ['f0', 'f1', 'f2', 'f3'].map((id) => (open.includes(id) ? findingNamed(id) : passing(id)));
        for (const { open, isUp, restarts, seconds } of [
          ...steps,
          { open: ['f1'], isUp: true, restarts: false, seconds: 2000 },
        ]) {
          if (restarts) {
            await stage.notifier.stop();
            heard.push(...stage.ear('chat').heard);
            stage = new Stage(policy, stage);
          }
          stage.findings = findings(open);
          stage.ear('chat').answer = () => (isUp ? delivered : down);
          await stage.pass(seconds);
        }
        heard.push(...stage.ear('chat').heard);
        const open = new Set<string>();
        for (const { firing, resolved } of heard) {
          for (const { id } of firing) {
            expect(open.has(id)).toBe(false);
            open.add(id);
          }
          for (const { id } of resolved) expect(open.delete(id)).toBe(true);
        }
        expect([...open]).toEqual(['f1']);
        await stage.notifier.stop();
      }),
      { numRuns: 60 },
    );
  });
});

describe('units that share the estate', () => {
  function seenBy(unit: string, members: readonly string[], models: readonly string[]): Shared {
    const states = { held: 1, opening: 0, closing: 0, other: 0, free: 0 };
    return {
      sharing: () => ({ unit, parts: 2, held: models, states, members }),
      holds: (_controller, model) => model !== undefined && models.includes(model),
    };
  }
  const on = (model: string, id: string): ReportFinding =>
    findingNamed(id, { target: { kind: 'model', controller: 'prod', model } });

  it('tell of their own parts, and take nothing back of those of others', async () => {
    const one = new Stage(notifyPolicy(), undefined, seenBy('a', ['a', 'b'], ['data']));
    one.findings = [on('data', 'f1')];
    await one.pass(60);
    const other = new Stage(notifyPolicy(), one, seenBy('b', ['a', 'b'], ['web']));
    other.findings = [on('web', 'f2')];
    await other.pass(900);
    expect([one.heard(), other.heard()]).toEqual([['changes +1 -0'], ['changes +1 -0']]);
    expect(other.ear('chat').heard[0]).toMatchObject({ unit: 'b', firing: [{ id: 'f2' }] });
  });

  it('go on with what one that is gone had told, and send what it left', async () => {
    const gone = new Stage(notifyPolicy(), undefined, seenBy('a', ['a', 'b'], ['data']));
    gone.findings = [on('data', 'f1')];
    await gone.pass(60);
    gone.ear('chat').answer = () => down;
    gone.findings = [on('data', 'f1'), on('data', 'f2')];
    await gone.pass(60);
    await gone.notifier.stop();
    const heir = new Stage(notifyPolicy(), gone, seenBy('b', ['b'], ['data', 'web']));
    heir.findings = [on('data', 'f1'), on('data', 'f3')];
    await heir.pass(900);
    const firing = heir.ear('chat').heard.flatMap((message) => message.firing.map(({ id }) => id));
    const resolved = heir.ear('chat').heard.flatMap((message) => message.resolved.map(({ id }) => id));
    expect([firing, resolved]).toEqual([['f2', 'f3'], ['f2']]);
    expect(heir.memory.outbox.size).toBe(0);
  });
});
