import { describe, expect, it } from '@jest/globals';
import { access, bench, empty, mends, world } from '../../test/support/daemon-bench.js';
import { notExposed, toyGuide } from '../../test/support/toy-guide.js';
import { controller, estate } from '../../test/support/world.js';
import { defineGuide } from '../core/control.js';
import { observeOnly } from '../core/policy/policy.js';

const onceOnly = defineGuide({
  ...toyGuide,
  controls: [
    {
      ...notExposed,
      remediate: (...given) =>
        (notExposed.remediate?.(...given) ?? []).map((made) => ({ ...made, repeatable: false })),
    },
  ],
});

describe('what the loop does not take for granted', () => {
  it('takes no step on what it saw before: the place is read anew, and what was mended meanwhile is left alone', async () => {
    const { clock, api, cli } = await bench({ first: { exposed: false } });
    await clock.advance(1000);
    api.onRead(() => {
      api.show(world({ exposed: false }));
    });
    api.show(world({ exposed: true }));
    await clock.advance(60_000);
    expect([cli.calls, api.reads()]).toEqual([[], 1]);
  });

  it('changes nothing while the place cannot be read anew', async () => {
    const { clock, api, cli, way } = await bench({ first: { exposed: false } });
    await clock.advance(1000);
    api.answers(false);
    api.show(world({ exposed: true }));
    await clock.advance(60_000);
    expect([cli.calls, way()]).toEqual([[], ['WaitingDependency(NotReadAnew)']]);
    api.answers(true);
    await clock.advance(60_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([1, 'Succeeded(Verified)']);
  });

  it('does not call a change undone, nor make it again, while it cannot read what came of it', async () => {
    const { clock, api, cli, way } = await bench({
      answer: (_, shown) => {
        shown.answers(false);
        return 'done';
      },
    });
    await clock.advance(300_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([1, 'Verifying(Verifying)']);
    api.answers(true);
    api.show(world({ exposed: false }));
    await clock.advance(60_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([1, 'Succeeded(Verified)']);
  });

  it('does not believe that a change has come true on facts that were not read for it', async () => {
    const { clock, api, way } = await bench({
      answer: (n, shown) => {
        shown.answers(false);
        return mends(n, shown);
      },
    });
    await clock.advance(300_000);
    expect(way().at(-1)).toBe('Verifying(Verifying)');
    api.answers(true);
    await clock.advance(60_000);
    expect(way().at(-1)).toBe('Succeeded(Verified)');
  });

  it('does not make a change again that may be made once only', async () => {
    const { clock, cli, way } = await bench({ guides: [onceOnly], answer: () => 'done' });
    await clock.advance(3_600_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([1, 'NeedsReview(NotRepeatable)']);
  });

  it('looks whether a call that failed went through all the same', async () => {
    const { clock, cli, way } = await bench({
      answer: (n, api) => {
        mends(n, api);
        return 'retry';
      },
    });
    await clock.advance(60_000);
    expect([cli.calls.length, way()]).toEqual([
      1,
      ['Running(Running)', 'Verifying(CallFailed)', 'Succeeded(Verified)'],
    ]);
  });

  it('calls it no success when what was to be changed is gone', async () => {
    const { clock, way } = await bench({
      answer: (_, api) => {
        api.show(empty);
        return 'done';
      },
    });
    await clock.advance(60_000);
    expect(way().at(-1)).toBe('Outdated(TargetGone)');
  });

  it('keeps what waits for a person while the finding cannot be seen, and starts no fresh count of attempts', async () => {
    const { clock, api, cli, way } = await bench({ answer: () => 'rejected' });
    await clock.advance(60_000);
    api.show(world({ exposed: 'unknown' }));
    await clock.advance(60_000);
    api.show(world({ exposed: true }));
    await clock.advance(60_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([1, 'NeedsReview(Rejected)']);
    api.show(world({ exposed: false }));
    await clock.advance(60_000);
    expect(way().at(-1)).toBe('Outdated(NoLongerAsked)');
  });

  it('does nothing more to an application that is worse since an earlier change, until it is well again', async () => {
    const { clock, api, cli, way } = await bench({
      answer: (n, shown) => {
        shown.show(world({ exposed: false, workload: n === 1 ? 'blocked' : 'active' }));
        return 'done';
      },
    });
    await clock.advance(700_000);
    expect(way().at(-1)).toBe('NeedsReview(HealthWorse)');
    api.show(world({ exposed: true, workload: 'blocked' }));
    await clock.advance(60_000);
    expect(cli.calls).toHaveLength(1);
    api.show(world({ exposed: false }));
    await clock.advance(60_000);
    expect(way().at(-1)).toBe('Outdated(NoLongerAsked)');
    api.show(world({ exposed: true }));
    await clock.advance(60_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([2, 'Succeeded(Verified)']);
  });

  it('begins nothing once it is told to stop, not even what it was reading the place for', async () => {
    const { clock, api, cli, daemon } = await bench({ first: { exposed: false } });
    await clock.advance(1000);
    const stopped: Promise<void>[] = [];
    api.onRead(() => {
      stopped.push(daemon.stop());
    });
    api.show(world({ exposed: true }));
    await clock.advance(60_000);
    await Promise.all(stopped);
    expect([cli.calls, stopped.length]).toEqual([[], 1]);
  });

  it('forgets a model that stays away: no plan, no further looks, and its violations are told as resolved', async () => {
    const { clock, api, daemon, events } = await bench({ defaults: { mode: 'propose' } });
    await clock.advance(1000);
    api.show(estate({ controllers: { prod: controller({ models: {} }) } }));
    await clock.advance(observeOnly.pace.maxAge * 1000 + 120_000);
    expect(daemon.plans()).toEqual([]);
    expect(events.filter((event) => event.type === 'resolved')).toHaveLength(1);
  });

  it('goes on telling when somebody who is told fails', async () => {
    const { clock, way } = await bench({ tells: false });
    await clock.advance(60_000);
    expect(way().at(-1)).toBe('Succeeded(Verified)');
  });

  it('works within the limits of the newest policy', async () => {
    const { clock, cli, daemon } = await bench({ answer: () => 'done' });
    const limits = [{ match: {}, attempts: 2 }];
    await daemon.reload({ ...observeOnly, controllers: [access], defaults: enforced, limits });
    await clock.advance(3_600_000);
    expect(cli.calls).toHaveLength(2);
  });
});

const enforced = { mode: 'enforce', profile: 'baseline', disruptive: 'allow' } as const;
