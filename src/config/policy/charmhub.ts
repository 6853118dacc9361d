import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { charmhubDefaults, type CharmhubPolicy } from '../../core/policy/charmhub.js';
import { duration } from './parts.js';

/** Seconds: Charmhub is everybody's. */
const least = 3600;

/** The key `charmhub`. */
export const CharmhubKeys = z
  .strictObject({
    mode: z.enum(['live', 'offline']).exactOptional().meta({
      description:
        'live: Charmhub is asked about the charms that are deployed, through juju info; offline: only the knowledge data tell what its channels hold. live unless given.',
    }),
    every: duration
      .refine((text) => isAtLeast(text, least), { error: 'may not be shorter than 1h' })
      .exactOptional()
      .meta({ description: 'For how long an answer about a charm is kept; 1d unless given.' }),
    atOnce: z.int().min(1).max(8).exactOptional().meta({
      description: 'How many charms are asked about at once; 2 unless given.',
    }),
  })
  .meta({
    description:
      'Whether Charmhub may be asked which revisions its channels hold and who publishes a charm; it is not where this is left out.',
  });

export function charmhubFrom({ every, ...keys }: z.output<typeof CharmhubKeys>): CharmhubPolicy {
  return { ...charmhubDefaults, ...keys, ...(every === undefined ? {} : { every: seconds(every) }) };
}

/** What is no duration at all is said elsewhere. */
function isAtLeast(given: string, bound: number): boolean {
  try {
    return seconds(given) >= bound;
  } catch {
    return true;
  }
}
