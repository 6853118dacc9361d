/** What changed between two reports of the same estate. */
import { isViolation } from '../outcome.js';
import type { Report, ReportFinding } from './types.js';

export interface ReportDiff {
  /** Violations that count now and did not before. */
  readonly appeared: readonly ReportFinding[];
  /** Violations that counted before and do not any more: put right, waived, or no longer there. */
  readonly gone: readonly GoneFinding[];
  /** Everything else whose outcome or waiver differs. */
  readonly changed: readonly ChangedFinding[];
  /** Violations that count in both. */
  readonly same: number;
}

export interface GoneFinding {
  readonly before: ReportFinding;
  /** Absent: the later report does not name it, for it does not apply or its target is gone. */
  readonly after?: ReportFinding;
}

export interface ChangedFinding {
  readonly before: ReportFinding;
  readonly after: ReportFinding;
}

/** Whether a finding counts against the estate: a violation that no active waiver lies over. */
export function counts(finding: ReportFinding): boolean {
  return isViolation(finding.outcome) && finding.waiver?.state !== 'active';
}

/** Compares by the findings' ids, which are stable over runs. Pure. */
export function diffReports(earlier: Report, later: Report): ReportDiff {
  const before = new Map(earlier.findings.map((finding) => [finding.id, finding]));
  const after = new Map(later.findings.map((finding) => [finding.id, finding]));
  const counted = (finding: ReportFinding | undefined): boolean => finding !== undefined && counts(finding);
  const appeared = later.findings.filter((finding) => counts(finding) && !counted(before.get(finding.id)));
  return {
    appeared,
    gone: earlier.findings
      .filter((finding) => counts(finding) && !counted(after.get(finding.id)))
      .map((finding) => goneFinding(finding, after.get(finding.id))),
    changed: later.findings.flatMap((finding) => changedFinding(before.get(finding.id), finding)),
    same: later.findings.filter(counts).length - appeared.length,
  };
}

function goneFinding(before: ReportFinding, after: ReportFinding | undefined): GoneFinding {
  return after === undefined ? { before } : { before, after };
}

function changedFinding(before: ReportFinding | undefined, after: ReportFinding): ChangedFinding[] {
  if (before === undefined || counts(before) !== counts(after)) return [];
  const differs = before.outcome !== after.outcome || before.waiver?.state !== after.waiver?.state;
  return differs ? [{ before, after }] : [];
}
