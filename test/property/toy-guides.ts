/** Guides that read the view in every way there is: own cells, neighbours, names, absences, other models, time. */
import { z } from 'zod';
import { defineControl, defineGuide, type Guide } from '../../src/core/control.js';
import { isKnown, valueOf } from '../../src/core/fact.js';
import { fail, notSeen, pass, type Judgement } from '../../src/core/judgement.js';

const about = {
  severity: 'medium',
  section: 'toy',
  rationale: 'toy',
  references: [],
  evidence: ['S'],
  reasons: {},
  remediation: 'auto',
  fixableBy: 'operator',
  manual: 'toy',
  hazards: [],
} as const;

const noParams = z.object({});

function sees(text: string): Judgement {
  return text.length % 2 === 0 ? pass(text) : fail('Odd', text);
}

const ownCells = defineControl({
  ...about,
  id: 'TOY-01',
  title: 'reads cells of its application, the second only after the first',
  scope: 'application',
  params: z.object({ wanted: z.string().default('active') }),
  evaluate(app, { params }) {
    const exposure = app.get('exposure');
    if (!isKnown(exposure) || exposure.value.exposed) return fail('Exposed', 'exposed');
    return valueOf(app.get('status'))?.status === params.wanted
      ? pass('settled')
      : fail('Unsettled', 'not settled');
  },
  remediate: (app, _context, { reason }) =>
    reason === 'Exposed'
      ? [
          {
            action: {
              type: 'unexpose',
              model: { controller: 'c', owner: 'admin', model: app.model.name },
              application: app.name,
            },
            undo: { irreversible: 'toy' },
            effect: 'closed',
            risk: 'low',
            disruptive: true,
            repeatable: true,
            cutsOff: [],
            preconditions: [],
          },
        ]
      : [],
});

const neighbour = defineControl({
  ...about,
  id: 'TOY-02',
  title: 'reads an application by name, present or not',
  scope: 'application',
  params: noParams,
  evaluate(app) {
    const other = app.model.application('ca');
    if (other === undefined) return fail('NoCa', 'no ca in the model');
    const units = other.get('units');
    return isKnown(units) ? sees(`${Object.keys(units.value).length} units`) : notSeen(units, 'units');
  },
});

const everyone = defineControl({
  ...about,
  id: 'TOY-03',
  title: 'reads all applications of its model',
  scope: 'model',
  params: noParams,
  evaluate: (model) =>
    sees(
      model
        .applications()
        .map((app) => `${app.name}=${valueOf(app.get('charm'))?.name ?? '?'}`)
        .join(),
    ),
});

const elsewhere = defineControl({
  ...about,
  id: 'TOY-04',
  title: 'reads other models and controllers of the estate',
  scope: 'model',
  params: noParams,
  evaluate: (model) => {
    const { estate } = model.controller;
    const cos = estate.controllers().flatMap((controller) => controller.model('cos')?.applications() ?? []);
    return sees(cos.map((app) => `${app.name}:${String(valueOf(app.get('trust')))}`).join());
  },
});

const users = defineControl({
  ...about,
  id: 'TOY-05',
  title: 'judges each user by the time of the last connection',
  scope: 'controller',
  params: z.object({ days: z.number().default(90) }),
  evaluate(controller, { params, time }) {
    const fact = controller.get('users');
    if (!isKnown(fact)) return notSeen(fact, 'users');
    const stale = fact.value.filter(
      ({ lastConnection }) =>
        lastConnection !== undefined && time.isOlder(lastConnection, params.days * 86_400),
    );
    return stale.length === 0
      ? pass('all fresh')
      : stale.map(({ name }) => ({
          ...fail('Stale', `${name} is stale`),
          subject: { kind: 'user', name } as const,
        }));
  },
});

const relations = defineControl({
  ...about,
  id: 'TOY-06',
  title: 'reads the relations and the model they are in',
  scope: 'application',
  params: noParams,
  evaluate(app) {
    const fact = app.get('relations');
    const ssh = valueOf(app.model.get('config'))?.['ssh-allow']?.value;
    return isKnown(fact) ? sees(`${fact.value.length} ${String(ssh)}`) : notSeen(fact, 'relations');
  },
});

export const toyGuides: readonly Guide[] = [
  defineGuide({
    id: 'toy',
    title: 'Toy',
    product: 'toy',
    version: '1',
    url: '',
    controls: [ownCells, neighbour, everyone, elsewhere, users],
  }),
  defineGuide({
    id: 'toy-etcd',
    title: 'Toy etcd',
    product: 'toy',
    version: '1',
    url: '',
    appliesTo: (charm, endpoints) => charm.name === 'charmed-etcd' && endpoints.includes('peer-certificates'),
    controls: [relations],
  }),
];
