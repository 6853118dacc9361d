/** What of the compliance the rehearsed changes alter, laid over what was really seen. */
import type { Finding } from '../../core/finding.js';
import { isWaived } from '../../core/finding.js';
import { isViolation, severities, type Outcome } from '../../core/outcome.js';
import type { Compliance, ComplianceChange, Standing } from '../../core/rehearsal.js';
import { score } from '../../core/report/summary.js';
import type { Report, ReportFinding } from '../../core/report/types.js';
import { idOf } from './originals.js';

/** The two reports are on the copy, before and after. */
export interface Looks {
  readonly before: Report;
  readonly after: Report;
}

export interface Outlook extends Compliance {
  /** The original's findings as they would be afterwards. */
  readonly later: readonly Finding[];
}

/**
 * The copy knows more than was read of the original, so that only what changes on it counts. What was not seen of the
 * original stays not seen: a simulation is no fresh look.
 */
export function outlookOf(findings: readonly Finding[], looks: Looks): Outlook {
  const before = byId(looks.before);
  const after = byId(looks.after);
  const known = new Set(findings.map(idOf));
  const later: Finding[] = [];
  const changes: ComplianceChange[] = [];
  for (const finding of findings) {
    const id = idOf(finding);
    const next = laterOf(finding, before.get(id), after.get(id));
    if (next !== undefined) later.push(next);
    if (next !== finding) changes.push(changeOf(finding, next));
  }
  const news = looks.after.findings.filter(({ id, outcome }) => isNew(id, outcome, before) && !known.has(id));
  return {
    later,
    before: standingOf(findings),
    after: standingOf(later),
    changes: [...changes, ...news.map(newChange)].sort(byWeight),
  };
}

function byId(report: Report): ReadonlyMap<string, ReportFinding> {
  return new Map(report.findings.map((finding) => [finding.id, finding]));
}

/** Undefined: it is not judged any more, for what it was about is gone. */
function laterOf(
  finding: Finding,
  before: ReportFinding | undefined,
  after: ReportFinding | undefined,
): Finding | undefined {
  if (before === undefined || finding.judgement.outcome === 'unknown') return finding;
  if (after === undefined) return undefined;
  if (after.outcome === before.outcome || after.outcome === finding.judgement.outcome) return finding;
  const { outcome, reason, message } = after;
  return { ...finding, judgement: { ...finding.judgement, outcome, reason, message } };
}

function isNew(id: string, outcome: Outcome, before: ReadonlyMap<string, ReportFinding>): boolean {
  return isViolation(outcome) && !before.has(id);
}

function changeOf(finding: Finding, next: Finding | undefined): ComplianceChange {
  const { control, target, judgement } = finding;
  return {
    control: control.id,
    severity: control.severity,
    target,
    from: judgement.outcome,
    ...(next === undefined ? {} : { to: next.judgement.outcome }),
    message: next?.judgement.message ?? `no longer: ${judgement.message}`,
  };
}

function newChange({ control, severity, target, outcome, message }: ReportFinding): ComplianceChange {
  return { control, severity, target, to: outcome, message };
}

function byWeight(a: ComplianceChange, b: ComplianceChange): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

function standingOf(findings: readonly Finding[]): Standing {
  const counting = findings.filter((finding) => !isWaived(finding));
  return {
    score: score(findings),
    violations: counting.filter(({ judgement }) => isViolation(judgement.outcome)).length,
    unknown: counting.filter(({ judgement }) => judgement.outcome === 'unknown').length,
  };
}
