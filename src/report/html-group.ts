import { isViolation, severities, type Severity } from '../core/outcome.js';
import type { ReportFinding } from '../core/report/types.js';

/** Groups in the order of their first member. */
export function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  return [...Map.groupBy(items, keyOf).values()];
}

/** Whether an active waiver lies over it. */
export function isWaived({ waiver }: ReportFinding): boolean {
  return waiver?.state === 'active';
}

/** Whether it counts against the estate. */
export function isShort(finding: ReportFinding): boolean {
  return isViolation(finding.outcome) && !isWaived(finding);
}

/** How many of the findings have each severity. */
export function severityCounts(findings: readonly ReportFinding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** The findings by guide, the guide with the most and worst violations first. */
export function byGuide(findings: readonly ReportFinding[]): readonly (readonly ReportFinding[])[] {
  const groups = groupsBy(findings, ({ guide }) => guide).map((group) => ({
    group,
    counts: severityCounts(group.filter(isShort)),
  }));
  groups.sort((a, b) => {
    const decisive = severities.find((severity) => a.counts[severity] !== b.counts[severity]);
    return decisive === undefined ? 0 : b.counts[decisive] - a.counts[decisive];
  });
  return groups.map(({ group }) => group);
}
