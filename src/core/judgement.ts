import type { Fact, Instant, Source, Unknown } from './fact.js';
import type { FixableBy, Outcome } from './outcome.js';

/** What was seen, where and when, against what was wanted. Secrets are redacted before they come here. */
export interface Evidence {
  /** Road and call, as in `api: Client.FullStatus v8`. */
  readonly source: string;
  readonly observedAt: Instant;
  readonly seen: string;
  readonly wanted: string;
  readonly unit?: string;
}

/** A control's answer for one target, before waivers. */
export interface Judgement {
  readonly outcome: Outcome;
  /** CamelCase, stable, names the violation: `ClientTlsDisabled`. */
  readonly reason: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** Where it differs from the control's own. */
  readonly fixableBy?: FixableBy;
  readonly upstream?: string;
  /**
   * What exactly was judged, where it can be replaced by another, such as a revision of a charm. What was wrong with one
   * is over with another, even where whether all is well with that does not show.
   */
  readonly of?: string;
  /** Names a user, offer or unit where the control judges more than one thing on its target. */
  readonly subject?: { readonly kind: 'unit' | 'user' | 'offer' | 'machine'; readonly name: string };
}

/** The same string for the same source: evidence outlives judging, and thousands of findings name the same call. */
export function sourceText(source: Source): string {
  if (source === last.source) return last.text;
  let text = sourceTexts.get(source);
  if (text === undefined) sourceTexts.set(source, (text = `${source.road}: ${source.call}`));
  last = { source, text };
  return text;
}

const sourceTexts = new WeakMap<Source, string>();
/** The facts of a model are judged one after another. */
let last: { readonly source: Source | undefined; readonly text: string } = { source: undefined, text: '' };

/** Evidence from a fact: where and when it was read, with what was seen in it and what was wanted. */
export function evidenceOf(fact: Fact<unknown>, seen: string, wanted: string, unit?: string): Evidence {
  const source = sourceText(fact.source);
  if (unit === undefined) return { source, observedAt: fact.at, seen, wanted };
  return { source, observedAt: fact.at, seen, wanted, unit };
}

export function pass(message: string, ...evidence: Evidence[]): Judgement {
  return { outcome: 'pass', reason: 'AsRequired', message, evidence };
}

export function fail(reason: string, message: string, ...evidence: Evidence[]): Judgement {
  return { outcome: 'fail', reason, message, evidence };
}

export function inconsistent(reason: string, message: string, ...evidence: Evidence[]): Judgement {
  return { outcome: 'inconsistent', reason, message, evidence };
}

/** A person has to look, or to attest. */
export function manual(reason: string, message: string, ...evidence: Evidence[]): Judgement {
  return { outcome: 'manual', reason, message, evidence };
}

export function notApplicable(reason: string, message: string): Judgement {
  return { outcome: 'not-applicable', reason, message, evidence: [] };
}

/** The fact a control needs was not read: says why, and which permission would change that. */
export function notSeen(fact: Unknown, wanted: string): Judgement {
  const { reason, permission } = fact.unknown;
  const cure = permission === undefined ? '' : `; needs ${permission}`;
  return {
    outcome: 'unknown',
    reason: permission === undefined ? 'NotObserved' : 'PermissionMissing',
    message: `${reason}${cure}`,
    evidence: [evidenceOf(fact, 'not read', wanted)],
  };
}

/** Unknown for another reason than an unread fact: what was read does not settle it. */
export function unsettled(reason: string, message: string, ...evidence: Evidence[]): Judgement {
  return { outcome: 'unknown', reason, message, evidence };
}
