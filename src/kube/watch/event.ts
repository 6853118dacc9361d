import { apiError, type ApiError } from '../access/api-error.js';
import { branch, isRaw, number, text, type Raw } from '../raw.js';

/** One line of a watch. */
export type WatchEvent =
  | { readonly type: 'put' | 'delete'; readonly object: Raw; readonly version: string }
  /** Nothing changed up to this version. */
  | { readonly type: 'bookmark'; readonly version: string }
  | { readonly type: 'error'; readonly error: ApiError };

const types: Readonly<Record<string, 'put' | 'delete' | 'bookmark' | 'error'>> = {
  // Which of the two it is follows from what is held: a watch that resumes may tell of either.
  ADDED: 'put',
  MODIFIED: 'put',
  DELETED: 'delete',
  BOOKMARK: 'bookmark',
  ERROR: 'error',
};

/**
 * Reads a line of a watch.
 * @throws Error for what is no event: what it said is lost, so the stream must not be followed past it.
 */
export function eventOf(line: string): WatchEvent {
  const raw = parsed(line);
  const type = types[text(raw, 'type') ?? ''];
  const object = branch(raw, 'object');
  if (type === undefined) throw new Error('an event of an unknown type');
  if (type === 'error') return { type, error: apiError(number(object, 'code') ?? 500, object) };
  const metadata = branch(object, 'metadata');
  const version = text(metadata, 'resourceVersion');
  if (version === undefined || version === '') throw new Error('an event without a version');
  if (type === 'bookmark') return { type, version };
  if (text(metadata, 'name') === undefined) throw new Error('an event about an object without a name');
  return { type, object, version };
}

function parsed(line: string): Raw {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error('an event that is no JSON');
  }
  if (!isRaw(value)) throw new Error('an event that is no object');
  return value;
}
