import type { z } from 'zod';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What has a format needs no pattern of hundreds of characters that says the same. */
export function withoutTimePattern({ jsonSchema: part }: { jsonSchema: JsonSchema }): void {
  if (part.format !== undefined) delete part.pattern;
}
