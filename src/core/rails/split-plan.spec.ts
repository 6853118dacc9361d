import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { place, proposal, restart, scene, step } from '../../../test/support/rails.js';
import { application, type ModelSpec } from '../../../test/support/world.js';
import type { Precondition } from '../action/action.js';
import type { Plan, Proposal, ProposedStep } from '../plan.js';
import type { Rails } from '../policy/rails.js';
import { changedBy } from './places.js';
import { excessOf } from './reach.js';
import { splitPlan } from './split-plan.js';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

interface Planned {
  readonly app: string;
  readonly key: string;
  /** Another application whose change it waits for. */
  readonly after?: string;
  /** Another application that has to come to rest first. */
  readonly settled?: string;
}

function stepFor({ app, key, after, settled }: Planned, rails: Partial<Rails>): ProposedStep {
  const preconditions: readonly Precondition[] = [
    ...(after === undefined ? [] : [{ type: 'related', application: after, endpoint: 'tls' } as const]),
    ...(settled === undefined ? [] : [{ type: 'application-settled', application: settled } as const]),
  ];
  return step(
    { type: 'set-config', model: place, application: app, key, value: 'on' },
    { rails, preconditions, target: { application: app } },
  );
}

function model(units: readonly number[]): ModelSpec {
  return {
    applications: Object.fromEntries(names.map((name, n) => [name, application({ units: units[n] ?? 1 })])),
  };
}

const aPlan = fc.record({
  steps: fc.uniqueArray(
    fc.record(
      {
        app: fc.constantFrom(...names),
        key: fc.constantFrom('k', 'l', 'm'),
        after: fc.constantFrom(...names),
      },
      { requiredKeys: ['app', 'key'] },
    ),
    { minLength: 1, maxLength: 12, selector: ({ app, key }) => `${app}.${key}` },
  ),
  units: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 6, maxLength: 6 }),
  limits: fc.record({
    applications: fc.integer({ min: 1, max: 4 }),
    percent: fc.integer({ min: 1, max: 100 }),
    units: fc.integer({ min: 2, max: 10 }),
    actions: fc.integer({ min: 1, max: 6 }),
  }),
});

type Given = typeof aPlan extends fc.Arbitrary<infer T> ? T : never;

function split({ steps, units, limits }: Given): {
  whole: Proposal;
  parts: readonly Plan[];
  spec: ModelSpec;
} {
  const whole = proposal(steps.map((one) => stepFor(one as Planned, limits)));
  const spec = model(units);
  return { whole, spec, parts: splitPlan(whole, scene({ steps: [restart()], model: spec }).world.model) };
}

describe('a plan that reaches too far is split into parts that', () => {
  const ids = ({ actions }: Plan): readonly string[] => actions.map(({ id }) => id);

  it('hold each of its actions once, in its order', () => {
    fc.assert(
      fc.property(aPlan, (given) => {
        const { whole, parts } = split(given);
        if (parts.length === 0) return;
        const all = ids(whole.plan);
        expect(parts.flatMap(ids).sort()).toEqual([...all].sort());
        for (const part of parts) {
          const places = ids(part).map((id) => all.indexOf(id));
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('keep to the limits, but for a single action that passes them alone', () => {
    fc.assert(
      fc.property(aPlan, (given) => {
        const { whole, parts, spec } = split(given);
        const state = scene({ steps: [restart()], model: spec }).world.model;
        const isOver = (plan: Plan) => excessOf(plan.actions, state, plan.limits).length > 0;
        expect(parts.length > 0).toBe(isOver(whole.plan));
        for (const part of parts) expect(isOver(part) && part.actions.length > 1).toBe(false);
      }),
    );
  });

  it('never put what waits for another action before it', () => {
    fc.assert(
      fc.property(aPlan, (given) => {
        const { whole, parts } = split(given);
        const partOf = (id: string): number => parts.findIndex((part) => ids(part).includes(id));
        whole.plan.actions.forEach((later, n) => {
          for (const earlier of whole.plan.actions.slice(0, n)) {
            const waitsFor = later.preconditions.flatMap((one) =>
              'application' in one ? [one.application] : [],
            );
            const bound = [...changedBy(later), ...waitsFor].some((app) => changedBy(earlier).includes(app));
            if (bound) expect(partOf(earlier.id)).toBeLessThanOrEqual(partOf(later.id));
          }
        });
      }),
    );
  });

  it('name the whole, their place and their number', () => {
    fc.assert(
      fc.property(aPlan, (given) => {
        const { whole, parts } = split(given);
        parts.forEach((part, n) => {
          expect(part.partOf).toEqual({
            hash: whole.plan.hash,
            n: n + 1,
            of: parts.length,
            actions: ids(whole.plan),
          });
          expect(part.id).toBe(part.hash.slice(0, 12));
          expect(part.limits).toEqual(whole.plan.limits);
        });
        expect(new Set([whole.plan, ...parts].map(({ hash }) => hash)).size).toBe(parts.length + 1);
      }),
    );
  });
});

describe('a split', () => {
  const planned = (...wanted: readonly Planned[]): Given => ({
    steps: wanted as Given['steps'],
    units: [1, 1, 1, 1, 1, 1],
    limits: { applications: 1, percent: 100, units: 10, actions: 10 },
  });
  const keys = (parts: readonly Plan[]): readonly string[] =>
    parts.map(({ actions }) =>
      actions
        .map(({ args }) => ('application' in args && 'key' in args ? `${args.application}.${args.key}` : ''))
        .join(' '),
    );

  it('keeps the steps of an application together', () => {
    const { parts } = split(
      planned({ app: 'a', key: 'k' }, { app: 'b', key: 'k' }, { app: 'a', key: 'l' }, { app: 'b', key: 'l' }),
    );
    expect(keys(parts)).toEqual(['a.k a.l', 'b.k b.l']);
  });

  test.each<[string, Partial<Planned>]>([
    ['a relation of another', { after: 'a' }],
    ['the rest of another', { settled: 'a' }],
  ])('keeps what waits for %s together with it where the limits allow', (_name, wait) => {
    const given = planned({ app: 'a', key: 'k' }, { app: 'b', key: 'k' }, { app: 'c', key: 'k', ...wait });
    const two = { ...given, limits: { ...given.limits, applications: 2 } };
    expect(keys(split(two).parts)).toEqual(['a.k c.k', 'b.k']);
  });

  it('fills a part as far as the limits allow before it begins the next', () => {
    const given = planned({ app: 'a', key: 'k' }, { app: 'a', key: 'l' }, { app: 'a', key: 'm' });
    const two = { ...given, limits: { ...given.limits, actions: 2 } };
    expect(keys(split(two).parts)).toEqual(['a.k a.l', 'a.m']);
  });

  it('gives the findings of each part', () => {
    const { parts, whole } = split(planned({ app: 'a', key: 'k' }, { app: 'b', key: 'k' }));
    expect(parts.map(({ findings }) => findings.length)).toEqual([1, 1]);
    expect(parts.flatMap(({ findings }) => findings)).toEqual(whole.plan.findings);
  });
});
