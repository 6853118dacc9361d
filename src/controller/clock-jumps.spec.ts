import { describe, expect, it, test } from '@jest/globals';
import { decide } from '../core/orders/decide.js';
import { pause } from '../core/orders/pause.js';
import { resume } from '../core/orders/resume.js';
import { standingOf } from '../core/orders/standing.js';
import { memoryJournal, newMemory, type Memory } from '../store/memory.js';
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

  test.each([
    ['forward', day],
    ['back', -day],
  ])('%s by a day: the budget of attempts is not given anew', async (_way, ms) => {
    const { stage, jump } = await stageWith({ answer: () => 'retry', policy: { limits: [wideLimits] } });
    await stage.clock.advance(hour);
    const before = stage.cli.calls.length;
    expect(stage.way().at(-1)).toContain('Quarantined');
    jump(ms);
    await stage.clock.advance(hour);
    expect([stage.cli.calls.length, stage.way().at(-1)]).toEqual([
      before,
      expect.stringContaining('Quarantined'),
    ]);
  });

  test.each([
    ['forward', day],
    ['back', -day],
  ])(
    '%s by a day: the changes of the last hour still count, and for no longer than an hour',
    async (_way, ms) => {
      const once: LimitRule = { match: {}, failures: 1000, flips: 1000, perHour: 1 };
      const { stage, jump } = await stageWith({ policy: { limits: [once] } });
      await stage.clock.advance(10 * minute);
      expect(stage.way().at(-1)).toBe('Succeeded(Verified)');
      jump(ms);
      stage.api.show(world({ exposed: true }));
      await stage.clock.advance(40 * minute);
      expect([stage.cli.calls.length, stage.way().at(-1)]).toEqual([1, expect.stringContaining('HourlyCap')]);
      await stage.clock.advance(20 * minute);
      expect([stage.cli.calls.length, stage.way().at(-1)]).toEqual([2, 'Succeeded(Verified)']);
    },
  );
});

const called = (name: string): string => name;

interface Asked {
  readonly memory: Memory;
  readonly stage: Bench;
  /** Lets so many minutes pass, sets the clock by `ms`, and lets so many more pass. */
  readonly pass: (before: number, ms: number, after: number) => Promise<void>;
}

/** A change that anna approved for two hours, and that bob's pause holds all the same. */
async function approved(): Promise<Asked> {
  const memory = newMemory();
  const { stage, jump } = await stageWith({ memory, defaults: { disruptive: 'approval' } });
  await stage.clock.advance(minute);
  const journal = memoryJournal(memory);
  const now = stage.clock.now();
  await pause(journal, {}, { by: 'bob', now, called });
  const plan = stage.daemon.plans()[0]?.hash ?? '';
  await decide(journal, { plan, decision: 'approve', valid: '2h' }, { by: 'anna', now, called });
  const pass = async (before: number, ms: number, after: number): Promise<void> => {
    await stage.clock.advance(before * minute);
    jump(ms);
    await stage.clock.advance(after * minute);
  };
  return { memory, stage, pass };
}

describe('a wall clock that is set after a change was approved for two hours', () => {
  test.each([
    ['forward beyond the end: it counts no more', [5, 5], day, 0],
    ['forward, not beyond the end: it counts', [5, 5], hour, 1],
    ['back to before it was approved: it counts as it did', [5, 5], -day, 1],
    ['back by an hour: it counts no longer for that', [90, 40], -hour, 0],
    ['back by a day: it counts no longer for that', [90, 40], -day, 0],
  ] as const)('%s', async (_way, [before, after], ms, calls) => {
    const { memory, stage, pass } = await approved();
    await pass(before, ms, after);
    expect(stage.cli.calls).toEqual([]);
    await resume(memoryJournal(memory), {}, { by: 'bob', now: stage.clock.now() + ms, called });
    await stage.clock.advance(10 * minute);
    expect(stage.cli.calls).toHaveLength(calls);
  });

  it('back, while no daemon ran: how old it is cannot be told, so it has to be approved again', async () => {
    const { memory, stage } = await approved();
    await stage.daemon.stop();
    const start = stage.clock.now() - day;
    await resume(memoryJournal(memory), {}, { by: 'bob', now: start, called });
    const later = await bench({ memory, start, defaults: { disruptive: 'approval' } });
    await later.clock.advance(10 * minute);
    expect(later.cli.calls).toEqual([]);
    const [waiting] = (await standingOf(memoryJournal(memory), later.clock.now())).waiting;
    expect(waiting?.message).toContain('the clock was set back since, so approve it again');
    const said = { by: 'anna', now: later.clock.now(), called };
    await decide(memoryJournal(memory), { plan: waiting?.plan.hash ?? '', decision: 'approve' }, said);
    await later.clock.advance(10 * minute);
    expect(later.cli.calls).toHaveLength(1);
  });
});
