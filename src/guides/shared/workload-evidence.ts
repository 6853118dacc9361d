import { manual, unsettled, type Judgement } from '../../core/judgement.js';

/** What it takes to look inside units. */
export const workloadPermission =
  'workload evidence: a prober identity with model admin, turned on by policy';

/** The reasons that `workloadNeeded` and `attestationNeeded` give. */
export const workloadReasons = {
  WorkloadEvidenceOff:
    'This can only be seen inside the units, which nobody has allowed Holdfast to look into.',
} as const;

export const attestationReasons = {
  AttestationMissing: 'No system shows this; a named person has to state it, with a date.',
} as const;

/** The honest answer where only the inside of the units would tell. */
export function workloadNeeded(what: string): Judgement {
  return unsettled('WorkloadEvidenceOff', `${what} was not looked at; needs ${workloadPermission}`);
}

/** The honest answer where only a person can tell. */
export function attestationNeeded(what: string): Judgement {
  return manual('AttestationMissing', `${what}: no system shows it, and nobody has stated it`);
}
