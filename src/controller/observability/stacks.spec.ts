import { beforeEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../test/support/silent.js';
import { stack as stackState } from '../../../test/support/stack.js';
import { controller, estate, model, unknownFact } from '../../../test/support/world.js';
import type { StackState } from '../../core/observability/stack.js';
import type { WatchedModel } from '../../core/observability/watched-models.js';
import { stackDefaults, type WatchedStack } from '../../core/policy/observability.js';
import { observeOnly } from '../../core/policy/policy.js';
import type { Observability, StackPartHealth } from '../../core/ports/index.js';
import type { ControllerState } from '../../core/snapshot.js';
import { virtualClock, type VirtualClock } from '../../simulator/virtual-clock.js';
import { WorkQueue } from '../queue.js';
import { stackDoubts } from './doubts.js';
import { Stacks } from './stacks.js';

interface Source extends Observability {
  readonly asked: (readonly WatchedModel[])[];
  show: (state: StackState) => void;
  standing: Partial<StackPartHealth>;
  isClosed: boolean;
}

function scripted(name: string): Source {
  const usual = stackState('etcd', { name });
  let state = usual;
  const source: Source = {
    stack: name,
    asked: [],
    read: (models) => {
      source.asked.push(models);
      const telemetry = { ...usual.models, ...state.models };
      const shown = models.flatMap(({ key }) => {
        const own = telemetry[key] ?? usual.models['prod:data'];
        return own === undefined ? [] : [[key, { ...own, name: key }] as const];
      });
      return Promise.resolve(structuredClone({ ...state, models: Object.fromEntries(shown) }));
    },
    health: () => [{ part: 'prometheus', reachable: true, requests: 1, errors: 0, ...source.standing }],
    close: () => {
      source.isClosed = true;
      return Promise.resolve();
    },
    show: (next) => (state = next),
    standing: {},
    isClosed: false,
  };
  return source;
}

let clock: VirtualClock;
let queue: WorkQueue;
let opened: Source[];
let stacks: Stacks;
let held: (key: string) => boolean;

beforeEach(() => {
  clock = virtualClock();
  queue = new WorkQueue(clock);
  opened = [];
  held = () => true;
  stacks = new Stacks({
    openStack: ({ name }) => {
      const source = scripted(name);
      opened.push(source);
      return source;
    },
    queue,
    clock,
    random: { next: () => 0.5 },
    log: silentLog,
    holds: (key) => held(key),
  });
});

async function adopt(...watched: readonly (Partial<WatchedStack> & { name: string })[]): Promise<void> {
  const all = watched.map((own) => ({ ...stackDefaults, servers: {}, interval: 60, ...own }));
  await stacks.adopt({ ...observeOnly, observability: all });
  await clock.advance(0);
}

const one = model();
function controllersOf(models: Record<string, typeof one> = { data: one }): readonly ControllerState[] {
  return Object.values(estate({ controllers: { prod: controller({ models }) } }).controllers);
}
const beside = (models?: Record<string, typeof one>): ReturnType<Stacks['beside']> =>
  stacks.beside(controllersOf(models), clock.now());

async function looks(): Promise<readonly string[]> {
  const keys: string[] = [];
  while (queue.view().depth > 0) {
    const key = await queue.take();
    if (key !== undefined) {
      keys.push(key);
      queue.done(key);
    }
  }
  return keys;
}

/** After the models were seen and asked about. */
async function settled(models?: Record<string, typeof one>): Promise<StackState | undefined> {
  beside(models);
  await clock.advance(2000);
  return beside(models)?.['cos'];
}

const targetsIn = (state: StackState | undefined): unknown => {
  const fact = state?.models['prod:data']?.targets;
  return fact === undefined ? undefined : 'value' in fact ? 'known' : fact.unknown.reason;
};

describe('the stacks of a policy', () => {
  it('are none where it names none', async () => {
    await adopt();
    expect(beside()).toBeUndefined();
  });

  it('show unknown facts until they were read', async () => {
    await adopt({ name: 'cos' });
    expect(targetsIn(beside()?.['cos'])).toBe('the stack has not been read yet');
    expect(targetsIn(await settled())).toBe('known');
  });

  it('are asked about the models that they watch, soon after these appear', async () => {
    await adopt({ name: 'cos', match: { model: 'da*' } });
    beside({ data: one, web: one });
    await clock.advance(2000);
    expect(opened[0]?.asked.at(-1)?.map(({ key, uuid }) => [key, uuid])).toEqual([
      ['prod:data', 'd4a5f6c0-0000-4000-8000-000000000001'],
    ]);
    beside({ data: one, web: one, dark: one });
    await clock.advance(2000);
    expect(opened[0]?.asked.at(-1)?.map(({ key }) => key)).toEqual(['prod:data', 'prod:dark']);
  });

  it('are not asked about models that another unit looks after', async () => {
    held = (key) => key === 'prod:web';
    await adopt({ name: 'cos' });
    beside({ data: one, web: one });
    await clock.advance(2000);
    expect(opened[0]?.asked.at(-1)?.map(({ key }) => key)).toEqual(['prod:web']);
  });

  it('are asked at their pace', async () => {
    await adopt({ name: 'cos' });
    await settled();
    const before = opened[0]?.asked.length ?? 0;
    await clock.advance(600_000);
    expect((opened[0]?.asked.length ?? 0) - before).toBe(10);
  });

  it('have a model looked at when something of it reads differently, and no other', async () => {
    await adopt({ name: 'cos' });
    await settled({ data: one, web: one });
    await looks();
    await clock.advance(60_000);
    expect(await looks()).toEqual([]);
    opened[0]?.show(stackState('etcd', { name: 'cos', targets: [] }));
    await clock.advance(60_000);
    expect(await looks()).toEqual(['prod:data']);
    opened[0]?.show(stackState('etcd', { name: 'cos', targets: [], alertmanagers: 0 }));
    await clock.advance(60_000);
    expect([...(await looks())].sort()).toEqual(['prod:data', 'prod:web']);
  });

  it('show the same objects while they read the same', async () => {
    await adopt({ name: 'cos' });
    await settled();
    const before = beside();
    await clock.advance(180_000);
    expect(beside()).toBe(before);
  });

  it('keep a model that is out of sight for a moment, and forget it when it stays away', async () => {
    await adopt({ name: 'cos' });
    await settled();
    expect(Object.keys((await settled({}))?.models ?? {})).toEqual(['prod:data']);
    await clock.advance(301_000);
    expect(Object.keys((await settled({}))?.models ?? {})).toEqual([]);
  });

  it('are left when the policy drops them, and begun anew when it changes them', async () => {
    await adopt({ name: 'a' }, { name: 'b' });
    await adopt({ name: 'a' }, { name: 'b', maxAge: 300 });
    expect(opened.map(({ stack, isClosed }) => [stack, isClosed])).toEqual([
      ['a', false],
      ['b', true],
      ['b', false],
    ]);
    await stacks.leaveAll();
    expect(opened.every(({ isClosed }) => isClosed)).toBe(true);
    const asked = opened.map((source) => source.asked.length);
    await clock.advance(600_000);
    expect(opened.map((source) => source.asked.length)).toEqual(asked);
  });
});

describe('a stack that does not answer', () => {
  const dark = stackState('etcd', { name: 'cos', targets: unknownFact('connection refused') });

  it('is believed for as long as the policy says, and no longer', async () => {
    await adopt({ name: 'cos', maxAge: 120 });
    await settled();
    opened[0]?.show(dark);
    await clock.advance(61_000);
    expect(targetsIn(beside()?.['cos'])).toBe('known');
    await clock.advance(121_000);
    expect(targetsIn(beside()?.['cos'])).toBe('connection refused');
    opened[0]?.show(stackState('etcd', { name: 'cos' }));
    await clock.advance(300_000);
    expect(targetsIn(beside()?.['cos'])).toBe('known');
  });

  it('is not believed where it refuses', async () => {
    await adopt({ name: 'cos' });
    await settled();
    const refused = unknownFact('answers with 403', 'leave to read it');
    opened[0]?.show(stackState('etcd', { name: 'cos', targets: refused }));
    await clock.advance(61_000);
    expect(targetsIn(beside()?.['cos'])).toBe('answers with 403');
  });

  it('is asked less and less often, and at its pace again when it answers', async () => {
    await adopt({ name: 'cos' });
    await settled();
    const source = opened[0];
    if (source === undefined) throw new Error('it was opened');
    source.standing = { reachable: false, trouble: 'connection refused' };
    await clock.advance(60_000);
    const before = source.asked.length;
    await clock.advance(15_000 + 30_000 + 60_000 + 120_000);
    expect(source.asked.length - before).toBe(4);
    await clock.advance(3_000_000);
    expect(source.asked.length - before).toBeLessThanOrEqual(15);
    source.standing = {};
    await clock.advance(300_000);
    const again = source.asked.length;
    await clock.advance(600_000);
    expect(source.asked.length - again).toBe(10);
  });

  it('is told in words, and takes no readiness away', async () => {
    await adopt({ name: 'cos', maxAge: 120 });
    expect(stackDoubts(stacks.standings())).toEqual([]);
    const source = opened[0];
    if (source === undefined) throw new Error('it was opened');
    source.standing = { reachable: false, trouble: 'prometheus was not reached: connection refused' };
    await settled();
    expect(stackDoubts(stacks.standings())).toEqual([
      'stack cos: prometheus was not reached: connection refused',
    ]);
    await clock.advance(200_000);
    expect(stackDoubts(stacks.standings())[0]).toMatch(/^stack cos was not heard for 20\d s: prometheus/);
  });

  it('that never did is told as such', () => {
    const never = { health: { stack: 'cos', parts: [] }, maxAge: 600 };
    expect(stackDoubts([never])).toEqual(['stack cos has not been read yet']);
  });
});
