import { isViolation } from '../../core/outcome.js';
import type { ReportFinding } from '../../core/report/types.js';
import { targetLabel } from '../../core/target.js';
import { observationIds } from './oscal-observation.js';
import { objectiveOf } from './oscal-reviewed.js';
import { riskId } from './oscal-risk.js';
import { line, prose, props } from './oscal-text.js';
import { waiverText } from './text.js';
import { uuidOf } from './uuid.js';

/** What does not apply has an observation, and no finding: OSCAL knows only satisfied and not satisfied. */
export function isJudged({ outcome }: ReportFinding): boolean {
  return outcome !== 'not-applicable';
}

export function findingOf(finding: ReportFinding): object {
  const { id, control, title, message, target, severity, outcome, reason, fixableBy } = finding;
  const { firstSeen, waiver, drift } = finding;
  return {
    uuid: uuidOf('finding', id),
    title: line(`${control} on ${targetLabel(target)}: ${title}`),
    description: prose(message),
    ...props({
      id,
      severity,
      outcome,
      reason,
      'fixable-by': fixableBy,
      'first-seen': firstSeen,
      'waiver-state': waiver?.state,
      'drifted-after': drift?.lastGood,
    }),
    target: objectiveTarget(finding),
    'related-observations': observationIds(finding).map((uuid) => ({ 'observation-uuid': uuid })),
    ...(isViolation(outcome) ? { 'related-risks': [{ 'risk-uuid': riskId(finding) }] } : {}),
    ...(waiver === undefined ? {} : { remarks: prose(waiverText(waiver)) }),
  };
}

/** A waiver lies over a finding and does not satisfy it. What was not seen, or waits for a person, is not satisfied. */
function objectiveTarget({ control, outcome }: ReportFinding): object {
  const status = {
    state: outcome === 'pass' ? 'satisfied' : 'not-satisfied',
    reason: outcome === 'pass' ? 'pass' : isViolation(outcome) ? 'fail' : 'other',
  };
  const why = remarks[outcome];
  return {
    type: 'objective-id',
    'target-id': objectiveOf(control),
    status: why === undefined ? status : { ...status, remarks: why },
  };
}

const remarks: Readonly<Partial<Record<ReportFinding['outcome'], string>>> = {
  unknown: 'Unknown: it could not be seen, and is not taken for satisfied.',
  manual: 'To be judged by a person.',
  inconsistent: 'Units differ.',
};
