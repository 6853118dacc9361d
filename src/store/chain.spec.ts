import { describe, expect, it } from '@jest/globals';
import { entryNamed } from '../../test/support/journal-samples.js';
import type { AuditRecord } from '../core/ports/index.js';
import { ChainCheck, noHash, sealed, type Link } from './chain.js';

const start: Link = { seq: 0, hash: noHash };
const entry = entryNamed('First');
const first = sealed(entry, start);
const second = sealed(entryNamed('Second'), first);
const third = sealed(entryNamed('Third'), second);

/** The verdict over records that were given in their order; the last one is where the trail ended. */
function verdict(...records: readonly AuditRecord[]): string {
  const check = new ChainCheck(start, records.at(-1) ?? start);
  for (const record of records) {
    const broken = check.take(record);
    if (broken?.state === 'broken') return broken.reason;
  }
  return check.end().state;
}

describe('the hash of a record', () => {
  it.each<[string, AuditRecord]>([
    ['the one before it', sealed(entry, { ...start, hash: 'f'.repeat(64) })],
    ['its number', sealed(entry, { ...start, seq: 1 })],
    ['its moment', sealed({ ...entry, at: '2026-11-22T13:00:00Z' }, start)],
    ['who did it', sealed({ ...entry, actor: 'somebody else' }, start)],
    ['what happened', sealed({ ...entry, event: 'Other' }, start)],
    ['why', sealed({ ...entry, why: 'for another reason' }, start)],
    ['its body', sealed({ ...entry, body: { other: true } }, start)],
  ])('covers %s', (_, other) => {
    expect(other.hash).not.toBe(first.hash);
  });
});

describe('a trail', () => {
  it('is whole as it was written', () => {
    expect(verdict(first, second, third)).toBe('whole');
  });

  it('is broken where a record that is sound by itself follows another one', () => {
    const strange = sealed(entryNamed('Second'), { ...first, hash: 'f'.repeat(64) });
    expect(verdict(first, strange)).toBe('record 2 does not follow the one before it');
  });

  it('is broken where a record was written anew and the next one tied to it', () => {
    const forged = sealed({ ...entry, actor: 'somebody else' }, start);
    const tied = { ...second, prevHash: forged.hash };
    expect(verdict(forged, tied, third)).toBe('record 2 was altered');
  });
});
