import type { Severity } from '../outcome.js';
import type { ReportFinding } from '../report/types.js';
import { targetLabel } from '../target.js';
import { millis } from '../time.js';
import { plainLine } from './names.js';
import type { ObjectReference, OpenReportsInput, ReportPlace, ReportResult, ResultWord } from './types.js';

/** Characters of a message, and of a name in it. */
const longestMessage = 200;
const longestName = 120;

/**
 * A waiver sets a finding aside (`skip`), what a person has to look at is a warning, and what could not be judged an
 * error, never a pass.
 */
export function resultWord({ outcome, waiver }: ReportFinding): ResultWord {
  if (outcome === 'pass') return 'pass';
  if (outcome === 'not-applicable' || waiver?.state === 'active') return 'skip';
  if (outcome === 'unknown') return 'error';
  return outcome === 'manual' ? 'warn' : 'fail';
}

/** What was required and is met, and what does not apply, is only counted. */
export function isListed({ outcome }: ReportFinding): boolean {
  return outcome !== 'pass' && outcome !== 'not-applicable';
}

/** One finding as a result. `place`: the model's namespace, where it has one here. */
export function resultOf(
  finding: ReportFinding,
  { format, categoryOf }: Pick<OpenReportsInput, 'format' | 'categoryOf'>,
  place?: ReportPlace,
): ReportResult {
  const category = categoryOf?.(finding.control);
  const resource = resourceOf(finding, place);
  const seconds = timeOf(finding);
  return {
    ...(format === 'OpenReports' ? {} : { source: 'holdfast' }),
    policy: finding.guide,
    rule: finding.control,
    result: resultWord(finding),
    severity: format === 'FirstPolicyReport' ? oneOfThree[finding.severity] : finding.severity,
    ...(category === undefined ? {} : { category: plainLine(category, longestName) }),
    message: plainLine(finding.message, longestMessage),
    ...(resource === undefined ? {} : { resources: [resource] }),
    properties: propertiesOf(finding, resource !== undefined),
    ...(seconds === undefined ? {} : { timestamp: { seconds, nanos: 0 } }),
  };
}

const oneOfThree: Readonly<Record<Severity, Severity>> = {
  critical: 'high',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'low',
};

/** Sidecar charms run in a StatefulSet of their application's name. */
function resourceOf({ target }: ReportFinding, place: ReportPlace | undefined): ObjectReference | undefined {
  const name = target.application;
  if (place === undefined || name === undefined || !place.statefulSets.has(name)) return undefined;
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: place.namespace, name };
}

/** A waiver never hides what was judged. */
function propertiesOf(finding: ReportFinding, isReferred: boolean): Readonly<Record<string, string>> {
  const { reason, fixableBy, id, outcome, target, waiver } = finding;
  const isPlain = isReferred && [target.unit, target.user, target.name].every((part) => part === undefined);
  return {
    reason,
    fixableBy,
    id,
    ...(isPlain ? {} : { target: plainLine(targetLabel(target), longestName) }),
    ...(outcome === 'fail' || outcome === 'unknown' ? {} : { outcome }),
    ...(waiver === undefined ? {} : { waiver: plainLine(waiver.id, longestName), waiverState: waiver.state }),
    ...(waiver?.state === 'active' ? { outcome, waivedUntil: waiver.expiresAt } : {}),
  };
}

/** Seconds since 1970 when it was first seen; where that is not known, when its oldest evidence was. */
function timeOf({ firstSeen, evidence }: ReportFinding): number | undefined {
  const times = firstSeen === undefined ? evidence.map(({ observedAt }) => observedAt) : [firstSeen];
  const read = times.map(millis).filter((time) => time >= 0);
  return read.length === 0 ? undefined : Math.floor(Math.min(...read) / 1000);
}

const words: readonly ResultWord[] = ['fail', 'error', 'warn', 'skip', 'pass'];
const severest: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

/** What falls short comes first, the most severe of it before all; then in an order that stays. */
export function compareFindings(a: ReportFinding, b: ReportFinding): number {
  return (
    words.indexOf(resultWord(a)) - words.indexOf(resultWord(b)) ||
    severest[a.severity] - severest[b.severity] ||
    compareTexts(a.control, b.control) ||
    compareTexts(a.id, b.id)
  );
}

/** By UTF-16, not by the reader's language: the order is the same on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
