import { z } from 'zod';
import { fact } from './fact.js';

const Texts = z.array(z.string());
const Labels = z.record(z.string(), z.string());
const Rules = z.array(z.looseObject({ name: z.string(), health: z.string(), labels: Labels }));
const Retention = z.looseObject({
  kept: z.enum(['seconds', 'for-ever', 'not-shown']),
  seconds: z.number().exactOptional(),
});
const Matchers = z.array(
  z.looseObject({ label: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean() }),
);

/** The facts of each level, as in `schemas/snapshot.ts`. One that is missing counts as unknown. */
export const stackFacts = {
  servers: fact(z.record(z.string(), z.looseObject({ host: z.string(), transport: z.string() }))),
  metricsRetention: fact(Retention),
  logRetention: fact(Retention),
  alertmanagers: fact(z.number()),
  routing: fact(
    z.looseObject({
      root: z.looseObject({ receiver: z.string(), routes: z.array(z.unknown()) }),
      receivers: z.record(z.string(), Texts),
    }),
  ),
  silences: fact(z.array(z.looseObject({ id: z.string(), endsAt: z.string(), matchers: Matchers }))),
  generalRules: fact(Rules),
} as const;

export const telemetryFacts = {
  rules: fact(z.record(z.string(), Rules)),
  targets: fact(z.record(z.string(), z.array(z.looseObject({ job: z.string(), up: z.boolean() })))),
  logs: fact(z.record(z.string(), z.looseObject({ units: Texts }))),
} as const;

export const StackDocument = z.looseObject({
  name: z.string(),
  match: z.looseObject({}),
  ...stackFacts,
  models: z.record(z.string(), z.looseObject({ name: z.string(), ...telemetryFacts })),
});
