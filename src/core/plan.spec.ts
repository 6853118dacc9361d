import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { application, controller, estate, model } from '../../test/support/world.js';
import { knowledge } from '../../test/support/judge.js';
import { productGuide, toyGuide } from '../../test/support/toy-guide.js';
import { evaluate } from './evaluate/index.js';
import type { Finding } from './finding.js';
import { plan } from './plan.js';
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
