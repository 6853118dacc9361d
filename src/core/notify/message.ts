/** What is sent at once to one target. */
import type { Instant } from '../fact.js';
import { severities, type Severity } from '../outcome.js';
import type { Alert, EndedAlert } from './alert.js';
import type { Digest } from './digest.js';

/**
 * begin: what stands open when a target is told for the first time; changes: what opened and what is over; summary: too
 * many changes for one message each; digest: at a set time; test: a person asked for it.
 */
export type MessageSort = 'begin' | 'changes' | 'summary' | 'digest' | 'test';

export interface Message {
  /** Its idempotency key: sent twice, it is the same message. */
  readonly id: string;
  readonly sort: MessageSort;
  readonly at: Instant;
  /** What opened: gravest first, no more than `listed`. */
  readonly firing: readonly Alert[];
  /** What is over: no more than `listed`. */
  readonly resolved: readonly EndedAlert[];
  readonly counts: Counts;
  readonly digest?: Digest;
  /** Which unit of several tells it. */
  readonly unit?: string;
}

/** Of all, also of what is not listed. */
export interface Counts {
  readonly firing: number;
  readonly resolved: number;
  /** Of what opened. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

/** Alerts that a message names one by one at most. */
export const listed = 100;

/** A message in the journal until it is delivered. */
export interface OutboxMessage {
  readonly target: string;
  /** The unit that is to send it; empty where there is one only. */
  readonly unit: string;
  readonly message: Message;
}

/** What a target was told and not yet taken back: kept over restarts. */
export interface Told {
  readonly target: string;
  readonly id: string;
  readonly at: Instant;
  /** Absent for what is kept under a name that is no alert's. */
  readonly alert?: Alert;
}

export function countsOf(firing: readonly Alert[], resolved: readonly EndedAlert[]): Counts {
  const bySeverity = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<
    Severity,
    number
  >;
  for (const { severity } of firing) bySeverity[severity] += 1;
  return { firing: firing.length, resolved: resolved.length, bySeverity };
}
