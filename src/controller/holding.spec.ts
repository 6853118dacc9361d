import { describe, expect, it } from '@jest/globals';
import { at, proposal, restart, scene, window } from '../../test/support/rails.js';
import { silentTelemetry } from '../../test/support/silent.js';
import type { ProposedStep } from '../core/plan.js';
import { defaultPace } from '../core/policy/policy.js';
import type { Mark, Pause, Quarantine, Store, StoreHealth } from '../core/ports/index.js';
import { instant } from '../core/time.js';
import { virtualClock, type VirtualClock } from '../simulator/virtual-clock.js';
import { memoryJournal, memoryStore, newMemory, type Memory } from '../store/memory.js';
import { Doubts } from './doubts.js';
import { Holding, type Choice } from './holding.js';
import { Ledger } from './ledger.js';
import { Records } from './records.js';
import type { Scene } from './scene.js';
import { alone } from './sharing/shares.js';
import { Standings } from './standings.js';
import { Tally } from './tally.js';
import { workOf } from './work.js';

const key = 'prod:data';
const failed: Pick<Mark, 'kind' | 'controller' | 'model'> = {
  kind: 'failure',
  controller: 'prod',
  model: 'data',
};

interface Place {
  readonly clock: VirtualClock;
  readonly memory: Memory;
  readonly ledger: Ledger;
  readonly doubts: Doubts;
  readonly standings: Standings;
  readonly holding: Holding;
  readonly scene: Scene;
  /** What may be done now, after what persons said was read. */
  readonly choose: () => Promise<Choice>;
  /** How each step stands that was written down. */
  readonly stands: () => readonly string[];
}

interface Given {
  readonly health?: StoreHealth;
  readonly marks?: readonly Mark[];
}

function place(steps: readonly ProposedStep[], { health = { state: 'ok' }, marks = [] }: Given = {}): Place {
  const clock = virtualClock(at);
  const memory = newMemory();
  const store: Store = { ...memoryStore(memory), health: () => health };
  const shares = alone(store);
  const ledger = new Ledger({ ...shares, clock, telemetry: silentTelemetry, onChange: () => undefined });
  const tally = new Tally(clock);
  tally.adopt(marks);
  const doubts = new Doubts();
  const parts = { store, shares, ledger, tally, clock, doubts };
  const own = { records: new Records(clock), random: { next: () => 0.5 }, pace: () => defaultPace };
  const standings = new Standings({ ...parts, ...own });
  const holding = new Holding({ ...parts, standings, ourselves: () => [], askAlways: false });
  const { world } = scene({ steps });
  const here: Scene = {
    ...{ key, fresh: true, world, proposal: proposal(steps), effectOf: () => undefined },
    findings: steps.flatMap(({ findings }) => findings),
  };
  const choose = async (): Promise<Choice> => {
    await holding.reread();
    return holding.choose(proposal(steps), here);
  };
  const stands = (): readonly string[] =>
    [...memory.remediations.values()].map(
      ({ findings: [ref], state, reason }) => `${ref?.target.application ?? ''} ${state}(${reason})`,
    );
  return { clock, memory, ledger, doubts, standings, holding, scene: here, choose, stands };
}

const closed = (app: string): ProposedStep =>
  restart(app, { settings: { disruptive: 'window', windows: [window('0 7 * * *')] } });
const asked = (app: string): ProposedStep => restart(app, { settings: { disruptive: 'approval' } });

