import type { ReportFinding, ReportWaiver } from '../../core/report/types.js';
import { controlsOf, groupBy, placeOf, subjectsOf } from './group.js';
import type { Page } from './report.js';
import { clean, counted, hanging, listed, wrap } from './text.js';

/** Violations under an active waiver: shown, and not counted. */
export function waived(findings: readonly ReportFinding[], page: Page): string[] {
  const covered = findings.filter(
    ({ waiver, outcome }) => waiver?.state === 'active' && (outcome === 'fail' || outcome === 'inconsistent'),
  );
  if (covered.length === 0) return [];
  return [
    page.style.strong(`Waived: ${counted(covered.length, 'violation')}`),
    ...[...groupBy(covered, (finding) => `${finding.waiver?.id ?? ''} ${placeOf(finding)}`).values()].flatMap(
      (group) => line(group, page),
    ),
  ];
}

function line(group: readonly ReportFinding[], page: Page): string[] {
  const [first] = group;
  if (first?.waiver === undefined) return [];
  const where = `${placeOf(first)} ${listed(subjectsOf(group), 6)}`;
  const controls = listed(controlsOf(group), page.all ? Infinity : 6);
  return hanging('  ', wrap(`${controls} on ${where}: ${terms(first.waiver)}`, page.columns - 2));
}

function terms(waiver: ReportWaiver): string {
  const { id, kind, owner, reason, expiresAt, compensatedBy } = waiver;
  const how = compensatedBy === undefined ? kind : `${kind} (${compensatedBy} passes)`;
  return clean(`${how} by ${owner} until ${expiresAt.slice(0, 10)} (${id}): ${reason}`);
}
