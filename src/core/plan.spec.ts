import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { application, controller, estate, model } from '../../test/support/world.js';
import { knowledge } from '../../test/support/judge.js';
import { productGuide, toyGuide } from '../../test/support/toy-guide.js';
import type { PlannedAction } from './action/planned.js';
import { evaluate } from './evaluate/index.js';
import type { Finding } from './finding.js';
import { plan, planHash } from './plan.js';
import { limitsFor } from './policy/limits.js';
import { observeOnly, type Policy } from './policy/policy.js';
import { findingId } from './report/build.js';
import { millis } from './time.js';

const asOf = millis('2026-11-22T06:00:00Z');
const propose: Policy = { ...observeOnly, defaults: { ...observeOnly.defaults, mode: 'propose' } };

function found(names: readonly string[], policy: Policy = propose): readonly Finding[] {
  const exposed = application({ exposure: { exposed: true }, charm: { name: 'product' }, endpoints: ['db'] });
  const applications = Object.fromEntries(names.map((name) => [name, exposed]));
  const models = { data: model({ applications }), other: model({ applications: { z: exposed } }) };
  return evaluate(
    [toyGuide, productGuide],
    estate({ controllers: { prod: controller({ users: [], models }) } }),
    { policy, knowledge },
    asOf,
  );
}

const refreshed = {
  model: { controller: 'prod', owner: 'admin', model: 'data' },
  application: 'a',
  revision: 2,
} as const;
const expose = {
  type: 'expose',
  model: refreshed.model,
  application: 'a',
  cidrs: ['10.0.0.0/8'],
} as const;

const strict = {
  risk: 'high',
  repeatable: false,
  undo: { irreversible: 'it is gone' },
  cutsOff: ['bob'],
  preconditions: [{ type: 'application-settled', application: 'a' }],
} as const;

describe('planning', () => {
  it('makes one plan for each model that needs one', () => {
    expect(plan(found(['a']), asOf).map(({ plan: made }) => made.target.model)).toEqual(['data', 'other']);
  });

  it('lists an action that two controls ask for once, with both', () => {
    const [first] = plan(found(['a']), asOf);
    expect(first?.plan.actions.map(({ argv, controls }) => [argv.join(' '), controls])).toEqual([
      ['juju unexpose -m prod:admin/data a', ['PRODUCT-01', 'TOY-01']],
    ]);
  });

  it('takes the more careful word of each where two controls ask for the same action', () => {
    const careful = found(['a']).map((finding) =>
      finding.control.id === 'TOY-01'
        ? { ...finding, remedies: finding.remedies.map((remedy) => ({ ...remedy, ...strict })) }
        : finding,
    );
    const [action] = plan(careful, asOf)[0]?.plan.actions ?? [];
    expect(action).toMatchObject({
      risk: 'high',
      repeatable: false,
      irreversible: 'it is gone',
      cutsOff: ['bob'],
      preconditions: strict.preconditions,
    });
  });

  it('takes what one control calls disruptive for disruptive, whichever of the two it is', () => {
    const disruptive = (...calm: readonly string[]) => {
      const said = found(['a']).map((finding) => ({
        ...finding,
        remedies: finding.remedies.map((remedy) => ({
          ...remedy,
          disruptive: !calm.includes(finding.control.id),
        })),
      }));
      return plan(said, asOf)[0]?.plan.actions[0]?.disruptive;
    };
    expect([disruptive('TOY-01'), disruptive('PRODUCT-01')]).toEqual([true, true]);
    expect(disruptive('TOY-01', 'PRODUCT-01')).toBe(false);
  });

  it('plans for nothing that is only observed, and for nothing waived', () => {
    expect(plan(found(['a'], observeOnly), asOf)).toEqual([]);
    const waivers = [
      { id: 'w', kind: 'waived', match: {}, reason: 'r', owner: 'o', expires: '2027-01-01T00:00:00Z' },
    ] as const;
    expect(plan(found(['a'], { ...propose, waivers }), asOf)).toEqual([]);
  });

  it('gives the same hash for the same findings, however they are ordered and whenever it is asked', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (names, later) => {
          const there = plan(found(names), asOf);
          const back = plan([...found([...names].reverse())].reverse(), asOf + later);
          const hashes = (proposals: typeof there) => proposals.map((proposal) => proposal.plan.hash).sort();
          expect(hashes(back)).toEqual(hashes(there));
        },
      ),
    );
  });

  it('gives another hash when an action is added', () => {
    expect(plan(found(['a', 'b']), asOf)[0]?.plan.hash).not.toBe(plan(found(['a']), asOf)[0]?.plan.hash);
  });

  it.each<[string, Partial<PlannedAction>]>([
    ['does another thing', { args: { ...expose, cidrs: ['0.0.0.0/0'] } }],
    ['has other conditions', { preconditions: [{ type: 'application-settled', application: 'a' }] }],
    ['has other limits', { limits: limitsFor([]) }],
    ['is a step of another recipe', { recipe: { type: 'refresh', ...refreshed, steps: [] } }],
  ])('gives another hash when an action %s', (_, other) => {
    const [made] = plan(found(['a']), asOf)[0]?.plan.actions ?? [];
    if (made === undefined) throw new Error('nothing is planned');
    const usual: PlannedAction = { ...made, args: expose };
    const hash = (action: PlannedAction): string =>
      planHash({ target: { kind: 'model', model: 'data' }, limits: limitsFor([]), actions: [action] });
    expect(hash({ ...usual, ...other })).not.toBe(hash(usual));
    expect(hash({ ...usual, effect: 'told otherwise' })).toBe(hash(usual));
  });

  it('gives another hash when the limits in force are others', () => {
    const hashOf = (more: Partial<Policy>) => plan(found(['a'], { ...propose, ...more }), asOf)[0]?.plan.hash;
    const usual = hashOf({});
    expect(hashOf({ limits: [{ match: {}, attempts: 2 }] })).not.toBe(usual);
    expect(hashOf({ defaults: { ...propose.defaults, disruptive: 'window' } })).not.toBe(usual);
    expect(hashOf({ limits: [{ match: { model: 'elsewhere' }, attempts: 2 }] })).toBe(usual);
  });

  it('gives the same hash whatever is said of an action and whenever it is planned', () => {
    const [before] = plan(found(['a']), asOf);
    const said = found(['a']).map((finding) => ({
      ...finding,
      judgement: { ...finding.judgement, message: 'in other words' },
      remedies: finding.remedies.map((remedy) => ({
        ...remedy,
        effect: 'in other words',
        risk: 'high' as const,
      })),
    }));
    expect(plan(said, asOf + 1000)[0]?.plan.hash).toBe(before?.plan.hash);
  });

  it('is bound by the strictest limits of its findings, and an action tells its own where they are others', () => {
    const limits = [{ match: { application: 'b' }, attempts: 2, backupAge: 60 }];
    const [made] = plan(found(['a', 'b'], { ...propose, limits }), asOf);
    expect(made?.plan.limits).toMatchObject({ attempts: 2, backupAge: 60, disruptive: 'approval' });
    expect(
      made?.plan.actions.map(({ args, limits: own }) => [
        'application' in args && args.application,
        own?.attempts,
      ]),
    ).toEqual([
      ['a', 5],
      ['b', undefined],
    ]);
  });

  it('names findings by control and target, so that the id is the same in every run', () => {
    const target = { kind: 'application', controller: 'prod', model: 'data', application: 'a' } as const;
    expect(plan(found(['a']), asOf)[0]?.plan.findings).toContain(findingId('TOY-01', target));
  });
});
