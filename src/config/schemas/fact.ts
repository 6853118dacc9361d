import { z } from 'zod';
import { Time } from './common.js';

/** A value with where and when it was read, or the reason why it could not be. Other keys are let through. */
export function fact(value: z.ZodType): z.ZodExactOptional {
  return z
    .looseObject({
      value: value.exactOptional(),
      unknown: z.looseObject({ reason: z.string(), permission: z.string().exactOptional() }).exactOptional(),
      source: z.looseObject({ road: z.string(), call: z.string() }),
      at: Time,
    })
    .refine(
      (read) => 'value' in read !== 'unknown' in read,
      'is no fact: it has either a value or an unknown',
    )
    .exactOptional();
}
