/** What the demonstration shows before anything is changed: a line for each place, the worst first. */
import { isViolation, severities } from '../../core/outcome.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { targetLabel } from '../../core/target.js';

/** Whether the slower facts have come in and the units' ports have answered. */
export function hasEverything({ findings }: Report): boolean {
  const users = findings.filter(({ control }) => control === 'JUJU-USER-01');
  const effects = findings.filter(({ control }) => shownByPorts.has(control));
  return (
    users.length > 1 &&
    effects.length > shownByPorts.size &&
    [...users, ...effects].every(({ outcome, reason }) => outcome !== 'unknown' && reason !== 'NoTlsRelation')
  );
}

/** They go by the relations as long as no port has answered. */
const shownByPorts: ReadonlySet<string> = new Set(['ETCD-ENC-03', 'PG-ENC-03', 'PGB-ENC-02']);

export interface Place {
  readonly worst: ReportFinding;
  /** Further violations there, of the severities critical and high. */
  readonly others: readonly ReportFinding[];
}

/** Where something critical or high is to be put right. */
export function troubledPlaces(report: Report): readonly Place[] {
  const grave = report.findings.filter(isGrave);
  const places = new Map<string, ReportFinding[]>();
  for (const finding of grave.sort(bySeverity)) {
    const label = targetLabel(finding.target);
    const known = places.get(label);
    if (known === undefined) places.set(label, [finding]);
    else known.push(finding);
  }
  return [...places.values()].flatMap(([worst, ...others]) =>
    worst === undefined ? [] : [{ worst, others }],
  );
}

export function isGrave({ outcome, severity }: ReportFinding): boolean {
  return isViolation(outcome) && (severity === 'critical' || severity === 'high');
}

function bySeverity(one: ReportFinding, other: ReportFinding): number {
  return severities.indexOf(one.severity) - severities.indexOf(other.severity);
}
