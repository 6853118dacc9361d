import { beforeEach, describe, expect, it } from '@jest/globals';
import { sampleView } from '../../test/support/report-samples.js';
import { parseScrape } from '../../test/support/scrape.js';
import type { Clock, DaemonView, HeldStep, Pause, Quarantine, StoreHealth } from '../core/ports/index.js';
import { railNames, type RailName } from '../core/rails/rail.js';
import { createMetrics, type Metrics } from './metrics.js';

const at = '2026-11-22T03:27:00Z';
const clock: Clock = {
  now: () => Date.parse(at),
  sleep: () => Promise.resolve(),
  after: () => () => undefined,
};
const data = { kind: 'model', controller: 'prod', model: 'data' } as const;

/** A step that is held; of plan p, in model data, as the first that a person hears. */
function held(rail: RailName, more: Partial<HeldStep> = {}): HeldStep {
  const state = rail === 'approval' ? 'WaitingApproval' : 'WaitingDependency';
  const words = { state, reason: 'Held', first: true } as const;
  return { planHash: 'p', actionId: 'a', target: data, rail, ...words, ...more };
}

function quarantine(id: string, message = 'it failed'): Quarantine {
  return { id, control: 'TOY-01', target: data, reason: 'AttemptsExhausted', message, since: at };
}

describe('metrics of what holds changes back', () => {
  let view: DaemonView | undefined;
  let metrics: Metrics;
  beforeEach(() => {
    view = sampleView();
    metrics = createMetrics(() => view, clock);
  });
  const named = async (name: string): Promise<readonly (readonly [object, number])[]> =>
    parseScrape(await metrics.text()).samples.flatMap((sample) =>
      sample.name === name ? [[sample.labels, sample.value] as const] : [],
    );
  const value = async (name: string): Promise<number | undefined> => (await named(name))[0]?.[1];
  const show = (...steps: readonly HeldStep[]): void => {
    view = sampleView({ held: () => steps });
  };

  it('count the steps that each rail holds, also where it holds none', async () => {
    show(held('window'), held('window', { actionId: 'b' }), held('approval', { first: false }));
    const holds = await named('holdfast_rail_holds');
    expect(holds.map(([labels]) => labels)).toEqual(railNames.map((rail) => ({ rail })));
    expect(holds.filter(([, count]) => count > 0)).toEqual([
      [{ rail: 'window' }, 2],
      [{ rail: 'approval' }, 1],
    ]);
    show();
    expect((await named('holdfast_rail_holds')).every(([, count]) => count === 0)).toBe(true);
  });

  it.each<[string, readonly HeldStep[], number]>([
    ['none where nothing waits', [held('window')], 0],
    [
      'a plan once, however many of its steps wait',
      [held('approval'), held('approval', { actionId: 'b' })],
      1,
    ],
    ['each plan', [held('approval'), held('approval', { planHash: 'q' })], 2],
    [
      'a plan that reaches too far: its parts can be approved',
      [held('blast-radius', { state: 'WaitingApproval' })],
      1,
    ],
    [
      'none whose approval would not help yet, for another rail comes first',
      [held('approval', { first: false })],
      0,
    ],
    ['none that was denied: somebody has answered', [held('approval', { reason: 'PlanDenied' })], 0],
  ])('count the plans that wait for an approval: %s', async (_name, steps, expected) => {
    show(...steps);
    expect(await value('holdfast_approvals_waiting')).toBe(expected);
  });

  it.each<[string, readonly HeldStep[], readonly string[]]>([
    ['shut everywhere', [held('window')], []],
    ['open in a model', [held('breaker'), held('breaker', { actionId: 'b' })], ['data']],
    [
      'open on the controller itself',
      [held('breaker', { target: { kind: 'controller', controller: 'prod' } })],
      [''],
    ],
    ['open elsewhere', [held('breaker', { target: { ...data, controller: 'lab' } })], []],
  ])('show of every place that is followed whether its breaker is open: %s', async (_name, steps, open) => {
    show(...steps);
    expect(await named('holdfast_breaker_open')).toEqual(
      ['', 'data'].map((model) => [
        { controller: 'prod', target_model: model },
        Number(open.includes(model)),
      ]),
    );
  });

  it('count what is in quarantine and the pauses in force', async () => {
    expect([await value('holdfast_quarantines'), await value('holdfast_pauses')]).toEqual([0, 0]);
    const pause: Pause = { id: 'p-1', by: 'ann', at };
    const quarantines = [quarantine('q-1'), quarantine('q-2')];
    view = sampleView({ quarantines: () => quarantines, pauses: () => [pause] });
    expect([await value('holdfast_quarantines'), await value('holdfast_pauses')]).toEqual([2, 1]);
  });

  it.each<[StoreHealth['state'], number]>([
    ['ok', 1],
    ['full', 0],
    ['corrupt', 0],
    ['lost', 0],
  ])('say of a journal that is %s: %i', async (state, expected) => {
    const health: StoreHealth = state === 'ok' ? { state } : { state, reason: 'no space left' };
    view = sampleView({ journal: () => health });
    expect(await value('holdfast_journal_ok')).toBe(expected);
  });

  it('carry no text of an error, of a person or of a plan', async () => {
    const hostile = 'secret of ann';
    view = sampleView({
      held: () => [held('breaker', { reason: hostile, actionId: hostile, planHash: hostile })],
      quarantines: () => [quarantine(hostile, hostile)],
      pauses: () => [{ id: hostile, by: hostile, at, reason: hostile }],
      journal: () => ({ state: 'lost', reason: hostile }),
    });
    expect(await metrics.text()).not.toContain(hostile);
  });

  it('call nothing well while there is no daemon', async () => {
    view = undefined;
    expect(await value('holdfast_journal_ok')).toBe(0);
    expect([await named('holdfast_rail_holds'), await named('holdfast_breaker_open')]).toEqual([[], []]);
  });
});
