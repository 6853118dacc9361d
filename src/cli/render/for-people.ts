import type { ReportFinding } from '../../core/report/types.js';
import { groupBy, placeOf, subjectsOf } from './group.js';
import type { Page } from './report.js';
import { clean, counted, hanging, listed, pad, wrap } from './text.js';

/** What no reading can settle: a line for each control, under what it is about. */
export function forPeople(findings: readonly ReportFinding[], page: Page): string[] {
  if (findings.length === 0) return [];
  const controls = [...groupBy(findings, ({ control }) => control).values()];
  return [
    ...wrap(`For a person: ${counted(findings.length, 'judgement')} no reading can make`, page.columns).map(
      page.style.strong,
    ),
    ...[...groupBy(controls, where)].flatMap(([place, groups]) => [
      ...hanging('  ', wrap(place, page.columns - 2)),
      ...groups.flatMap((group) => line(group, page)),
    ]),
  ];
}

function line(group: readonly ReportFinding[], page: Page): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const label = `    ${pad(first.control, 12)} `;
  return hanging(label, wrap(clean(first.title), page.columns - label.length));
}

function where(group: readonly ReportFinding[]): string {
  const places = [...groupBy(group, placeOf)].map(([place, some]) => {
    const subjects = subjectsOf(some);
    return subjects[0]?.startsWith('the ') === true ? place : `${place} ${listed(subjects, 4)}`;
  });
  return listed(places, 3);
}
