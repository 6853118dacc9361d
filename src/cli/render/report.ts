import { counts } from '../../core/report/diff.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { everything } from './everything.js';
import { forPeople } from './for-people.js';
import { ledgerLines } from './ledger.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { summaryLines } from './summary.js';
import { clean, wrap } from './text.js';
import { unseen } from './unseen.js';
import { violations } from './violations.js';
import { waived } from './waived.js';

/** How a report is to be shown. */
export interface ReportLook {
  readonly columns: number | undefined;
  readonly color: boolean;
  /** Lists every finding, passes and what does not apply included, and every target by name. */
  readonly all: boolean;
  /** Ids of the violations that an earlier report named already; they are only counted. */
  readonly known?: ReadonlySet<string>;
  /** The command that would show the plans for this estate. */
  readonly planCommand: string;
}

/** What the sections of a report share. */
export interface Page {
  readonly style: Style;
  readonly columns: number;
  readonly all: boolean;
}

/** A report as a text for people, ending in a line break. */
export function renderReport(report: Report, look: ReportLook): string {
  const page: Page = { style: styleFor(look.color), columns: columnsOf(look.columns), all: look.all };
  const counting = report.findings.filter(counts);
  const fresh = counting.filter((finding) => look.known?.has(finding.id) !== true);
  const sections = [
    heading(report, page),
    ...violations(fresh, report.summary, page),
    waived(report.findings, page),
    ledgerLines(report.waivers ?? [], page),
    unseen(outcome(report.findings, 'unknown'), page),
    forPeople(outcome(report.findings, 'manual'), page),
    ...(look.all ? [everything(report.findings, page)] : []),
    summaryLines(report, { fresh, knownCount: counting.length - fresh.length, ...look }, page),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading(report: Report, page: Page): string[] {
  const { road, name, takenAt } = report.source;
  const when = takenAt.replace('T', ' ').replace(/(:\d\d)?(\.\d+)?Z$/, ' UTC');
  const what = road === 'status-file' ? 'status' : road;
  return wrap(clean(`Audit of ${name} (${what}, ${when})`), page.columns).map(page.style.strong);
}

function outcome(findings: readonly ReportFinding[], wanted: ReportFinding['outcome']): ReportFinding[] {
  return findings.filter((finding) => finding.outcome === wanted);
}
