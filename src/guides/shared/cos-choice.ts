/** What the policy may say of the way to COS. */
import { z } from 'zod';

const named = z.string().min(1).optional();
const ends = { metrics: named, logs: named, dashboards: named };
const description =
  'The remote applications in COS to send each signal to; without one, the only one that takes the signal.';

export const collectorChoice = named.meta({
  description: 'The collector to use, by application name; without it, the only one that could be.',
});

/** For charms that send no traces. */
export const cosEnds = z.object(ends).optional().meta({ description });

export const cosEndsWithTraces = z
  .object({ ...ends, traces: named })
  .optional()
  .meta({ description });
