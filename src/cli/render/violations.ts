import { severities } from '../../core/outcome.js';
import type { ReportFinding, Summary } from '../../core/report/types.js';
import { fixLines } from './fix.js';
import { groupBy, placeOf, subjectsOf } from './group.js';
import type { Page } from './report.js';
import { clean, hanging, listed, pad, second, width, wrap } from './text.js';

/** Targets of one control that are told apart before the rest is only named. */
const most = 5;

/** One section for each model and controller that falls short, the worst first: by severity, then by control. */
export function violations(findings: readonly ReportFinding[], summary: Summary, page: Page): string[][] {
  return [...groupBy(findings, placeOf)]
    .sort(byWorst)
    .map(([place, group]) => [
      titleLine(place, group.length, summary, page),
      ...severities.flatMap((severity) => ofSeverity(group, severity, page)),
    ]);
}

type Section = readonly [string, readonly ReportFinding[]];

/** More of the worst severity comes first; where that is the same, more of the next. */
function byWorst([, a]: Section, [, b]: Section): number {
  for (const severity of severities) {
    const difference = countOf(b, severity) - countOf(a, severity);
    if (difference !== 0) return difference;
  }
  return 0;
}

function countOf(findings: readonly ReportFinding[], severity: ReportFinding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function titleLine(place: string, count: number, summary: Summary, page: Page): string {
  const score = summary.byModel[place]?.score;
  const scored = score === undefined || score === null ? '' : `score ${score.toFixed(1)}, `;
  return spread(page.style.strong(place), `${scored}${count} to put right`, page.columns);
}

function ofSeverity(
  group: readonly ReportFinding[],
  severity: ReportFinding['severity'],
  page: Page,
): string[] {
  const chosen = group.filter((finding) => finding.severity === severity);
  if (chosen.length === 0) return [];
  const controls = groupBy(chosen, ({ control, reason }) => `${control} ${reason}`);
  return [
    ` ${page.style.severity(severity)}`,
    ...[...controls.values()].flatMap((same) => block(same, page)),
  ];
}

/** One control: its title and reason, then what it says of each target and how that is put right. */
function block(findings: readonly ReportFinding[], page: Page): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const id = `  ${page.style.strong(pad(first.control, 12))} `;
  const times = findings.length === 1 ? '' : ` ×${findings.length}`;
  const title = wrap(clean(`${first.title} [${first.reason}]${times}`), page.columns - width(id));
  const told = page.all ? findings : findings.slice(0, most);
  const rest = findings.slice(told.length);
  return [
    ...hanging(id, title),
    ...[...groupBy(told, sameAdvice).values()].flatMap((same) => entry(same, page)),
    ...(rest.length === 0 ? [] : restLines(rest, page)),
  ];
}

function restLines(rest: readonly ReportFinding[], page: Page): string[] {
  const text = `and ${rest.length} more: ${listed(subjectsOf(rest), 10)} (--all shows each)`;
  return hanging('    ', wrap(text, page.columns - 4)).map(page.style.faint);
}

/** Findings that are put right by the same words are told together, and the words once. */
function sameAdvice({ remediation, fixableBy, upstream, waiver }: ReportFinding): string {
  return JSON.stringify([remediation, fixableBy, upstream, waiver]);
}

function entry(findings: readonly ReportFinding[], page: Page): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const messages = [...groupBy(findings, ({ message }) => message).values()];
  return [
    ...messages.flatMap((same) => hanging('    ', wrap(said(same), page.columns - 4))),
    ...drifted(findings, page),
    ...expired(first, page),
    ...fixLines(first, page),
  ];
}

/** When it changed, and what is known of who changed it; those that changed alike are told together. */
function drifted(findings: readonly ReportFinding[], page: Page): string[] {
  const changed = findings.filter(({ drift }) => drift !== undefined);
  return [...groupBy(changed, ({ drift }) => JSON.stringify(drift)).values()].flatMap((same) => {
    const [first] = same;
    if (first?.drift === undefined) return [];
    const { lastGood, firstBad, who } = first.drift;
    const names = same.length < findings.length ? `${listed(subjectsOf(same), 8)}: ` : '';
    const text = clean(`${names}between ${second(lastGood)} and ${second(firstBad)}. ${who}`);
    return hanging('    drifted: ', wrap(text, page.columns - 13));
  });
}

/** What was found, with the names it was found on where the sentence does not tell them. */
function said(same: readonly ReportFinding[]): string {
  const message = clean(same[0]?.message ?? '');
  const names = listed(subjectsOf(same), 8);
  return names.startsWith('the ') || mentions(message, names) ? message : `${names}: ${message}`;
}

/** Whether a name stands in a sentence as a word of its own, in whatever script it is written. */
function mentions(message: string, name: string): boolean {
  const at = message.indexOf(name);
  if (at < 0) return false;
  const around = (message[at - 1] ?? ' ') + (message[at + name.length] ?? ' ');
  return !/[\w-]/.test(around);
}

function expired({ waiver }: ReportFinding, page: Page): string[] {
  if (waiver === undefined) return [];
  const why =
    waiver.state === 'lapsed'
      ? `lapsed: ${waiver.compensatedBy ?? 'the compensating control'} does not pass here`
      : `expired at ${waiver.expiresAt}`;
  const text = clean(`its waiver ${waiver.id} (${waiver.owner}) ${why}`);
  return hanging('    ', wrap(text, page.columns - 4));
}

/** Left and right at the two ends of a line. */
function spread(left: string, right: string, columns: number): string {
  return `${left}${' '.repeat(Math.max(2, columns - width(left) - width(right)))}${right}`;
}
