import { describe, expect, it } from '@jest/globals';
import { silentLog, silentTelemetry } from '../../test/support/silent.js';
import { application, controller, estate, knownFact, model, unknownFact } from '../../test/support/world.js';
import { isKnown } from '../core/fact.js';
import { clusterDefaults } from '../core/policy/clusters.js';
import { workloadDefaults, type WorkloadRule } from '../core/policy/workload.js';
import type { LookAnswer, UnitPlace, WorkloadReader } from '../core/ports/workload-reader.js';
import type { ModelState } from '../core/snapshot.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { insight } from '../workload/collect/collect-application.js';
import { InsideBook } from './inside-book.js';

const charm = { name: 'charmed-etcd', track: '3.6' };
const rule = (more: Partial<WorkloadRule> = {}): WorkloadRule => ({
  match: {},
  ...workloadDefaults,
  perMinute: 600,
  ...more,
});

function data(names: readonly string[] = ['etcd'], units = 2): ModelState {
  const applications = Object.fromEntries(
    names.map((name) => [name, application({ charm: name === 'web' ? { name: 'web' } : charm, units })]),
  );
  const made = estate({ controllers: { prod: controller({ models: { data: model({ applications }) } }) } });
  const found = made.controllers['prod']?.models['data'];
  if (found === undefined) throw new Error('no model');
  return found;
}

interface BenchOptions {
  readonly rules?: readonly WorkloadRule[];
  readonly answer?: LookAnswer;
  /** Milliseconds that a look takes. */
  readonly takes?: number;
  readonly reader?: 'nobody' | 'broken';
}

function bench({ rules = [rule()], answer = { text: '' }, takes = 0, reader }: BenchOptions = {}) {
  const clock = virtualClock();
  const asked: UnitPlace[] = [];
  const seen: string[] = [];
  const counted: string[] = [];
  const roads: string[] = [];
  const busy = { now: 0, most: 0 };
  const inForce = { rules };
  const looking: WorkloadReader = {
    road: 'workload',
    look: async (place, looks, signal) => {
      asked.push(place);
      if (reader === 'broken') throw new Error('a fault of ours');
      busy.now += 1;
      busy.most = Math.max(busy.most, busy.now);
      await clock.sleep(takes, signal);
      busy.now -= 1;
      return looks.map(() => answer);
    },
    act: () => Promise.resolve({ missing: 'no such action' }),
  };
  const book = new InsideBook({
    insight,
    readerFor: (_, { through }) => {
      roads.push(through?.name ?? 'juju');
      return reader === 'nobody' ? { reason: 'nobody may', permission: 'a prober' } : looking;
    },
    usersAs: ({ user = '' }) => {
      return () => Promise.resolve(knownFact({ users: [], roles: [], askedAs: user }));
    },
    rules: () => inForce.rules,
    clock,
    log: silentLog,
    telemetry: {
      ...silentTelemetry,
      looked: (result, seconds) => {
        counted.push(`${result} ${seconds}`);
      },
    },
    onSeen: (key) => {
      seen.push(key);
    },
  });
  return { clock, asked, seen, counted, busy, roads, inForce, book };
}

type Bench = ReturnType<typeof bench>;

/** One look at the model, to its end. */
async function round({ book, clock, seen }: Bench, state: ModelState): Promise<void> {
  const before = seen.length;
  book.ask(state);
  for (let tries = 0; seen.length === before && tries < 200; tries += 1) await clock.advance(1000);
}

function units({ book }: Bench, state: ModelState, name = 'etcd') {
  const app = state.applications[name];
  if (app === undefined) throw new Error(`no ${name}`);
  return book.get(state, app)?.unitsInside;
}

function why(fact: ReturnType<typeof units>): string {
  return fact !== undefined && !isKnown(fact) ? fact.unknown.reason : 'known';
}

