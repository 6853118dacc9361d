import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { parseCidr } from './cidr.js';

/** A duration such as `90d`, with its default; the control sees seconds. */
export function duration(otherwise: string): z.ZodType<number, string | undefined> {
  return z
    .string()
    .default(otherwise)
    .transform((text, context) => {
      try {
        return seconds(text);
      } catch (error) {
        context.addIssue({
          code: 'custom',
          message: error instanceof Error ? error.message : 'is no duration',
        });
        return z.NEVER;
      }
    });
}

/** Names of users, charms, keys and the like. */
export function names(
  ...otherwise: readonly string[]
): z.ZodType<readonly string[], readonly string[] | undefined> {
  return z.array(z.string().min(1)).default([...otherwise]);
}

/** Address blocks such as `10.0.0.0/8`. */
export const cidr = z.string().refine((text) => text.includes('/') && parseCidr(text) !== undefined, {
  error: 'must be an address block such as 10.0.0.0/8 or fd00::/8',
});

/** Single addresses, or blocks of them. */
export const address = z.string().refine((text) => parseCidr(text) !== undefined, {
  error: 'must be an address such as 10.0.0.5, or a block such as 10.0.0.0/8',
});
