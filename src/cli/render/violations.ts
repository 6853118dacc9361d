import { severities } from '../../core/outcome.js';
import type { ReportFinding, Summary } from '../../core/report/types.js';
import { controlBlock, type Naming } from './control-block.js';
import { groupBy, placeOf, subjectOf, targetOf } from './group.js';
import type { Page } from './report.js';
import { width, wrap } from './text.js';

/** So many places have a line of their own above the findings. */
const mostPlaces = 10;

type Place = readonly [name: string, findings: readonly ReportFinding[]];

/**
 * What falls short, the most severe first. Of one model (or controller) a section; of several a line for each, the
 * worst first, and then a section for each severity: what is minor in one must not stand before what is grave in
 * another, and what is the same in many is told once.
 */
export function violations(findings: readonly ReportFinding[], summary: Summary, page: Page): string[][] {
  const places = [...groupBy(findings, placeOf)].sort(byWorst);
  const [only] = places;
  if (only === undefined) return [];
  if (places.length === 1)
    return [
      [
        ...titleLines(only, summary, page),
        ...severities.flatMap((severity) => ofSeverity(findings, severity, { ...page, nameOf: subjectOf })),
      ],
    ];
  const sections = severities.map((severity) =>
    ofSeverity(findings, severity, { ...page, nameOf: targetOf }),
  );
  return [overview(places, summary, page), ...sections.filter((lines) => lines.length > 0)];
}

/** More of the worst severity comes first; where that is the same, more of the next. */
function byWorst([, a]: Place, [, b]: Place): number {
  for (const severity of severities) {
    const difference = countOf(b, severity) - countOf(a, severity);
    if (difference !== 0) return difference;
  }
  return 0;
}

function countOf(findings: readonly ReportFinding[], severity: ReportFinding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function overview(places: readonly Place[], summary: Summary, page: Page): string[] {
  const told = page.all ? places : places.slice(0, mostPlaces);
  const rest = places.slice(told.length);
  const left = rest.reduce((sum, [, findings]) => sum + findings.length, 0);
  const more = `and ${left} to put right in ${rest.length} more (--all names each)`;
  return [
    ...told.flatMap((place) => titleLines(place, summary, page)),
    ...(rest.length === 0 ? [] : wrap(more, page.columns).map(page.style.faint)),
  ];
}

function titleLines([place, findings]: Place, summary: Summary, page: Page): string[] {
  const score = summary.byModel[place]?.score;
  const scored = score === undefined || score === null ? '' : `score ${score.toFixed(1)}, `;
  const count = `${scored}${findings.length} to put right`;
  const between = page.columns - width(place) - width(count);
  const names = wrap(place, page.columns).map(page.style.strong);
  return between < 2 ? [...names, `  ${count}`] : [`${names.join('')}${' '.repeat(between)}${count}`];
}

function ofSeverity(
  findings: readonly ReportFinding[],
  severity: ReportFinding['severity'],
  page: Naming,
): string[] {
  const chosen = findings.filter((finding) => finding.severity === severity);
  if (chosen.length === 0) return [];
  const blocks = [...groupBy(chosen, ({ control }) => control).values()].flatMap((same) => [
    ...groupBy(same, ({ reason }) => reason).values(),
  ]);
  return [` ${page.style.severity(severity)}`, ...blocks.flatMap((same) => controlBlock(same, page))];
}
