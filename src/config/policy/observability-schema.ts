import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { stackParts } from '../../core/observability/stack.js';
import { access, name, url } from './notify-schema.js';
import { duration, Match } from './parts.js';

/** Seconds. Faster readings would be a load on what others need; slower ones would never be believed. */
const bounds = { interval: [15, 3600], maxAge: [120, 86_400] } as const;

const server = {
  url: url.meta({
    description:
      'Without the path of the API, with the prefix that an ingress adds: https://cos.example/cos-prometheus-0.',
  }),
  ...access,
};

const tenant = z
  .string()
  .regex(/^[A-Za-z\d][\w.|-]{0,149}$/, 'write letters, digits, dots, hyphens, underscores')
  .exactOptional()
  .meta({
    description: 'Whose data, on a server that keeps tenants apart (X-Scope-OrgID); none unless given.',
  });

/** One entry of `observability`. */
export const Stack = z
  .strictObject({
    name: name.meta({ description: 'How reports, metrics and logs call the stack.' }),
    match: Match.pick({ controller: true, model: true, application: true }).exactOptional().meta({
      description: 'Controllers, models and applications that it watches; all where it is left out.',
    }),
    prometheus: z.strictObject({ ...server, tenant }).exactOptional(),
    loki: z.strictObject({ ...server, tenant }).exactOptional(),
    alertmanager: z.strictObject(server).exactOptional(),
    interval: between('interval').exactOptional().meta({
      description: 'Between two readings; 2m unless given.',
    }),
    maxAge: between('maxAge').exactOptional().meta({
      description: 'Time without an answer after which what was said is not believed; 10m unless given.',
    }),
  })
  .refine((stack) => stackParts.some((part) => stack[part] !== undefined), {
    error: `names no server: give at least one of ${stackParts.join(', ')}`,
  })
  .refine(({ interval, maxAge }) => isBelow(interval ?? '2m', maxAge ?? '10m'), {
    path: ['maxAge'],
    error: 'should be longer than interval, or nothing would be believed for long',
  });

export type StackEntry = z.output<typeof Stack>;

function between(key: keyof typeof bounds): typeof duration {
  const [least, most] = bounds[key];
  const error = `should be from ${least}s to ${most}s`;
  return duration.refine((given) => holds(given, (length) => length >= least && length <= most), { error });
}

function isBelow(one: string, other: string): boolean {
  return holds(one, (length) => holds(other, (limit) => length < limit));
}

/** What is no duration at all is said elsewhere. */
function holds(given: string, test: (length: number) => boolean): boolean {
  try {
    return test(seconds(given));
  } catch {
    return true;
  }
}