describe('what may be done next', () => {
  it('is the first step that nothing holds back; why those before it are held is written down', async () => {
    const { choose, stands } = place([closed('etcd'), restart('kafka'), restart('postgresql')]);
    const { work, soonest } = await choose();
    expect([work?.about[0]?.target.application, soonest]).toEqual(['kafka', undefined]);
    expect(stands()).toEqual(['etcd WaitingWindow(WindowClosed)']);
  });

  it('is nothing until the first hold ends that time lifts', async () => {
    const { choose } = place([closed('etcd')]);
    expect(await choose()).toEqual({ soonest: 3_600_000 });
  });

  it('is looked at again soon where a person may lift it in another process', async () => {
    const { choose, memory } = place([asked('etcd')]);
    expect(await choose()).toEqual({ soonest: 15_000 });
    expect([...memory.plans.keys()]).toHaveLength(1);
  });

  it('is nothing, and nothing is written, while the journal is of no use', async () => {
    const { choose, stands, holding } = place([restart('etcd')], {
      health: { state: 'full', reason: 'no room' },
    });
    expect([await choose(), stands()]).toEqual([{ soonest: 5_000 }, []]);
    expect(holding.held().map(({ rail, first }) => [rail, first])).toEqual([['journal', true]]);
  });

  it('is not a step before its delay is over, and then that step', async () => {
    const step = restart('etcd');
    const { choose, standings, scene: here, clock } = place([step]);
    const work = workOf(step, proposal([step]).plan);
    await standings.postpone(here, work, { reason: 'OperationBlocked', message: 'blocked' });
    const { soonest } = await choose();
    expect(soonest).toBeGreaterThan(0);
    await clock.advance(soonest ?? 0);
    expect((await choose()).work).toEqual(work);
  });

  it('is no step on an application whose last change was not seen to work', async () => {
    const step = restart('etcd');
    const { choose, doubts, stands } = place([step, restart('kafka')]);
    const times = { begun: at, since: at, notBefore: at, patience: 0 };
    doubts.add(key, { ...workOf(step, proposal([step]).plan), n: 1, ...times, ours: true, troubled: {} });
    expect((await choose()).work?.about[0]?.target.application).toBe('kafka');
    expect(stands()).toEqual(['etcd WaitingDependency(EarlierStepInReview)']);
  });
});

describe('what a person has cleared', () => {
  it('begins afresh, and its failures count no more', async () => {
    const step = restart('etcd', { rails: { failures: 1 } });
    const { choose, standings, scene: here, memory, stands, clock } = place([step]);
    await standings.fail(here, workOf(step, proposal([step]).plan), { reason: 'Rejected', message: 'no' });
    await clock.advance(1000);
    expect([(await choose()).work, stands()]).toEqual([undefined, ['etcd NeedsReview(Rejected)']]);
    const { quarantines } = await memoryJournal(memory).orders();
    const lifted = quarantines.map(
      (quarantine: Quarantine) => ({ type: 'clear', quarantine: quarantine.id }) as const,
    );
    await memoryJournal(memory).write(...lifted);
    await clock.advance(1000);
    expect((await choose()).work?.action.id).toBe(step.action.id);
    expect(stands()).toEqual(['etcd Outdated(Cleared)']);
  });
});

describe('what is shown of it', () => {
  it('is every hold of every step, with the one first that a person hears first', async () => {
    const many: Mark[] = [1, 2, 3].map((minute) => ({ ...failed, at: instant(at - minute * 60_000) }));
    const { choose, holding } = place([asked('etcd')], { marks: many });
    await choose();
    expect(holding.held().map(({ rail, first }) => [rail, first])).toEqual([
      ['breaker', true],
      ['approval', false],
    ]);
    expect(holding.railsOf(proposal([asked('etcd')]).plan.hash)).toHaveLength(1);
    holding.forget(key);
    expect([holding.held(), holding.railsOf(proposal([asked('etcd')]).plan.hash)]).toEqual([[], []]);
  });

  it('are the pauses in force, and no longer those whose time is over', async () => {
    const { choose, holding, memory, clock } = place([restart('etcd')]);
    const pause: Pause = { id: 'p-1', by: 'ann', at: instant(at), until: instant(at + 60_000) };
    await memoryJournal(memory).write({ type: 'pause', pause });
    expect((await choose()).soonest).toBe(15_000);
    expect(holding.pauses()).toEqual([pause]);
    await clock.advance(60_000);
    expect([holding.pauses(), (await choose()).work === undefined]).toEqual([[], false]);
  });
});
