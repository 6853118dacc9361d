import { severities } from '../../core/outcome.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import type { Page, ReportLook } from './report.js';
import { counted, wrap } from './text.js';

interface Told extends ReportLook {
  /** Violations that count. */
  readonly fresh: readonly ReportFinding[];
  /** How many violations an earlier report named already. */
  readonly knownCount: number;
}

/** The last lines: counts, score, and what to do next. */
export function summaryLines(report: Report, told: Told, page: Page): string[] {
  const paint = told.fresh.length === 0 ? page.style.good : page.style.strong;
  return [
    ...wrap(counts(report, told), page.columns).map(paint),
    ...wrap(nextStep(told), page.columns).map(page.style.faint),
  ];
}

function counts(report: Report, told: Told): string {
  const { byOutcome, waived, score, scoreOfFixable } = report.summary;
  const parts = [
    toPutRight(told),
    part(told.knownCount, 'known from the baseline'),
    part(waived, 'waived'),
    part(byOutcome.unknown, 'not seen'),
    part(byOutcome.manual, 'for a person'),
    `${byOutcome.pass} pass`,
    part(byOutcome['not-applicable'], 'do not apply'),
  ];
  const scored = score === null ? '' : ` Score ${score.toFixed(1)} of 100${fixable(score, scoreOfFixable)}.`;
  return `${parts.filter((text) => text !== '').join(', ')}.${scored}`;
}

function toPutRight({ fresh, known }: Told): string {
  const news = known === undefined ? '' : 'new ';
  if (fresh.length === 0) return `Nothing ${news}to put right`;
  const by = severities
    .map((severity) => [severity, fresh.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  return `${counted(fresh.length, `${news}violation`)} (${by.join(', ')})`;
}

function part(count: number, text: string): string {
  return count === 0 ? '' : `${count} ${text}`;
}

function fixable(score: number, of: number | null): string {
  return of === null || of === score ? '' : `, ${of.toFixed(1)} counting what you can fix`;
}

function nextStep({ fresh, planCommand }: Told): string {
  const [first] = [...fresh].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  if (first === undefined) return '';
  const plannable = fresh.some(({ remediation }) => (remediation?.actions.length ?? 0) > 0);
  const plan = plannable ? `; what can be done at once: ${planCommand}` : '';
  return `Next: holdfast explain ${first.control} (where … stands, it has all of the steps)${plan}`;
}
