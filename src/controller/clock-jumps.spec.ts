import { describe, expect, it, test } from '@jest/globals';
import { bench, world, type Bench, type BenchOptions } from '../../test/support/daemon-bench.js';
import type { LimitRule, WindowRule } from '../core/policy/rails.js';
import type { Waiver } from '../core/policy/policy.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Set {
  readonly stage: Bench;
  /** Sets the wall clock by so many milliseconds; timers go on as they were. */
  readonly jump: (ms: number) => void;
}

async function stageWith(options: BenchOptions): Promise<Set> {
  let offset = 0;
  const stage = await bench({ ...options, offset: () => offset });
  return {
    stage,
    jump: (ms) => {
      offset += ms;
    },
  };
}

/** Neither breaker nor caps come first. */
const wideLimits: LimitRule = { match: {}, failures: 1000, flips: 1000, perHour: 1000 };

const nights: WindowRule = {
  name: 'nights',
  kind: 'allow',
  match: {},
  cron: '0 2 * * *',
  duration: 7200,
  timeZone: 'UTC',
};

/** What the page shows of the one violation. */
function outcomeOf({ daemon }: Bench): { readonly outcome: string; readonly waived: boolean } {
  const found = daemon.report().findings.find(({ control }) => control === 'TOY-01');
  return { outcome: found?.outcome ?? 'none', waived: found?.waiver?.state === 'active' };
}

describe('a wall clock that is set while the daemon runs', () => {
  test.each([
    ['forward', 20 * hour],
    ['back', -4 * hour],
  ])('%s, into a window: the change is made; it had to wait before', async (_way, ms) => {
    const { stage, jump } = await stageWith({
      defaults: { disruptive: 'window' },
      policy: { windows: [nights] },
      first: { exposed: true },
    });
    await stage.clock.advance(5 * minute);
    expect(stage.cli.calls).toEqual([]);
    jump(ms + 30 * minute);
    await stage.clock.advance(5 * minute);
    expect(stage.cli.calls).toHaveLength(1);
  });

  test.each([
    ['forward', 12 * hour],
    ['back', -12 * hour],
  ])('%s, out of a window: nothing more is begun', async (_way, ms) => {
    const { stage, jump } = await stageWith({
      start: Date.UTC(2026, 10, 22, 2),
      defaults: { disruptive: 'window' },
      policy: { windows: [nights] },
      first: { exposed: false },
    });
    await stage.clock.advance(minute);
    jump(ms);
    stage.api.show(world({ exposed: true }));
    await stage.clock.advance(10 * minute);
    expect([stage.cli.calls, stage.way().at(-1)]).toEqual([[], expect.stringContaining('WaitingWindow')]);
  });

  it('a waiver ends when the clock says so, and lies over the finding again when it is set back', async () => {
    const waiver: Waiver = {
      id: 'w1',
      kind: 'waived',
      match: { control: 'TOY-01' },
      reason: 'because',
      owner: 'anna',
      expires: '2026-11-22T12:00:00Z',
    };
    const { stage, jump } = await stageWith({
      policy: { waivers: [waiver] },
      defaults: { mode: 'observe' },
    });
    await stage.clock.advance(minute);
    expect(outcomeOf(stage)).toEqual({ outcome: 'fail', waived: true });
    jump(day);
    await stage.clock.advance(2 * minute);
    expect(outcomeOf(stage)).toEqual({ outcome: 'fail', waived: false });
    jump(-day);
    await stage.clock.advance(2 * minute);
    expect(outcomeOf(stage)).toEqual({ outcome: 'fail', waived: true });
  });

  test.each([
    ['forward', day],
    ['back', -day],
  ])('%s by a day: a change that failed is tried again soon, and not without end', async (_way, ms) => {
    const { stage, jump } = await stageWith({
      answer: (n, api) => {
        if (n <= 2) return 'retry';
        api.show(world({ exposed: false }));
        return 'done';
      },
    });
    await stage.clock.advance(5000);
    jump(ms);
    await stage.clock.advance(10 * minute);
    expect([stage.cli.calls.length, stage.way().at(-1)]).toEqual([3, 'Succeeded(Verified)']);
  });

  test.each([
    ['forward', day],
    ['back', -day],
  ])('%s by a day during a change: it is verified, and not made twice', async (_way, ms) => {
    let leap = (): void => undefined;
    const { stage, jump } = await stageWith({
      answer: (_, api) => {
        leap();
        api.show(world({ exposed: false }));
        return 'done';
      },
    });
    leap = () => {
      jump(ms);
    };
    await stage.clock.advance(10 * minute);
    expect([stage.cli.calls.length, stage.way().at(-1)]).toEqual([1, 'Succeeded(Verified)']);
  });

  it('back by a day: the budget of attempts is not given anew', async () => {
    const { stage, jump } = await stageWith({ answer: () => 'retry', policy: { limits: [wideLimits] } });
    await stage.clock.advance(hour);
    const before = stage.cli.calls.length;
    expect(stage.way().at(-1)).toContain('Quarantined');
    jump(-day);
    await stage.clock.advance(hour);
    expect([stage.cli.calls.length, stage.way().at(-1)]).toEqual([
      before,
      expect.stringContaining('Quarantined'),
    ]);
  });
});
