import { unknown, type Reading, type Unknown } from '../../core/fact.js';
import type { Instant } from '../../core/fact.js';
import { isAbsent, JujuApiError, troubleOf } from '../api/api-error.js';
import { plainText } from '../api/plain-text.js';
import { branch, isBranch, text, type Branch } from '../status/json.js';
import { instantOf } from '../status/time.js';

/** What we would have to be allowed for a call to be answered (Juju's own checks on the server). */
export type Permission = 'controller login' | 'controller superuser' | 'model read' | 'model admin';

/** The fact that a refused or impossible call leaves: unknown, and what would change it. */
export function refused(reading: Reading, error: unknown, permission: Permission): Unknown {
  if (isAbsent(error)) return unknown(reading, `this controller does not offer ${reading.source.call}`);
  if (troubleOf(error) === 'denied') return unknown(reading, `permission denied`, permission);
  return unknown(reading, error instanceof Error ? error.message : 'unknown trouble');
}

/** One result of a call that answers for several things at once. */
export type Entry = { readonly result: Branch } | { readonly error: JujuApiError };

/** The entries of a bulk answer, in the order of the question. */
export function entriesOf(reading: Reading, answer: unknown): readonly Entry[] {
  const { results } = branch(answer);
  if (!Array.isArray(results)) return [];
  return (results as unknown[]).map((item) => entryOf(reading, branch(item)));
}

function entryOf(reading: Reading, item: Branch): Entry {
  const error = errorFrom(reading.source.call, item['error']);
  if (error !== undefined) return { error };
  return { result: isBranch(item['result']) ? item['result'] : item };
}

/** The error that an answer carries inside, or undefined. */
export function errorFrom(call: string, error: unknown): JujuApiError | undefined {
  if (!isBranch(error)) return undefined;
  const message = plainText(error['message']) || 'no reason given';
  return new JujuApiError({ call, message, code: text(error['code']) });
}

/** A moment in an answer, to the second; Go's zero time and whatever is no time are undefined. */
export function timeIn(value: unknown): Instant | undefined {
  const printed = text(value);
  return printed === '' || printed.startsWith('0001-') ? undefined : instantOf(printed);
}

/** The part of a tag such as `user-bob` behind its kind. */
export function afterTag(tag: unknown, kind: string): string {
  const full = text(tag);
  return full.startsWith(`${kind}-`) ? full.slice(kind.length + 1) : '';
}
