import type { ReportFinding } from '../../core/report/types.js';
import { placeOf, subjectOf } from './group.js';
import type { Page } from './report.js';
import { clean, cut, pad } from './text.js';

/** Every finding on a line of its own: outcome, control, target, message. */
export function everything(findings: readonly ReportFinding[], page: Page): string[] {
  return [page.style.strong('Every judgement'), ...findings.map((finding) => line(finding, page))];
}

function line(finding: ReportFinding, page: Page): string {
  const where = `${placeOf(finding)} ${subjectOf(finding)}`;
  const start = `  ${pad(finding.outcome, 14)} ${pad(finding.control, 12)} ${where}: `;
  return cut(`${start}${clean(finding.message)}`, page.columns);
}
