/** Runs the command line in this process, with toy guides and a made-up estate, and keeps what it says. */
import { z } from 'zod';
import type { Io } from '../../src/cli/io.js';
import { runProgram } from '../../src/cli/program.js';
import type { Services } from '../../src/cli/services.js';
import { readEnvironment } from '../../src/config/environment.js';
import { defineControl, defineGuide, type Guide } from '../../src/core/control.js';
import { isKnown, valueOf } from '../../src/core/fact.js';
import { evidenceOf, fail, manual, notApplicable, notSeen, pass } from '../../src/core/judgement.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { application, controller, estate, model, takenAt, unknownFact } from './world.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a test may change of the surroundings. */
export interface Surroundings {
  readonly io?: Partial<Io>;
  readonly services?: Partial<Services>;
  readonly variables?: Readonly<Record<string, string>>;
  /** What `--status` reads, whatever the file holds. */
  readonly snapshot?: Snapshot;
}

/** Runs one command line. Every `--status` reads the snapshot; use `--status -`. */
export async function runCli(argv: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    color: false,
    interactive: false,
    readInput: () => Promise.resolve('{}'),
    ask: () => Promise.resolve(''),
    ...surroundings.io,
  };
  const read = () => Promise.resolve(surroundings.snapshot ?? openEstate());
  const services: Services = {
    io,
    environment: readEnvironment(surroundings.variables ?? {}),
    version: '1.2.3',
    now: () => Date.parse(takenAt),
    guides: () => Promise.resolve(toyGuides),
    roads: { status: read, bundle: read },
    ...surroundings.services,
  };
  const code = await runProgram(argv, services);
  return { code, out, err };
}

/** Two applications of which `kafka` is open to the world; what is trusted was not read. */
export function openEstate(names: readonly string[] = ['etcd', 'kafka']): Snapshot {
  const applications = names.map((name) => [
    name,
    application({
      exposure: { exposed: name !== 'etcd' },
      trust: unknownFact('a status file does not carry trust', 'read on the model'),
    }),
  ]);
  return estate({
    controllers: {
      prod: controller({
        models: { data: model({ applications: Object.fromEntries(applications) as never }) },
      }),
    },
  });
}

const about = {
  section: 'Exposure',
  rationale: 'What is reachable is attacked.',
  references: ['https://documentation.ubuntu.com/juju/'],
  evidence: ['S'],
  scope: 'application',
  fixableBy: 'operator',
  hazards: ['Clients from outside lose their access.'],
} as const;

const exposure = defineControl({
  ...about,
  id: 'TOY-NET-01',
  title: 'Applications are not exposed',
  severity: 'high',
  params: z.object({
    declared: z.array(z.string()).default([]).meta({ description: 'Applications that may be exposed.' }),
  }),
  reasons: { ExposedUndeclared: 'The application is exposed.' },
  remediation: 'disruptive',
  manual: "Run 'juju unexpose APP'. Then look again.",
  evaluate(app, { params }) {
    const fact = app.get('exposure');
    if (!isKnown(fact)) return notSeen(fact, 'not exposed');
    if (!fact.value.exposed || params.declared.includes(app.name)) return pass(`${app.name} is closed`);
    return fail(
      'ExposedUndeclared',
      `${app.name} is open to the world`,
      evidenceOf(fact, 'exposed', 'closed'),
    );
  },
  remediate(app) {
    const at = {
      model: { controller: 'prod', owner: 'admin', model: app.model.name },
      application: app.name,
    };
    return [
      {
        action: { type: 'unexpose', ...at },
        undo: { inverse: [{ type: 'expose', ...at, cidrs: ['0.0.0.0/0'] }] },
        effect: `${app.name} is closed`,
        risk: 'medium',
        disruptive: true,
        repeatable: true,
        cutsOff: ['clients from outside'],
        preconditions: [{ type: 'application-present', application: app.name }],
      },
    ];
  },
});

const trust = defineControl({
  ...about,
  id: 'TOY-TRUST-01',
  title: 'Nothing is trusted',
  severity: 'medium',
  params: z.object({}),
  reasons: {},
  remediation: 'manual',
  manual: 'Run juju trust --remove.',
  evaluate(app) {
    const fact = app.get('trust');
    return isKnown(fact) ? pass('as required') : notSeen(fact, 'not trusted');
  },
});

const review = defineControl({
  ...about,
  id: 'TOY-REV-01',
  title: 'Somebody reviewed it',
  severity: 'low',
  params: z.object({}),
  reasons: {},
  remediation: 'manual',
  manual: 'Review it.',
  evaluate: (app) =>
    valueOf(app.get('charm'))?.name === 'etcd'
      ? notApplicable('NotThis', 'not for etcd')
      : manual('NotAttested', 'nobody said so'),
});

export const toyGuides: readonly Guide[] = [
  defineGuide({
    id: 'toys',
    title: 'Guide to toys',
    product: 'toys',
    version: '1',
    url: 'https://documentation.ubuntu.com/juju/',
    controls: [trust, exposure, review],
  }),
];
