import { describe, expect, it } from '@jest/globals';
import { bench, mends, world, type Bench } from '../../test/support/daemon-bench.js';
import { notExposed, toyGuide, undoableGuide } from '../../test/support/toy-guide.js';
import { defineGuide, type Guide } from '../core/control.js';
import { fail } from '../core/judgement.js';
import type { Step } from '../core/ports/index.js';
import { newMemory, type Memory } from '../store/memory.js';

/** A daemon that ended while its call was under way, or right after it. */
async function crashed(memory: Memory, done: boolean): Promise<void> {
  const { clock } = await bench({
    memory,
    answer: (n, api) => (done ? mends(n, api) : 'retry'),
  });
  await clock.advance(500);
}

/** The daemon that comes after it, ten minutes later. */
async function restarted(memory: Memory, exposed: boolean): Promise<Bench> {
  const next = await bench({ memory, first: { exposed } });
  await next.clock.advance(60_000);
  return next;
}

describe('after a crash', () => {
  it('what was done is seen to be done, and not done again', async () => {
    const memory = newMemory();
    await crashed(memory, true);
    const { cli, way } = await restarted(memory, false);
    expect([cli.calls, way().at(-1)]).toEqual([[], 'Succeeded(Verified)']);
  });

  it('what was not done is looked at first, and then done', async () => {
    const memory = newMemory();
    await crashed(memory, false);
    const next = await restarted(memory, true);
    await next.clock.advance(120_000);
    expect(next.cli.calls).toHaveLength(1);
    expect(next.way().at(-1)).toBe('Succeeded(Verified)');
  });

  it('goes on under the name that it had, and the audit trail tells of the break', async () => {
    const memory = newMemory();
    await crashed(memory, true);
    for (const steps of memory.steps.values())
      for (const [n, step] of steps) steps.set(n, { ...step, state: 'intent' });
    const before = [...memory.remediations.keys()];
    const { way } = await restarted(memory, false);
    expect([...memory.remediations.keys()]).toEqual(before);
    expect(memory.audit.map(({ event }) => event)).toContain('CallEndUnseen');
    expect(way().at(-1)).toBe('Succeeded(Verified)');
  });

  it('keeps what a person has to look at', async () => {
    const memory = newMemory();
    const first = await bench({ memory, answer: () => 'rejected' });
    await first.clock.advance(60_000);
    const { cli, daemon, clock } = await restarted(memory, true);
    await clock.advance(3_600_000);
    expect([cli.calls, daemon.remediations().at(-1)?.state]).toEqual([[], 'NeedsReview']);
    expect([...memory.remediations.values()].map(({ state }) => state)).toEqual(['NeedsReview']);
  });

  it('ends what is left of the process before it looks', async () => {
    const memory = newMemory();
    await crashed(memory, false);
    const ended: number[] = [];
    for (const steps of memory.steps.values())
      for (const [n, step] of steps) steps.set(n, { ...step, state: 'spawned', pid: 4711 });
    await bench({
      memory,
      first: { exposed: true },
      endLeftover: (pid) => {
        ended.push(pid);
        return Promise.resolve();
      },
    });
    expect(ended).toEqual([4711]);
  });
});

/** Unexposing that must not be done twice. */
const onceGuide = defineGuide({
  ...toyGuide,
  id: 'once',
  controls: [
    {
      ...notExposed,
      remediate: (app, context, judgement) =>
        (notExposed.remediate?.(app, context, judgement) ?? []).map((made) => ({
          ...made,
          repeatable: false,
        })),
    },
  ],
});