describe('the book of looks into units', () => {
  it('holds nothing of applications that the policy does not name', async () => {
    const here = bench({ rules: [rule({ match: { application: 'other' } })] });
    const state = data();
    here.book.ask(state);
    await here.clock.advance(5000);
    expect([here.asked, units(here, state)]).toEqual([[], undefined]);
  });

  it('says that nobody looked yet, then what was seen, and whose model it was', async () => {
    const here = bench();
    const state = data(['etcd', 'web']);
    expect(why(units(here, state))).toBe('the units were not looked into yet');
    await round(here, state);
    expect(why(units(here, state))).toBe('known');
    expect(units(here, state, 'web')).toBeUndefined();
    expect(here.asked).toEqual([
      { model: 'prod:admin/data', unit: 'etcd/0' },
      { model: 'prod:admin/data', unit: 'etcd/1' },
    ]);
    expect(here.seen).toEqual(['prod:data']);
  });

  it('looks again when the time of the rule has come, and not before', async () => {
    const here = bench({ rules: [rule({ every: 300 })] });
    const state = data(['etcd'], 1);
    await round(here, state);
    await here.clock.advance(280_000);
    here.book.ask(state);
    await here.clock.advance(1000);
    expect(here.asked).toHaveLength(1);
    await here.clock.advance(20_000);
    await round(here, state);
    expect(here.asked).toHaveLength(2);
  });

  it('does not show what was seen before the application changed', async () => {
    const here = bench();
    await round(here, data());
    expect(why(units(here, data()))).toBe('the application changed since its units were last looked into');
  });

  it('looks again a minute after an application changed, and not at each change', async () => {
    const here = bench({ rules: [rule({ every: 900 })] });
    await round(here, data(['etcd'], 1));
    here.book.ask(data(['etcd'], 1));
    await here.clock.advance(1000);
    expect(here.asked).toHaveLength(1);
    await here.clock.advance(60_000);
    const changed = data(['etcd'], 1);
    await round(here, changed);
    expect(here.asked).toHaveLength(2);
    expect(why(units(here, changed))).toBe('known');
  });

  it('does not take for a change what is read for the first time, or cannot be read for a moment', async () => {
    const here = bench();
    const state = data(['etcd'], 1);
    const etcd = state.applications['etcd'];
    if (etcd === undefined) throw new Error('no etcd');
    const blind = { ...state, applications: { etcd: { ...etcd, config: unknownFact('not read yet') } } };
    await round(here, blind);
    expect(why(units(here, state))).toBe('known');
    here.book.ask(state);
    expect(why(units(here, blind))).toBe('known');
    const other = { ...etcd, config: data(['etcd'], 1).applications['etcd']?.config ?? etcd.config };
    expect(why(units(here, { ...state, applications: { etcd: other } }))).toMatch(/^the application changed/);
  });

  it('gives the same answer for the same state, so that nothing is judged anew', async () => {
    const here = bench();
    const state = data();
    expect(units(here, state)).toBe(units(here, state));
    await round(here, state);
    expect(units(here, state)).toBe(units(here, state));
  });

  it('never begins more at once than the strictest rule of the model allows', async () => {
    const here = bench({
      rules: [rule({ atOnce: 8 }), rule({ match: { application: 'b' }, atOnce: 2 })],
      takes: 3000,
    });
    const state = data(['a', 'b'], 4);
    await round(here, state);
    await here.clock.advance(900_000);
    here.busy.most = 0;
    await round(here, state);
    expect(here.asked).toHaveLength(16);
    expect(here.busy.most).toBe(2);
  });

  it('says whose permission is missing where nobody may look', async () => {
    const here = bench({ reader: 'nobody' });
    const state = data();
    await round(here, state);
    const fact = units(here, state);
    expect(fact !== undefined && !isKnown(fact) && fact.unknown).toEqual({
      reason: 'nobody may',
      permission: 'a prober',
    });
    expect(here.counted).toEqual([]);
  });

  it('keeps a fault of ours to the application, and does not try again at once', async () => {
    const here = bench({ reader: 'broken' });
    const state = data(['etcd'], 1);
    await round(here, state);
    expect(why(units(here, state))).toBe('what the units show could not be read');
    here.book.ask(state);
    await here.clock.advance(5000);
    expect(here.asked).toHaveLength(1);
  });

  it('forgets applications that the policy takes out, and models that are gone', async () => {
    const here = bench();
    const state = data();
    await round(here, state);
    here.inForce.rules = [rule({ enabled: false })];
    here.book.ask(state);
    expect(units(here, state)).toBeUndefined();
    here.inForce.rules = [rule()];
    expect(why(units(here, state))).toBe('the units were not looked into yet');
    await round(here, state);
    here.book.forget('prod:data');
    expect(why(units(here, state))).toBe('the units were not looked into yet');
  });

  it('knows its own looks, so that nobody else is blamed for them', async () => {
    const here = bench();
    await round(here, data(['etcd'], 1));
    const looks = here.book.looksAt('prod:data').map(({ argv }) => argv.join(' '));
    expect(looks).toContain('exec etcd/0 exec');
    expect(looks).toContain('run etcd/0 list-backups');
    expect(here.book.looksAt('prod:other')).toEqual([]);
  });

  it.each<[string, BenchOptions, readonly string[], boolean]>([
    ['seen', {}, ['seen 2', 'unseen 0', 'unseen 0'], true],
    [
      'denied',
      { answer: { missing: 'x', permission: 'model admin' } },
      ['denied 2', 'unseen 0', 'unseen 0'],
      false,
    ],
    ['unseen', { answer: { missing: 'lost' } }, ['unseen 2', 'unseen 0', 'unseen 0'], false],
  ])('counts what was %s, and when something last was', async (_, options, counts, isSeen) => {
    const here = bench({ ...options, takes: 2000 });
    await round(here, data(['etcd'], 1));
    expect([...here.counted].sort()).toEqual([...counts].sort());
    const [last] = here.book.lastSeen();
    expect(last).toMatchObject({ controller: 'prod', model: 'data' });
    expect(last?.seenAt === undefined).toBe(!isSeen);
  });

  it('goes by the road that the rule of an application names', async () => {
    const through = { ...clusterDefaults, name: 'k8s' };
    const here = bench({ rules: [rule(), rule({ match: { application: 'b' }, through })] });
    await round(here, data(['a', 'b'], 1));
    expect(here.roads).toEqual(['juju', 'k8s']);
  });

  it('has etcd asked for its users where the rule says as whom, and nowhere else', async () => {
    const etcd = { ca: 'PEM', user: 'audit', password: 'only-for-this-test' };
    const here = bench({ rules: [rule(), rule({ match: { application: 'b' }, etcd })] });
    const state = data(['a', 'b'], 1);
    await round(here, state);
    const [a, b] = ['a', 'b'].map((name) => {
      const app = state.applications[name];
      return app && here.book.get(state, app)?.etcdUsers;
    });
    expect(a).toBeUndefined();
    expect(b).toMatchObject({ value: { askedAs: 'audit' } });
  });

  it('breaks off what is under way when it is stopped, and tells nobody', async () => {
    const here = bench({ takes: 600_000 });
    here.book.ask(data());
    await here.clock.advance(1000);
    expect(here.busy.now).toBe(2);
    await here.book.stop();
    expect([here.seen, here.counted]).toEqual([[], []]);
  });

  it('looks at nothing of units that cannot be listed', async () => {
    const here = bench();
    const made = estate({
      controllers: {
        prod: controller({
          models: {
            data: model({
              applications: {
                etcd: (name, place) => ({
                  ...application({ charm })(name, place),
                  units: unknownFact('no right'),
                }),
              },
            }),
          },
        }),
      },
    });
    const state = made.controllers['prod']?.models['data'];
    if (state === undefined) throw new Error('no model');
    await round(here, state);
    expect([here.asked, why(units(here, state))]).toEqual([[], 'no right']);
  });
});
