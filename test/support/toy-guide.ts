/** A small guide whose controls can be reasoned about at a glance: for tests of the machinery, not of guides. */
import { z } from 'zod';
import type { Remedy } from '../../src/core/action/action.js';
import { defineControl, defineGuide, type Control, type Guide } from '../../src/core/control.js';
import { isKnown } from '../../src/core/fact.js';
import { evidenceOf, fail, notSeen, pass } from '../../src/core/judgement.js';
import { seconds } from '../../src/core/duration.js';

const texts = {
  section: 'Testing',
  rationale: 'Because.',
  references: [],
  evidence: ['S'],
  reasons: { Wrong: 'It is wrong.' },
  fixableBy: 'operator',
  manual: 'Mend it.',
  hazards: [],
} as const;

/** Applications must not be exposed; unexposes. */
export const notExposed: Control = defineControl({
  ...texts,
  id: 'TOY-01',
  title: 'not exposed',
  severity: 'high',
  scope: 'application',
  remediation: 'disruptive',
  params: z.object({}),
  evaluate(app) {
    const exposure = app.get('exposure');
    if (!isKnown(exposure)) return notSeen(exposure, 'not exposed');
    const evidence = evidenceOf(exposure, String(exposure.value.exposed), 'false');
    return exposure.value.exposed ? fail('Exposed', 'exposed', evidence) : pass('not exposed', evidence);
  },
  remediate: (app) => [
    remedy({
      type: 'unexpose',
      model: { controller: app.model.controller.name, owner: 'admin', model: app.model.name },
      application: app.name,
    }),
  ],
});

/** Every user has connected lately. */
export const freshUsers: Control = defineControl({
  ...texts,
  id: 'TOY-02',
  title: 'fresh users',
  severity: 'medium',
  scope: 'controller',
  remediation: 'auto',
  params: z.object({ age: z.string().default('90d') }),
  evaluate(controller, { params, time }) {
    const users = controller.get('users');
    if (!isKnown(users)) return notSeen(users, 'fresh users');
    return users.value.map((user) => {
      const stale =
        user.lastConnection === undefined || time.isOlder(user.lastConnection, seconds(params.age));
      const judged = stale ? fail('Stale', user.name, evidenceOf(users, 'stale', 'fresh')) : pass(user.name);
      return { ...judged, subject: { kind: 'user', name: user.name } } as const;
    });
  },
});

/** A model has at most so many applications, none of them called forbidden; reads names and other applications. */
export const fewApplications: Control = defineControl({
  ...texts,
  id: 'TOY-03',
  title: 'few applications',
  severity: 'low',
  scope: 'model',
  remediation: 'manual',
  params: z.object({ most: z.number().default(2) }),
  evaluate(model, { params }) {
    const names = model.applications().map((app) => app.name);
    if (model.application('forbidden') !== undefined) return fail('Wrong', 'forbidden is there');
    return names.length > params.most ? fail('Wrong', names.join(',')) : pass(names.join(','));
  },
});

export const toyGuide: Guide = defineGuide({
  id: 'toy',
  title: 'Toy guide',
  product: 'toy',
  version: '1',
  url: 'https://example.com/toy',
  controls: [notExposed, freshUsers, fewApplications],
});

/** Unexposing that is undone by exposing to what it was exposed to. */
export const undoableGuide: Guide = undoable(1);

/** It takes two calls to undo. */
export const undoableTwice: Guide = undoable(2);

function undoable(calls: number): Guide {
  return defineGuide({
    ...toyGuide,
    id: 'undoable',
    controls: [
      {
        ...notExposed,
        remediate: (app, context, judgement) =>
          (notExposed.remediate?.(app, context, judgement) ?? []).map((made) => ({
            ...made,
            undo: { inverse: Array.from({ length: calls }, () => exposing(made.action)) },
          })),
      },
    ],
  });
}

function exposing(action: Remedy['action']): Remedy['action'] {
  if (action.type !== 'unexpose') throw new Error('not the toy');
  const { model, application } = action;
  return { type: 'expose', model, application, cidrs: ['10.0.0.0/8'] };
}

/** The same requirement for one product alone: which applications it concerns depends on their charm. */
export const productGuide: Guide = defineGuide({
  ...toyGuide,
  id: 'product',
  appliesTo: (charm, endpoints) => charm.name === 'product' && endpoints.includes('db'),
  controls: [{ ...notExposed, id: 'PRODUCT-01', order: 10 }],
});

function remedy(action: Remedy['action']): Remedy {
  const undo = { inverse: [] };
  return {
    action,
    undo,
    effect: 'done',
    risk: 'low',
    disruptive: true,
    repeatable: true,
    cutsOff: [],
    preconditions: [],
  };
}
