import { z } from 'zod';

/** The keys that a schema knows at a path; none when the path leads nowhere or to something without fixed keys. */
export function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current = unwrapped(schema);
  for (const key of path) {
    const next = stepInto(current, key);
    if (next === undefined) return [];
    current = unwrapped(next);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function stepInto(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.ZodType>)[key];
  return undefined;
}

/** The schema below `optional`, `exactOptional`, `default` and `nullable`. */
function unwrapped(schema: z.ZodType): z.ZodType {
  let current = schema;
  while ('unwrap' in current && typeof current.unwrap === 'function' && !(current instanceof z.ZodArray)) {
    current = (current.unwrap as () => z.ZodType)();
  }
  return current;
}
