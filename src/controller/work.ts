/** A step on its way, with what it is to put right: small enough to be written down, and found again after a restart. */
import type { PlannedAction } from '../core/action/planned.js';
import type { Finding } from '../core/finding.js';
import type { Plan, ProposedStep } from '../core/plan.js';
import type { FindingRef, Remediation } from '../core/ports/index.js';
import { findingId } from '../core/report/build.js';
import { targetKey } from '../core/target.js';

export interface Work {
  readonly action: PlannedAction;
  readonly about: readonly FindingRef[];
  readonly plan: Pick<Plan, 'hash' | 'target'>;
}

export function workOf(step: ProposedStep, { hash, target }: Plan): Work {
  return { action: step.action, about: step.findings.map(refOf), plan: { hash, target } };
}

/** What was being done when the program ended. */
export function workFrom({ action, findings, planHash, target }: Remediation): Work {
  return { action, about: findings, plan: { hash: planHash, target } };
}

function refOf({ control, guide, target }: Finding): FindingRef {
  return { control: control.id, guide: guide.id, target };
}

/** The finding as it is now, where it is still judged. */
export function findingFor(ref: FindingRef, findings: readonly Finding[]): Finding | undefined {
  const wanted = targetKey(ref.target);
  return findings.find(
    (finding) =>
      finding.control.id === ref.control &&
      finding.guide.id === ref.guide &&
      targetKey(finding.target) === wanted,
  );
}

/** Its id in reports and marks. */
export function idOfRef({ control, target }: FindingRef): string {
  return findingId(control, target);
}

/** The id under which a finding is quarantined. */
export function quarantineId(ref: FindingRef): string {
  return `q-${idOfRef(ref).slice(0, 10)}`;
}
