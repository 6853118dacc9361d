/**
 * A fact is a value together with where and when it was read, or the honest statement that it could not be read.
 * Nothing in Holdfast defaults a fact that a control judges: unknown is an outcome, never a pass.
 */

/** A moment in UTC, RFC 3339 with `Z`, as in `2026-11-22T03:26:48Z`. */
export type Instant = string;

/** The ways by which facts come in. */
export type Road =
  | 'api'
  | 'cli'
  | 'status-file'
  | 'bundle'
  | 'terraform'
  | 'snapshot'
  | 'recording'
  | 'probe'
  | 'policy'
  | 'journal'
  | 'audit-log'
  | 'workload'
  | 'kubernetes'
  | 'observability'
  | 'charmhub';

/** Where a fact was read: the road, and the call, file or query on it. */
export interface Source {
  readonly road: Road;
  readonly call: string;
}

/** Why a fact could not be read, and the permission or setting that would change it. */
export interface Gap {
  readonly reason: string;
  readonly permission?: string;
}

export interface Known<T> {
  readonly value: T;
  readonly source: Source;
  /** Since when the value has been seen like this. A fact that did not change keeps its identity and its time. */
  readonly at: Instant;
}

export interface Unknown {
  readonly unknown: Gap;
  readonly source: Source;
  readonly at: Instant;
}

export type Fact<T> = Known<T> | Unknown;

/** What all facts of one reading share. */
export interface Reading {
  readonly source: Source;
  readonly at: Instant;
}

export function known<T>(reading: Reading, value: T): Known<T> {
  return { value, source: reading.source, at: reading.at };
}

export function unknown(reading: Reading, reason: string, permission?: string): Unknown {
  const gap = permission === undefined ? { reason } : { reason, permission };
  return { unknown: gap, source: reading.source, at: reading.at };
}

export function isKnown<T>(fact: Fact<T>): fact is Known<T> {
  return 'value' in fact;
}

/** The value, or undefined when the fact is unknown: for uses that do not judge (labels, messages). */
export function valueOf<T>(fact: Fact<T>): T | undefined {
  return isKnown(fact) ? fact.value : undefined;
}

/** A fact derived from another by a pure function; a gap stays the same gap. */
export function mapFact<T, U>(fact: Fact<T>, f: (value: T) => U): Fact<U> {
  return isKnown(fact) ? { value: f(fact.value), source: fact.source, at: fact.at } : fact;
}
