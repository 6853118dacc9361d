/** Whether a change has come true: judged by what is observed afterwards, never by an exit code. */
import canonicalize from 'canonicalize';
import type { Finding } from '../core/finding.js';
import type { Judgement } from '../core/judgement.js';
import { isViolation } from '../core/outcome.js';
import type { ProposedStep } from '../core/plan.js';
import { targetKey } from '../core/target.js';

/** Not verified so far. */
export type Doubt = Extract<Verdict, { readonly reason: string }>;

export type Verdict =
  | { readonly is: 'verified' }
  /** There is nothing left that the change was made for: no success, and nothing to wait for either. */
  | { readonly is: 'gone' }
  /** The finding still asks for the very same action. */
  | { readonly is: 'undone'; readonly reason: string; readonly message: string }
  | { readonly is: 'waiting'; readonly reason: string; readonly message: string };

export interface VerifyInput {
  readonly step: ProposedStep;
  /** The findings of the place as they are now. */
  readonly findings: readonly Finding[];
  readonly effectOf: (finding: Finding) => Judgement | undefined;
}

/** The verdict over all findings that the step was taken for: the first that is not verified decides. */
export function verify(input: VerifyInput): Verdict {
  const verdicts = input.step.findings.map((before) => verifyFinding(before, input));
  const open = verdicts.find((verdict) => verdict.is === 'waiting' || verdict.is === 'undone');
  if (open !== undefined) return open;
  return verdicts.some((verdict) => verdict.is === 'verified') ? { is: 'verified' } : { is: 'gone' };
}

function verifyFinding(before: Finding, input: VerifyInput): Verdict {
  const now = lookUp(before, input.findings);
  if (now === 'gone') return { is: 'gone' };
  if (now === 'content') return { is: 'verified' };
  const { outcome, message } = now.judgement;
  if (outcome === 'unknown') return { is: 'waiting', reason: 'NotObserved', message };
  if (isViolation(outcome)) return verifyPart(now, input.step);
  return verifyEffect(now, input.effectOf(now));
}

/**
 * The finding as it is now. Where its control speaks no more of a user, a unit or an offer, it is content with him,
 * unless it says that it could not look: then that is the answer. Gone: the control is not asked there any more.
 */
function lookUp(before: Finding, findings: readonly Finding[]): Finding | 'content' | 'gone' {
  const group = findings.filter((finding) => isSibling(finding, before));
  const wanted = targetKey(before.target);
  const same = group.find((finding) => targetKey(finding.target) === wanted);
  if (same !== undefined) return same;
  const blind = group.find(
    ({ judgement }) => judgement.outcome === 'unknown' && judgement.subject === undefined,
  );
  return blind ?? (group.length > 0 ? 'content' : 'gone');
}

/** Whether some finding that the step was taken for cannot be seen at present: then nothing is known of it. */
export function isHidden(step: ProposedStep, findings: readonly Finding[]): boolean {
  return step.findings.some((before) => {
    const now = lookUp(before, findings);
    return typeof now === 'object' && now.judgement.outcome === 'unknown';
  });
}

/** A finding that takes several steps: this one is done when it is no longer asked for and others are. */
function verifyPart(now: Finding, step: ProposedStep): Verdict {
  const wanted = canonicalize(step.action.args);
  const again = now.remedies.some((remedy) => canonicalize(remedy.action) === wanted);
  const { message } = now.judgement;
  if (again) return { is: 'undone', reason: 'StillViolated', message };
  return now.remedies.length > 0 ? { is: 'verified' } : { is: 'waiting', reason: 'StillViolated', message };
}

function verifyEffect(finding: Finding, effect: Judgement | undefined): Verdict {
  if (effect === undefined || effect.outcome === 'pass' || effect.outcome === 'not-applicable')
    return { is: 'verified' };
  const reason = effect.outcome === 'unknown' ? 'EffectNotSeen' : effect.reason;
  return {
    is: 'waiting',
    reason,
    message: `${finding.control.id} holds, but its effect does not yet: ${effect.message}`,
  };
}

/** Of the same control at the same place, whatever on it they are about. */
function isSibling(a: Finding, b: Finding): boolean {
  return (
    a.control.id === b.control.id &&
    a.guide.id === b.guide.id &&
    a.target.controller === b.target.controller &&
    a.target.model === b.target.model &&
    a.target.application === b.target.application
  );
}
