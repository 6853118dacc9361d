import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { workloadDefaults, type WorkloadRule } from '../../core/policy/workload.js';
import { duration, Match } from './parts.js';

/** Seconds: looking more often would fill Juju's list of operations. */
const least = 60;

/** One entry of `workload`. */
export const WorkloadEntry = z.strictObject({
  match: Match.pick({ controller: true, model: true, application: true }),
  enabled: z.boolean().exactOptional().meta({
    description: 'False takes out again what an earlier entry named.',
  }),
  every: duration
    .refine((text) => isAtLeast(text, least), { error: `may not be shorter than ${least}s` })
    .exactOptional()
    .meta({ description: 'How long a unit is left alone after a look into it; 15m unless given.' }),
  atOnce: z.int().min(1).max(16).exactOptional().meta({
    description: 'How many calls may be under way at once in one model; 2 unless given.',
  }),
  perMinute: z.int().min(1).max(600).exactOptional().meta({
    description: 'How many calls may be begun in a minute in one model; 30 unless given.',
  }),
});

export function workloadFrom(entries: readonly z.output<typeof WorkloadEntry>[]): readonly WorkloadRule[] {
  return entries.map(({ every, ...entry }) => ({
    ...workloadDefaults,
    ...entry,
    ...(every === undefined ? {} : { every: seconds(every) }),
  }));
}

/** What is no duration at all is said elsewhere. */
function isAtLeast(given: string, bound: number): boolean {
  try {
    return seconds(given) >= bound;
  } catch {
    return true;
  }
}
