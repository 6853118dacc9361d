/** The hash chain of the audit trail: how a record is made, and how a trail is held against its hashes. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditEntry, AuditRecord, ChainVerdict } from '../core/ports/index.js';

/** The hash before the first record. */
export const noHash = '0'.repeat(64);

/** The place of a record: the last one there is, or the last one that retention removed. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

/** Makes the record that follows a link. */
export function sealed(entry: AuditEntry, before: Link): AuditRecord {
  const { at, actor, event, why, body } = storable(entry);
  const covered = { seq: before.seq + 1, at, actor, event, why, body, prevHash: before.hash };
  return { kind: 'AuditRecord', version: 'v1', ...covered, hash: hashOf(covered) };
}

/** The body as it is written: canonical JSON, so that one changed byte of it shows. */
export function bodyText(body: AuditEntry['body']): string {
  return canonicalize(body) ?? '{}';
}

/** Holds records, given in their order, against the chain between two links. */
export class ChainCheck {
  private readonly base: Link;
  private readonly head: Link;
  private last: Link;

  constructor(base: Link, head: Link) {
    this.base = base;
    this.head = head;
    this.last = base;
  }

  /** Takes the next record. @returns what is broken, if anything is. */
  take(record: AuditRecord): ChainVerdict | undefined {
    const expected = this.last.seq + 1;
    if (record.seq !== expected) return broken(expected, 'is missing');
    if (record.prevHash !== this.last.hash) return broken(expected, 'does not follow the one before it');
    if (hashOf(record) !== record.hash) return broken(expected, 'was altered');
    this.last = record;
    return undefined;
  }

  /** The verdict once every record was taken. */
  end(): ChainVerdict {
    const { base, head, last } = this;
    if (last.seq < head.seq) return broken(last.seq + 1, 'is missing');
    if (last.hash !== head.hash) return broken(last.seq, 'is not the one that was written last');
    return { state: 'whole', first: base.seq + 1, last: last.seq, hash: last.hash };
  }
}

export function broken(seq: number, what: string): ChainVerdict {
  return { state: 'broken', seq, reason: `record ${seq} ${what}` };
}

/** sha256 (hex) over the canonical JSON (RFC 8785) of what a record says, its number and the hash before it. */
function hashOf({
  seq,
  at,
  actor,
  event,
  why,
  body,
  prevHash,
}: Omit<AuditRecord, 'hash' | 'kind' | 'version'>) {
  const text = canonicalize({ seq, at, actor, event, why, body, prevHash }) ?? '';
  return createHash('sha256').update(text).digest('hex');
}

/** The entry as every database can keep it: plain JSON, well-formed Unicode, no NUL in it. */
function storable({ at, actor, event, why, body }: AuditEntry): AuditEntry {
  const plain = JSON.parse(JSON.stringify(body), (_key, value: unknown) =>
    typeof value === 'string' ? storableText(value) : wellNamed(value),
  ) as AuditEntry['body'];
  return {
    at: storableText(at),
    actor: storableText(actor),
    event: storableText(event),
    why: storableText(why),
    body: plain,
  };
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

function wellNamed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (Object.keys(value).every((key) => key.isWellFormed())) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toWellFormed(), one]));
}
