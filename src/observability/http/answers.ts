import { z } from 'zod';
import type { ApiReader, Query } from './api-reader.js';
import { ReadError } from './read-error.js';

/** Labels as Prometheus and Loki write them. */
export const Labels = z.record(z.string(), z.string());
export type Labels = z.output<typeof Labels>;

/** A JSON answer of the shape that is expected. @throws ReadError otherwise, quoting nothing of it. */
export async function jsonAnswer<T extends z.ZodType>(
  reader: ApiReader,
  { path, query = {}, shape }: { readonly path: string; readonly query?: Query; readonly shape: T },
): Promise<z.output<T>> {
  const text = await reader.get(path, query);
  const result = shape.safeParse(parsed(text));
  if (result.success) return result.data;
  throw new ReadError(`${reader.part} answers ${path} in a form that is not known`);
}

/** What Prometheus and Loki wrap their answers in. */
export function successful<T extends z.ZodType>(
  data: T,
): z.ZodObject<{ status: z.ZodLiteral<'success'>; data: T }, z.core.$loose> {
  return z.looseObject({ status: z.literal('success'), data });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
