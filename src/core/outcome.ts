/** What a control says of a target. `inconsistent` (units differ) counts as fail; `unknown` never counts as pass. */
export const outcomes = ['pass', 'fail', 'manual', 'not-applicable', 'unknown', 'inconsistent'] as const;
export type Outcome = (typeof outcomes)[number];

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Who can put a finding right. What only the charm or nobody can fix pages nobody. */
export type FixableBy = 'operator' | 'charm' | 'cloud' | 'none';

/** How a control is put right: unattended, with restarts or cut-offs, or by a person following a procedure. */
export type RemediationKind = 'auto' | 'disruptive' | 'manual';

/**
 * Where evidence comes from: Juju status, other Juju calls, Kubernetes, workload, Charmhub, attestation,
 * our own history, probe from outside, observability stack.
 */
export type EvidenceKind = 'S' | 'J' | 'K' | 'W' | 'H' | 'A' | 'N' | 'P' | 'O';

export function isViolation(outcome: Outcome): boolean {
  return outcome === 'fail' || outcome === 'inconsistent';
}
