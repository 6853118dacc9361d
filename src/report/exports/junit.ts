import { isViolation } from '../../core/outcome.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { targetLabel } from '../../core/target.js';
import { isWaived } from '../html-group.js';
import { evidenceText, oneLine, remedyText, visible, waiverText } from './text.js';

export interface JunitOptions {
  /** What could not be seen is an error, not a skipped test. */
  readonly failOnUnknown: boolean;
}

type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly finding: ReportFinding;
  readonly verdict: Verdict;
}

/**
 * JUnit's XML, as both the schema of Ant's task and the one of Jenkins have it: a test suite for each guide, a test
 * case for each finding. What counts is a failure; unknown, manual, waived and not applicable are skipped, and say so.
 */
export function junitOf(report: Report, options: JunitOptions): string {
  const suites = [...Map.groupBy(report.findings, ({ guide }) => guide)].map(([guide, findings], id) => {
    const cases = findings.map((finding) => ({ finding, verdict: verdictOf(finding, options) }));
    return suite(guide, cases, { report, id });
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function verdictOf(finding: ReportFinding, { failOnUnknown }: JunitOptions): Verdict {
  if (isWaived(finding)) return 'skipped';
  if (isViolation(finding.outcome)) return 'failure';
  if (finding.outcome === 'unknown' && failOnUnknown) return 'error';
  return finding.outcome === 'pass' ? 'passed' : 'skipped';
}

/** Ant's schema asks for a host, a time taken and both outputs; times there have no zone. */
function suite(
  guide: string,
  cases: readonly Case[],
  { report, id }: { readonly report: Report; readonly id: number },
): string {
  const count = (wanted: Verdict): number => cases.filter(({ verdict }) => verdict === wanted).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const names = `name=${value(oneLine(guide) || 'guide')} package="holdfast" id="${id}"`;
  const when = `timestamp="${report.generatedAt.slice(0, 19)}" time="0" hostname="localhost"`;
  return `<testsuite ${names} ${counts} ${when}>
${properties(report)}${cases.map(testcase).join('')}<system-out></system-out>
<system-err></system-err>
</testsuite>\n`;
}

function properties({ source, tool, policy, generatedAt }: Report): string {
  const pairs = {
    source: source.name,
    road: source.road,
    takenAt: source.takenAt,
    generatedAt,
    version: tool.version,
    policy: policy.hash,
  };
  const lines = Object.entries(pairs).map(
    ([name, text]) => `<property name="${name}" value=${value(text)}/>\n`,
  );
  return `<properties>\n${lines.join('')}</properties>\n`;
}

function testcase({ finding, verdict }: Case): string {
  const { guide, control, target } = finding;
  const head = `<testcase classname=${value(oneLine(`${guide}.${control}`))} name=${value(oneLine(targetLabel(target)))} time="0"`;
  if (verdict === 'passed') return `${head}/>\n`;
  return `${head}>${verdict === 'skipped' ? skipped(finding) : fallen(finding, verdict)}</testcase>\n`;
}

function skipped({ outcome, message, waiver }: ReportFinding): string {
  const why = waiver?.state === 'active' ? `${outcome}, ${waiverText(waiver)}: ` : `${outcome}: `;
  return `<skipped>${escaped(why + message)}</skipped>`;
}

function fallen(finding: ReportFinding, verdict: 'failure' | 'error'): string {
  const { reason, severity, title, message, evidence, waiver } = finding;
  const lines = [
    `${title} [${severity}]`,
    message,
    ...evidence.map(evidenceText),
    ...(waiver === undefined ? [] : [waiverText(waiver)]),
    remedyText(finding),
  ].filter((line) => line !== '');
  return `<${verdict} type=${value(reason)} message=${value(message)}>${escaped(lines.join('\n'))}</${verdict}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function escaped(text: string): string {
  return visible(text).replace(/[&<>]/g, (character) => entities[character] ?? '');
}

/** An attribute's value, quoted. */
function value(text: string): string {
  return `"${visible(text).replace(/[&<>"\n\t]/g, (character) => entities[character] ?? '')}"`;
}
