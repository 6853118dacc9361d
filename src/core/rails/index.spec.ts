import { describe, expect, it, test } from '@jest/globals';
import {
  ago,
  mark,
  restart,
  scene,
  step as stepOf,
  usual,
  window,
  type SceneSpec,
  type StepSpec,
} from '../../../test/support/rails.js';
import { application } from '../../../test/support/world.js';
import { heldBack, holdsOn, railsFor } from './index.js';
import { railNames } from './rail.js';

function held(given: StepSpec, more: Partial<SceneSpec> = {}): string | undefined {
  const step = restart('etcd', given);
  const hold = heldBack(step, scene({ steps: [step], ...more }));
  return hold && `${hold.state} ${hold.reason}`;
}

const busy = { ...usual, info: { status: 'busy' } };
const pause = { pauses: [{ id: 'p', by: 'ann', at: ago(1) }] };
const quarantines = [
  {
    id: 'q',
    control: 'TOY-01',
    target: { kind: 'application', controller: 'prod', model: 'data', application: 'etcd' },
    reason: 'AttemptsExhausted',
    message: 'm',
    since: ago(1),
  },
] as const;
const fought = [mark('fixed', 50), mark('drift', 40), mark('fixed', 30), mark('drift', 20)];
const etcd = application({ charm: { name: 'charmed-etcd' }, units: 1 });
const single = { ...usual, applications: { ...usual.applications, etcd } };
const failing = [3, 2, 1].map((minutes) => mark('failure', minutes));

describe('what a person hears first', () => {
  test.each<[string, StepSpec, Partial<SceneSpec>, string | undefined]>([
    ['is nothing when nothing holds', {}, {}, undefined],
    [
      'is a quarantine, before everything else',
      { settings: { mode: 'propose' } },
      { orders: { quarantines }, journal: { state: 'full', reason: 'r' } },
      'Quarantined AttemptsExhausted',
    ],
    [
      'is the journal, before the mode',
      { settings: { mode: 'propose' } },
      { journal: { state: 'full', reason: 'r' } },
      'WaitingDependency JournalFull',
    ],
    [
      'is who manages it, before the mode that follows from it',
      { settings: { mode: 'propose', managedBy: 'terraform' } },
      {},
      'Proposed ManagedByTerraform',
    ],
    [
      'is the mode, before an approval',
      { settings: { mode: 'propose', disruptive: 'approval' } },
      {},
      'Proposed ModePropose',
    ],
    ['is a pause, before the breaker', {}, { orders: pause, marks: failing }, 'WaitingDependency Paused'],
    [
      'is the breaker, before an approval',
      { settings: { disruptive: 'approval' } },
      { marks: failing },
      'WaitingDependency BreakerOpen',
    ],
    [
      'is that the plan is too large, before its approval',
      { settings: { disruptive: 'approval' }, rails: { units: 1 } },
      {},
      'WaitingApproval BlastRadiusExceeded',
    ],
    [
      'is an approval, before the window',
      { settings: { disruptive: 'approval', windows: [window('0 2 * * *', { duration: 60 })] } },
      {},
      'WaitingApproval ApprovalNeeded',
    ],
    [
      'is the window, before what passes by itself',
      { settings: { windows: [window('0 2 * * *', { duration: 60 })] } },
      { model: busy },
      'WaitingWindow WindowClosed',
    ],
    [
      'is a fight, before the mode',
      { settings: { mode: 'propose' } },
      { marks: fought },
      'Quarantined FoughtOver',
    ],
    ['is an outage', {}, { model: single }, 'WaitingApproval SingleUnitOutage'],
    [
      'is the hourly cap, before the world',
      { rails: { perHour: 1 } },
      { marks: [mark('attempt', 5)], model: busy },
      'WaitingDependency HourlyCapReached',
    ],
    ['is the world at last', {}, { model: busy }, 'WaitingDependency ModelBusy'],
  ])('%s', (_name, given, more, expected) => {
    expect(held(given, more)).toBe(expected);
  });

  it('is that it would cut us off, before the pause', () => {
    const out = stepOf({ type: 'disable-user', controller: 'prod', user: 'holdfast' }, { disruptive: false });
    const hold = heldBack(out, scene({ steps: [out], orders: pause }));
    expect(hold?.reason).toBe('OurOwnIdentity');
  });
});

describe('the rails of a step', () => {
  it('are told all, in their order, also those that hold nothing back', () => {
    const step = restart('etcd', { settings: { mode: 'propose' } });
    const verdicts = railsFor(step, scene({ steps: [step], model: busy }));
    expect(verdicts.map(({ rail }) => rail)).toEqual(railNames);
    expect(verdicts.flatMap(({ rail, hold }) => (hold === undefined ? [] : [rail]))).toEqual([
      'mode',
      'order',
    ]);
    expect(verdicts.every(({ note }) => note !== '')).toBe(true);
  });
});

test('every hold on a step is told with its rail, and what a person should hear first stands first', () => {
  const step = restart('etcd', { settings: { disruptive: 'approval' } });
  const all = holdsOn(step, scene({ steps: [step], model: busy, orders: pause }));
  expect(all.map(({ rail, hold }) => `${rail} ${hold.reason}`)).toEqual([
    'pause Paused',
    'approval ApprovalNeeded',
    'order ModelBusy',
  ]);
});
