/** Whether a change has come true: judged by what is observed afterwards, never by an exit code. */
import canonicalize from 'canonicalize';
import type { Finding } from '../core/finding.js';
import type { Judgement } from '../core/judgement.js';
import { isViolation } from '../core/outcome.js';
import type { FindingRef } from '../core/ports/index.js';
import { targetKey } from '../core/target.js';
import type { Work } from './work.js';

/** Not verified so far. */
export type Doubt = Extract<Verdict, { readonly reason: string }>;

export type Verdict =
  | { readonly is: 'verified' }
  /** There is nothing left that the change was made for: no success, and nothing to wait for either. */
  | { readonly is: 'gone' }
  /** The finding still asks for the very same action. */
  | { readonly is: 'undone'; readonly reason: string; readonly message: string }
  | {
      readonly is: 'waiting';
      readonly reason: string;
      readonly message: string;
      /** It was looked and seen to fail, rather than not seen or not at rest yet. */
      readonly failing: boolean;
      /** Waiting longer cannot change it. */
      readonly final?: true;
      /** When (ms) it was last seen to move: its time to show begins anew then. */
      readonly movedAt?: number;
    };

export interface VerifyInput {
  readonly work: Work;
  /** The findings of the place as they are now. */
  readonly findings: readonly Finding[];
  readonly effectOf: (finding: Finding) => Judgement | undefined;
}

/** The verdict over all findings that the step was taken for: the first that is not verified decides. */
export function verify(input: VerifyInput): Verdict {
  const verdicts = input.work.about.map((before) => verifyFinding(before, input));
  const open = verdicts.find((verdict) => verdict.is === 'waiting' || verdict.is === 'undone');
  if (open !== undefined) return open;
  return verdicts.some((verdict) => verdict.is === 'verified') ? { is: 'verified' } : { is: 'gone' };
}

function verifyFinding(before: FindingRef, input: VerifyInput): Verdict {
  const now = lookUp(before, input.findings);
  if (now === 'gone') return { is: 'gone' };
  if (now === 'content') return { is: 'verified' };
  const { outcome, message } = now.judgement;
  if (outcome === 'unknown') return { is: 'waiting', reason: 'NotObserved', message, failing: false };
  if (isViolation(outcome)) return verifyPart(now, input.work);
  return verifyEffect(now, input.effectOf(now));
}

/**
 * The finding as it is now. Where its control speaks no more of a user, a unit or an offer, it is content with him,
 * unless it says that it could not look: then that is the answer. Gone: the control is not asked there any more.
 */
function lookUp(before: FindingRef, findings: readonly Finding[]): Finding | 'content' | 'gone' {
  const group = findings.filter((finding) => isSibling(finding, before));
  const wanted = targetKey(before.target);
  const same = group.find((finding) => targetKey(finding.target) === wanted);
  if (same !== undefined) return same;
  const blind = group.find(
    ({ judgement }) => judgement.outcome === 'unknown' && judgement.subject === undefined,
  );
  return blind ?? (group.length > 0 ? 'content' : 'gone');
}

/**
 * Whether some finding that the step was taken for cannot be seen at present: then nothing is known of it. What was
 * read, and settles nothing, is seen.
 */
export function isHidden({ about }: Work, findings: readonly Finding[]): boolean {
  return about.some((before) => {
    const now = lookUp(before, findings);
    return typeof now === 'object' && now.judgement.outcome === 'unknown' && isUnread(now.judgement.reason);
  });
}

/** The reasons of controls that could not read what they judge, or failed. */
function isUnread(reason: string): boolean {
  return reason === 'NotObserved' || reason === 'PermissionMissing' || reason === 'ControlFailed';
}

/** A finding that takes several steps: this one is done when it is no longer asked for and others are. */
function verifyPart(now: Finding, { action }: Work): Verdict {
  const wanted = canonicalize(action.args);
  const again = now.remedies.some((remedy) => canonicalize(remedy.action) === wanted);
  const { message } = now.judgement;
  if (again) return { is: 'undone', reason: 'StillViolated', message };
  if (now.remedies.length > 0) return { is: 'verified' };
  return { is: 'waiting', reason: 'StillViolated', message, failing: true };
}

function verifyEffect(finding: Finding, effect: Judgement | undefined): Verdict {
  if (effect === undefined || effect.outcome === 'pass' || effect.outcome === 'not-applicable')
    return { is: 'verified' };
  const reason = effect.outcome === 'unknown' ? 'EffectNotSeen' : effect.reason;
  return {
    is: 'waiting',
    reason,
    failing: effect.outcome !== 'unknown',
    message: `${finding.control.id} holds, but its effect does not yet: ${effect.message}`,
  };
}

/** Of the same control at the same place, whatever on it they are about. */
function isSibling(a: Finding, b: FindingRef): boolean {
  return (
    a.control.id === b.control &&
    a.guide.id === b.guide &&
    a.target.controller === b.target.controller &&
    a.target.model === b.target.model &&
    a.target.application === b.target.application
  );
}
