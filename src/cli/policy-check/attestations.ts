import type { Finding } from '../../core/finding.js';
import { attestationSource } from '../../core/policy/attestations.js';
import type { Attestation, Policy } from '../../core/policy/policy.js';
import { millis } from '../../core/time.js';

/** An attestation with what became of it. */
export interface AttestationEntry extends Attestation {
  readonly state: 'current' | 'expired' | 'future' | 'unused';
  readonly message: string;
}

/** The attestations of a policy, each with its state at the moment (ms). Without findings none is unused. */
export function attestationsOf(
  policy: Policy,
  findings: readonly Finding[] | undefined,
  asOf: number,
): readonly AttestationEntry[] {
  const used = findings && new Set(findings.flatMap(sourcesOf));
  return policy.attestations.map((attestation) => {
    const unused = used !== undefined && !used.has(attestationSource(attestation));
    return { ...attestation, ...standing(attestation, unused, asOf) };
  });
}

function sourcesOf({ judgement }: Finding): string[] {
  return judgement.reason === 'Attested' ? judgement.evidence.map(({ source }) => source) : [];
}

function standing(
  { attested, expires }: Attestation,
  unused: boolean,
  asOf: number,
): Pick<AttestationEntry, 'state' | 'message'> {
  if (millis(expires) <= asOf) return { state: 'expired', message: `it counts for nothing since ${expires}` };
  if (millis(attested) > asOf) return { state: 'future', message: `it counts only from ${attested} on` };
  if (unused) return { state: 'unused', message: 'nothing in the estate waits for it' };
  return { state: 'current', message: `it holds until ${expires}` };
}
