import type { ReportFinding } from '../../core/report/types.js';
import { controlsOf, groupBy, subjectsOf } from './group.js';
import type { Page } from './report.js';
import { clean, counted, hanging, listed, wrap } from './text.js';

/**
 * What could not be judged, one paragraph for each cure rather than one line for each finding. The cure is what a
 * message ends with: the permission that is missing, or what to do in order to see.
 */
export function unseen(findings: readonly ReportFinding[], page: Page): string[] {
  if (findings.length === 0) return [];
  const told = findings.map(toldBy);
  const cures = [...groupBy(told, ({ cause, cure }) => (cure === '' ? cause : cure)).values()];
  cures.sort((a, b) => b.length - a.length);
  return [
    ...wrap(`Not seen: ${counted(findings.length, 'judgement')} could not be made`, page.columns).map(
      page.style.strong,
    ),
    ...cures.flatMap((group) => cureLines(group, page)),
  ];
}

interface Told {
  readonly finding: ReportFinding;
  /** Why it was not seen, without the application's name where the sentence begins with it. */
  readonly cause: string;
  /** What would change that; '' when the message does not say. */
  readonly cure: string;
}

function toldBy(finding: ReportFinding): Told {
  const { message, target } = finding;
  const at = /; (?=(?:needs|run|let|give|wait|ask|set|name|save|turn|integrate) )/.exec(message)?.index;
  const cause = at === undefined ? message : message.slice(0, at);
  const start = `${target.application ?? ''} `;
  return {
    finding,
    cause: cause.startsWith(start) ? cause.slice(start.length) : cause,
    cure: at === undefined ? '' : message.slice(at + 2),
  };
}

function cureLines(group: readonly Told[], page: Page): string[] {
  const cure = group[0]?.cure ?? '';
  const causes = [...groupBy(group, ({ cause }) => cause).values()].map(causeText);
  const label = `${String(group.length).padStart(5)}  `;
  const indent = ' '.repeat(label.length);
  const space = page.columns - label.length;
  const controls = controlsOf(group.map(({ finding }) => finding));
  return [
    ...hanging(label, wrap(clean(fewOf(causes, page)), space)),
    ...(cure === '' ? [] : hanging(`${indent}cure: `, wrap(clean(cure), space - 6))),
    ...hanging(indent, wrap(listed(controls, page.all ? Infinity : 6), space)).map(page.style.faint),
  ];
}

/** One cause; with the names of the applications where the sentence was about them. */
function causeText(same: readonly Told[]): string {
  const [first] = same;
  if (first === undefined) return '';
  const { cause, finding } = first;
  if (finding.message.startsWith(cause)) return cause;
  const names = listed(subjectsOf(same.map((told) => told.finding)), 4);
  return `${names}${same.length === 1 ? ' ' : ': '}${cause}`;
}

function fewOf(causes: readonly string[], page: Page): string {
  const shown = page.all ? causes : causes.slice(0, 3);
  const more = causes.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more like these` : ''}`;
}
