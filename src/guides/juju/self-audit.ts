import { isKnown, type Fact, type Unknown } from '../../core/fact.js';
import type { Evidence } from '../../core/judgement.js';

/** The reasons for which Holdfast itself fails. */
export const excessReasons = {
  MoreThanNeeded: 'One of our identities holds a higher level than its role needs.',
  OwnCharmTooOpen: 'Our own charm is trusted, exposed, or comes from a channel that is not stable.',
  OwnRightsOnCluster:
    'The service account of our own pods may read Secrets, change workloads or rights, or do everything.',
  OwnPodsTooMighty: 'Our own pods run as root, privileged, or from an image that no digest pins.',
  OwnFilesOpen: 'Others on the machine may write our policy, or read what we keep secret.',
  OwnPageInTheClear: 'Our page is served beyond this machine without TLS.',
} as const;

export interface Excess {
  readonly reason: keyof typeof excessReasons;
  /** What was found, as a part of a sentence. */
  readonly message: string;
}

/** One part of us, looked at as anything else would be. */
export interface Audited {
  readonly excesses: readonly Excess[];
  readonly evidence: readonly Evidence[];
  /** What was not read, and could show an excess. */
  readonly gaps: readonly Unknown[];
}

export const nothingAudited: Audited = { excesses: [], evidence: [], gaps: [] };

/** Those of the facts that were not read. */
export function gapsIn(facts: readonly Fact<unknown>[]): readonly Unknown[] {
  return facts.flatMap((fact) => (isKnown(fact) ? [] : [fact]));
}

export function together(parts: readonly Audited[]): Audited {
  return {
    excesses: parts.flatMap(({ excesses }) => excesses),
    evidence: parts.flatMap(({ evidence }) => evidence),
    gaps: parts.flatMap(({ gaps }) => gaps),
  };
}
