/** PostgreSQL's errors in words. */
import { DatabaseError } from 'pg';
import type { Trouble, Words } from '../sql/engine.js';
import { ConnectionLost } from './connection.js';

/**
 * By SQLSTATE, or by its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
 * What stands here is no trouble of one write, such as a broken constraint, but of the journal.
 */
const lost: Readonly<Record<string, string>> = {
  '08': 'does not answer',
  '25006': 'cannot be written: it is a standby, or read-only',
  '25P03': 'ended a transaction that stood still',
  '28': 'refuses our name or password',
  '3D': 'is not there',
  '3F': 'has no schema that we may use',
  '40': 'let others go first',
  '42501': 'does not let us do this',
  '53': 'has not enough of something',
  '55P03': 'is locked by somebody else',
  '57': 'ends its sessions, or gave up an answer that took too long',
  '58': 'has trouble with its disk',
};

/** Tables, columns or pages that are not as they were left. */
const damaged: ReadonlySet<string> = new Set(['42P01', '42703', '42883', '58P01', 'XX001', 'XX002']);

/** Undefined for what is no trouble of the journal. */
export function troubleOf(error: unknown, { place }: Words): Trouble | undefined {
  if (error instanceof ConnectionLost)
    return { state: 'lost', reason: `${place} cannot be reached: ${error.message}` };
  if (!(error instanceof DatabaseError)) return undefined;
  const { code = '', message } = error;
  if (code === '53100') return { state: 'full', reason: `the disk of ${place} is full: make room` };
  if (damaged.has(code)) return { state: 'corrupt', reason: damage(place, message) };
  const what = lost[code] ?? lost[code.slice(0, 2)];
  return what === undefined ? undefined : { state: 'lost', reason: `${place} ${what}: ${message}` };
}

function damage(place: string, message: string): string {
  return (
    `the journal in ${place} is damaged (${message}) and was left as it is. ` +
    'Stop holdfast, and put a backup in its place or an empty database. ' +
    'A new journal knows no approvals, quarantines, pauses and changes under way'
  );
}