describe('after a crash between the start of a process and the writing down of its id', () => {
  /** The daemon that comes after it; the journal holds an intent only, of a process that may well run. */
  async function next(guides: readonly Guide[]): Promise<Bench & { readonly memory: Memory }> {
    const memory = newMemory();
    const { clock } = await bench({ memory, guides, answer: () => 'retry' });
    await clock.advance(500);
    for (const steps of memory.steps.values())
      for (const [n, { remediation, kind, argv, at }] of steps)
        steps.set(n, { remediation, n, kind, argv, at, state: 'intent' });
    for (const [id, one] of memory.remediations)
      memory.remediations.set(id, { ...one, state: 'Running', reason: 'Running' });
    return { ...(await bench({ memory, guides })), memory };
  }

  it('it is followed for as long as a call may take, and believed when it comes true late', async () => {
    const { clock, api, cli, daemon } = await next([onceGuide]);
    await clock.advance(55_000);
    expect(daemon.remediations().at(-1)?.state).toBe('Running');
    api.show(world({ exposed: false }));
    await clock.advance(60_000);
    expect([cli.calls, daemon.remediations().at(-1)?.state]).toEqual([[], 'Succeeded']);
  });

  it('it is never done a second time where that could do harm: a person has to look', async () => {
    const { clock, cli, way, memory } = await next([onceGuide]);
    await clock.advance(3_600_000);
    expect([cli.calls, way().at(-1)]).toEqual([[], 'NeedsReview(NotRepeatable)']);
    expect([...memory.remediations.values()].map(({ message }) => message)).toEqual([
      expect.stringContaining('Holdfast ended while the call was under way'),
    ]);
  });

  it('it is done again where it may be repeated, but not before the time of the first is over', async () => {
    const { clock, cli, way } = await next([toyGuide]);
    await clock.advance(60_000);
    expect(cli.calls).toEqual([]);
    await clock.advance(60_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([1, 'Succeeded(Verified)']);
  });

  it('counts on from the changes of before', async () => {
    const memory = newMemory();
    const policy = { limits: [{ match: {}, perHour: 1 }] };
    const first = await bench({ memory, policy });
    await first.clock.advance(60_000);
    expect([first.cli.calls.length, first.way().at(-1)]).toEqual([1, 'Succeeded(Verified)']);
    const next = await bench({ memory, policy });
    await next.clock.advance(60_000);
    expect([next.cli.calls, next.way().at(-1)]).toEqual([[], 'WaitingDependency(HourlyCapReached)']);
  });

  it('does nothing more to an application that an earlier change left worse', async () => {
    const memory = newMemory();
    const guides = [tuningGuide];
    const worse = { exposed: false, workload: 'blocked' } as const;
    const first = await bench({
      memory,
      guides,
      answer: (_, api) => {
        api.show(world(worse));
        return 'done';
      },
    });
    await first.clock.advance(700_000);
    expect([first.cli.calls.length, first.way()]).toEqual([1, expect.arrayContaining([review])]);
    const next = await bench({ memory, guides, first: worse });
    await next.clock.advance(600_000);
    expect(next.cli.calls).toEqual([]);
  });

  it('does not undo what Juju did not say that it did', async () => {
    const memory = newMemory();
    const guides = [undoableGuide];
    const { clock } = await bench({ memory, guides });
    await clock.advance(500);
    for (const steps of memory.steps.values()) for (const [n, step] of steps) steps.set(n, endUnseen(step));
    const next = await bench({ memory, guides, first: { exposed: false, workload: 'error' } });
    await next.clock.advance(3_600_000);
    expect([next.cli.calls, next.way().at(-1)]).toEqual([[], review]);
  });
});

const review = 'NeedsReview(HealthWorse)';

/** Asks for a second change of the same application, after the first. */
const tuningGuide = defineGuide({
  ...toyGuide,
  controls: [
    notExposed,
    {
      ...notExposed,
      id: 'TOY-09',
      order: notExposed.order + 1,
      evaluate: () => fail('Wrong', 'it is wrong'),
      remediate: (app, context, judgement) =>
        (notExposed.remediate?.(app, context, judgement) ?? []).flatMap(({ action, ...more }) =>
          action.type === 'unexpose'
            ? { ...more, disruptive: false, action: { ...action, type: 'set-config', key: 'k', value: 'v' } }
            : [],
        ),
    },
  ],
});

function endUnseen({ outcome, ...step }: Step): Step {
  return outcome === undefined ? step : { ...step, state: 'spawned' };
}
