import { severities } from '../../core/outcome.js';
import type { ReportDiff } from '../../core/report/diff.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { groupBy, placeOf, subjectsOf } from './group.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { clean, counted, hanging, listed, pad, width, wrap } from './text.js';

interface Sheet {
  readonly style: Style;
  readonly columns: number;
}

/** What changed between two reports, as a text for people. */
export function renderDiff(
  diff: ReportDiff,
  [earlier, later]: readonly [Report, Report],
  look: { readonly columns: number | undefined; readonly color: boolean },
): string {
  const sheet = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  const sections = [
    wrap(clean(`From ${titleOf(earlier)} to ${titleOf(later)}`), sheet.columns).map(sheet.style.strong),
    caution(earlier, later, sheet),
    section('New', diff.appeared, ({ message }) => message, sheet),
    section(
      'Gone',
      diff.gone.map(({ before }) => before),
      (before) => became(diff.gone.find((one) => one.before === before)?.after),
      sheet,
    ),
    section(
      'Changed',
      diff.changed.map(({ after }) => after),
      (after) => fromTo(diff.changed.find((one) => one.after === after)?.before, after),
      sheet,
    ),
    closing(diff, sheet),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function titleOf({ source, generatedAt }: Report): string {
  return `${source.name} (${generatedAt.replace(/\.\d+Z$/, 'Z')})`;
}

function caution(earlier: Report, later: Report, { style, columns }: Sheet): string[] {
  const differs = [
    ...(earlier.source.road === later.source.road ? [] : ['another road, which sees other things']),
    ...(earlier.policy.hash === later.policy.hash ? [] : ['another policy']),
    ...(earlier.tool.version === later.tool.version ? [] : ['another version of Holdfast']),
  ];
  if (differs.length === 0) return [];
  return wrap(`The later one was made with ${differs.join(', ')}.`, columns).map(style.faint);
}

function section(
  title: string,
  findings: readonly ReportFinding[],
  tell: (finding: ReportFinding) => string,
  sheet: Sheet,
): string[] {
  if (findings.length === 0) return [];
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  const groups = groupBy(sorted, (one) => JSON.stringify([one.control, placeOf(one), tell(one)]));
  return [
    sheet.style.strong(`${title}: ${counted(findings.length, 'judgement')}`),
    ...[...groups.values()].flatMap((group) => line(group, tell, sheet)),
  ];
}

function line(
  group: readonly ReportFinding[],
  tell: (finding: ReportFinding) => string,
  { style, columns }: Sheet,
): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const start = `  ${style.severity(first.severity, pad(first.severity, 8))} ${pad(first.control, 13)} `;
  const where = `${placeOf(first)} ${listed(subjectsOf(group), 6)}`;
  return hanging(start, wrap(`${where}: ${clean(tell(first))}`, columns - width(start)));
}

function rank({ severity }: ReportFinding): number {
  return severities.indexOf(severity);
}

function became(after: ReportFinding | undefined): string {
  if (after === undefined) return 'no longer there, or does not apply';
  if (after.waiver?.state === 'active') return `waived by ${after.waiver.owner} (${after.waiver.id})`;
  return `${after.outcome} now: ${after.message}`;
}

function fromTo(before: ReportFinding | undefined, after: ReportFinding): string {
  return `${before === undefined ? '' : standing(before)} → ${standing(after)}: ${after.message}`;
}

function standing({ outcome, waiver }: ReportFinding): string {
  return waiver === undefined ? outcome : `${outcome} (waiver ${waiver.state})`;
}

function closing({ appeared, gone, changed, same }: ReportDiff, { style, columns }: Sheet): string[] {
  const paint = appeared.length === 0 ? style.good : style.strong;
  const text = `${counted(appeared.length, 'new violation')}, ${gone.length} gone, ${changed.length} changed otherwise, ${same} as before.`;
  return wrap(text, columns).map(paint);
}
