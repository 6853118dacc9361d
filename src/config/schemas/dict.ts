import { z } from 'zod';
import { type Dict, dictOf } from '../../core/dict.js';

/** A record with names from outside as keys; comes out without a prototype. */
export function dict<S extends z.ZodType>(
  value: S,
): z.ZodPipe<z.ZodRecord<z.ZodString, S>, z.ZodTransform<Dict<z.output<S>>>> {
  return z.record(z.string(), value).transform((record) => dictOf(Object.entries(record)));
}
