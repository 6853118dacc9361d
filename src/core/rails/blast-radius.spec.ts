import { describe, expect, it, test } from '@jest/globals';
import { proposal, restart, said, scene, secure, step, word } from '../../../test/support/rails.js';
import { application, type ModelSpec } from '../../../test/support/world.js';
import type { ProposedStep } from '../plan.js';
import type { Rails } from '../policy/rails.js';
import { blastRadius } from './blast-radius.js';
import { splitPlan } from './split-plan.js';

const names = ['etcd', 'kafka', 'postgresql', 'zookeeper'] as const;

function steps(count: number, rails: Partial<Rails>): readonly ProposedStep[] {
  return names.slice(0, count).map((name) => restart(name, { rails: { percent: 100, ...rails } }));
}

function verdict(all: readonly ProposedStep[], model?: ModelSpec) {
  const [first] = all;
  if (first === undefined) throw new Error('no step');
  return blastRadius(first, scene({ steps: all, ...(model && { model }) }));
}

const exceeded = 'WaitingApproval BlastRadiusExceeded';

describe('the blast radius of a run', () => {
  test.each<[string, readonly ProposedStep[], string]>([
    ['is kept', steps(2, {}), '- 2 of 5 applications, 6 of 30 units, 2 of 20 actions'],
    [
      'is kept at the limit',
      steps(2, { applications: 2, units: 6, actions: 2 }),
      '- 2 of 2 applications, 6 of 6 units, 2 of 2 actions',
    ],
    ['is left by one application too many', steps(3, { applications: 2 }), exceeded],
    ['is left by one unit too many', steps(2, { units: 5 }), exceeded],
    ['is left by one action too many', steps(3, { actions: 2 }), exceeded],
    ['is left by a larger share of the model', steps(3, { percent: 40 }), exceeded],
    ['is left by two where the share is less than one', steps(2, { percent: 10 }), exceeded],
    ['rounds a share up', steps(2, { percent: 21 }), '- 2 of 5 applications, 6 of 30 units, 2 of 20 actions'],
    [
      'lets one application through, however small the share',
      steps(1, { percent: 1 }),
      '- 1 of 5 applications, 3 of 30 units, 1 of 20 actions',
    ],
    [
      'is that of the strictest of its steps',
      [restart('etcd', { rails: { percent: 100 } }), restart('kafka', { rails: { applications: 1 } })],
      exceeded,
    ],
    [
      'does not count a provider that serves on',
      [secure('etcd', { rails: { applications: 1 } })],
      '- 1 of 1 applications, 3 of 30 units, 1 of 20 actions',
    ],
  ])('%s', (_name, all, expected) => {
    expect(said(verdict(all))).toBe(expected);
  });

  it('is refused as a whole, each step of it', () => {
    const all = steps(3, { applications: 2 });
    const whole = scene({ steps: all });
    expect(all.map((one) => said(blastRadius(one, whole)))).toEqual([exceeded, exceeded, exceeded]);
  });

  it('says which limits are passed, and by how much', () => {
    expect(verdict(steps(3, { applications: 2, units: 4 })).hold?.message).toBe(
      'the plan reaches too far: 3 applications, 2 allowed (1 too many); 9 units, 4 allowed (5 too many). None of it is done; its split can be approved part by part',
    );
  });

  it('is one of actions only where the controller itself is changed', () => {
    const one = step({ type: 'disable-user', controller: 'prod', user: 'bob' });
    expect(said(blastRadius(one, scene({ steps: [one], model: 'none' })))).toBe(
      '- 0 of 5 applications, 0 of 30 units, 1 of 20 actions',
    );
  });
});

describe('a split that was approved', () => {
  const all = steps(3, { applications: 2 });
  const whole = proposal(all);
  const { model } = scene({ steps: all }).world;
  const parts = splitPlan(whole, model);
  const decided = (...plans: readonly (typeof whole.plan)[]) =>
    scene({ steps: all, orders: { decisions: plans.map((plan) => word(plan)) } });

  it('lets the steps of that part through, and no others', () => {
    const [first] = parts;
    if (first === undefined) throw new Error('no part');
    expect(all.map((one) => said(blastRadius(one, decided(first))))).toEqual([
      '- part 1 of 2 of a plan over the limits, approved by ann',
      '- part 1 of 2 of a plan over the limits, approved by ann',
      exceeded,
    ]);
  });

  it('lets nothing through when the whole plan was approved instead', () => {
    expect(all.map((one) => said(blastRadius(one, decided(whole.plan))))).toEqual([
      exceeded,
      exceeded,
      exceeded,
    ]);
  });

  it('lets nothing through that is too large itself, whatever it calls itself', () => {
    const partOf = { hash: whole.plan.hash, n: 1, of: 1, actions: whole.plan.actions.map(({ id }) => id) };
    expect(said(blastRadius(all[0] ?? restart(), decided({ ...whole.plan, partOf })))).toBe(exceeded);
  });

  it('is not needed for what is not in the model any more', () => {
    const gone = restart('gone', { rails: { units: 1 } });
    const spec = { applications: { etcd: application({ units: 3 }) } };
    expect(said(blastRadius(gone, scene({ steps: [gone], model: spec })))).toBe(
      '- 1 of 5 applications, 0 of 1 units, 1 of 20 actions',
    );
  });
});
