import { sourceText, type Judgement } from '../judgement.js';
import type { JudgedTime } from '../time.js';
import type { Attestation, Policy } from './policy.js';
import { scopeMatcher, type Scope } from './resolve.js';

type Attester = (judgement: Judgement, scope: Scope, time: JudgedTime) => Judgement;

/**
 * Lets attestations stand in for evidence: where a control needs a person (`manual`), a current statement makes it
 * pass, with the statement as evidence. Every other outcome stays: nobody can attest away what was seen.
 */
export function attester(policy: Policy): Attester | undefined {
  if (policy.attestations.length === 0) return undefined;
  const find = attestationFinder(policy);
  return (judgement, scope, time) => {
    if (judgement.outcome !== 'manual') return judgement;
    const about = find(scope);
    const current = about.find((attestation) => isCurrent(attestation, time));
    return current === undefined ? stillManual(judgement, about[0]) : attested(judgement, current);
  };
}

/** Finds the attestations that are about a control on a target, in the policy's order. */
export function attestationFinder(policy: Policy): (scope: Scope) => readonly Attestation[] {
  const attestations = policy.attestations.map((attestation) => ({
    attestation,
    matches: scopeMatcher(attestation.match),
  }));
  return (scope) => attestations.filter(({ matches }) => matches(scope)).map((found) => found.attestation);
}

/** The source of evidence that an attestation gives. */
export function attestationSource({ id }: Attestation): string {
  return sourceText({ road: 'policy', call: `attestation ${id}` });
}

/** Whether it counts at that moment. */
export function isCurrent({ attested, expires }: Attestation, time: JudgedTime): boolean {
  return time.isPast(attested) && !time.isPast(expires);
}

/** The judgement with a statement in the place of what was not seen. */
export function attested(judgement: Judgement, attestation: Attestation): Judgement {
  const { owner, statement, expires } = attestation;
  return {
    ...judgement,
    outcome: 'pass',
    reason: 'Attested',
    message: `attested by ${owner} until ${expires}: ${statement}`,
    evidence: [
      {
        source: attestationSource(attestation),
        observedAt: attestation.attested,
        seen: `${owner}: ${statement}`,
        wanted: judgement.evidence[0]?.wanted ?? 'a statement by a named owner',
      },
      ...judgement.evidence,
    ],
  };
}

function stillManual(judgement: Judgement, past: Attestation | undefined): Judgement {
  if (past === undefined) return judgement;
  const { id, owner, attested, expires } = past;
  const term = `${owner}'s attestation ${id} counts from ${attested} to ${expires}`;
  return { ...judgement, message: `${judgement.message}; ${term}` };
}
