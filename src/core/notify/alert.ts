/** What people are told of: one thing each that stands open until it is over. */
import { hash } from 'node:crypto';
import type { Instant } from '../fact.js';
import type { FixableBy, Severity } from '../outcome.js';
import type { Target } from '../target.js';

/**
 * finding: falls short of a guide; unknown: cannot be judged; contested: somebody changes it back again and again;
 * quarantine: left alone until a person clears it; approval: waits for a person's word; review: a change that a person has
 * to look at; journal: what is done cannot be written down; blind: a controller is not seen; delivery: a target of
 * notifications cannot be reached.
 */
export const abouts = [
  'finding',
  'unknown',
  'contested',
  'quarantine',
  'approval',
  'review',
  'journal',
  'blind',
  'delivery',
] as const;
export type About = (typeof abouts)[number];

/** The label `alertname`, by what it is about. */
export const alertNames: Readonly<Record<About, string>> = {
  finding: 'HoldfastFinding',
  unknown: 'HoldfastUnknown',
  contested: 'HoldfastDriftContested',
  quarantine: 'HoldfastQuarantined',
  approval: 'HoldfastApprovalWaiting',
  review: 'HoldfastNeedsReview',
  journal: 'HoldfastJournalTrouble',
  blind: 'HoldfastBlind',
  delivery: 'HoldfastNotificationsFailing',
};

export interface Alert {
  /** The same for the same thing over restarts and units: of a finding the finding's id. */
  readonly id: string;
  readonly about: About;
  readonly severity: Severity;
  readonly title: string;
  /** CamelCase. */
  readonly reason: string;
  readonly message: string;
  /** Since when it is known to be so. */
  readonly since: Instant;
  /** What it is about; of the daemon itself it names nothing but, perhaps, a controller. */
  readonly target: Target;
  readonly control?: string;
  readonly guide?: string;
  readonly fixableBy?: FixableBy;
  /** What is known of who did it. */
  readonly who?: string;
  /** The unit of Holdfast that it is about, where several share the estate: others tell their own. */
  readonly unit?: string;
}

/** Why it is told of no longer; unsettled: what is read by now does not show whether it is still so. */
export type Ending = 'passing' | 'waived' | 'gone' | 'unsettled';

export interface EndedAlert extends Alert {
  readonly ending: Ending;
}

/** The id of what is no finding: of its kind and of whatever tells it from others of the kind. */
export function alertId(about: About, ...parts: readonly (string | undefined)[]): string {
  return hash('sha256', JSON.stringify([about, ...parts.map((part) => part ?? '')]));
}

/** Gravest first; then the same order every time. */
export function byGravity(a: Alert, b: Alert): number {
  return rank[a.severity] - rank[b.severity] || compare(a.title, b.title) || compare(a.id, b.id);
}

const rank: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

export function isAtLeast(severity: Severity, least: Severity): boolean {
  return rank[severity] <= rank[least];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
