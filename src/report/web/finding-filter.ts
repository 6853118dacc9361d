import { outcomes, severities } from '../../core/outcome.js';
import type { ReportFinding } from '../../core/report/types.js';
import { targetLabel } from '../../core/target.js';
import { InputError } from '../../core/input-error.js';
import { globMatcher } from '../../core/glob.js';
import { isShort, isWaived } from '../html-group.js';
import type { Query } from './form.js';
import type { Shown } from './shown.js';

/** Which findings are wanted; what is absent matches all. Names know `*` and `?`. */
export interface FindingFilter {
  /** `short` (the usual): counts against the estate; `waived`; `all`; or an outcome. */
  readonly outcome?: string | undefined;
  readonly severity?: string | undefined;
  readonly guide?: string | undefined;
  readonly control?: string | undefined;
  readonly controller?: string | undefined;
  readonly model?: string | undefined;
  readonly application?: string | undefined;
  /** Words that have to be in its control, title, message or target. */
  readonly q?: string | undefined;
}

export const outcomeChoices = [
  { value: 'short', text: 'falling short' },
  { value: 'all', text: 'all' },
  { value: 'unknown', text: 'unknown' },
  { value: 'manual', text: 'for a person' },
  { value: 'waived', text: 'waived' },
  { value: 'pass', text: 'passed' },
] as const;

const fields = [
  'outcome',
  'severity',
  'guide',
  'control',
  'controller',
  'model',
  'application',
  'q',
] as const;

/** @throws InputError for a word that is none of the known ones. */
export function filterFrom(query: Query): FindingFilter {
  const texts = fields.map((name) => [name, query[name]?.trim()] as const);
  const filter: FindingFilter = Object.fromEntries(texts);
  expectOneOf('severity', filter.severity, severities);
  expectOneOf('outcome', filter.outcome, ['short', 'waived', 'all', ...outcomes]);
  for (const [name, value = ''] of texts) expectShort(name, value);
  return filter;
}

function expectOneOf(name: string, value: string | undefined, known: readonly string[]): void {
  if (value !== undefined && !known.includes(value))
    throw new InputError(`${name}: write one of ${known.join(', ')}`);
}

/** A pattern with many stars could keep us busy for long. */
function expectShort(name: string, value: string): void {
  if (value.length > 100 || value.split('*').length > 4)
    throw new InputError(`${name}: write at most 100 letters, with at most three *`);
}

/** The findings wanted; those that count against the estate worst first. */
export function chosen({ report, index }: Shown, filter: FindingFilter): readonly ReportFinding[] {
  const { outcome = 'short' } = filter;
  const from =
    outcome === 'short' ? index.short : report.findings.filter((finding) => stands(finding, outcome));
  const tests = testsOf(filter);
  return tests.length === 0 ? from : from.filter((finding) => tests.every((test) => test(finding)));
}

function stands(finding: ReportFinding, outcome: string): boolean {
  if (outcome === 'all') return true;
  if (outcome === 'waived') return isWaived(finding);
  return outcome === 'short' ? isShort(finding) : !isWaived(finding) && finding.outcome === outcome;
}

type Test = (finding: ReportFinding) => boolean;

function testsOf({
  severity,
  guide,
  control,
  controller,
  model,
  application,
  q,
}: FindingFilter): readonly Test[] {
  return [
    ...matching(severity, (finding) => finding.severity),
    ...matching(guide, (finding) => finding.guide),
    ...matching(control, (finding) => finding.control),
    ...matching(controller, ({ target }) => target.controller),
    ...matching(model, ({ target }) => target.model),
    ...matching(application, ({ target }) => target.application),
    ...wording(q),
  ];
}

function matching(
  pattern: string | undefined,
  read: (finding: ReportFinding) => string | undefined,
): readonly Test[] {
  if (pattern === undefined || pattern === '') return [];
  const matches = globMatcher(pattern);
  return [(finding) => matches(read(finding) ?? '')];
}

function wording(words = ''): readonly Test[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [];
  return [
    (finding) => {
      const text = wordsOf(finding);
      return wanted.every((word) => text.includes(word));
    },
  ];
}

/** Kept for as long as the finding itself, which stays the same while nothing about it changes. */
const known = new WeakMap<ReportFinding, string>();

function wordsOf(finding: ReportFinding): string {
  const before = known.get(finding);
  if (before !== undefined) return before;
  const { control, title, message, reason, target } = finding;
  const text = `${control} ${title} ${message} ${reason} ${targetLabel(target)}`.toLowerCase();
  known.set(finding, text);
  return text;
}
