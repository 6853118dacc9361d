import { hash } from 'node:crypto';
import { argvOf } from '../action/argv.js';
import type { Remedy } from '../action/action.js';
import type { AppliedWaiver, Finding } from '../finding.js';
import { isViolation } from '../outcome.js';
import type { LedgerEntry } from '../policy/ledger.js';
import type { Policy, Waiver } from '../policy/policy.js';
import { targetKey, type Target } from '../target.js';
import { instant } from '../time.js';
import { summarise } from './summary.js';
import type {
  Report,
  ReportAction,
  ReportDrift,
  ReportFinding,
  ReportLedgerEntry,
  ReportRemediation,
  ReportSource,
  ReportWaiver,
} from './types.js';

export interface ReportInput {
  readonly findings: readonly Finding[];
  readonly policy: Policy;
  readonly source: ReportSource;
  readonly toolVersion: string;
  /** The moment of judging, ms. */
  readonly asOf: number;
  /** Lists not-applicable findings too; they are always counted. */
  readonly all: boolean;
  /** The ledger of the policy's waivers over all that was judged. */
  readonly ledger?: readonly LedgerEntry[];
  /** What is known of how long a finding is open, by its id. */
  readonly history?: (id: string) => FindingHistory | undefined;
}

/** How long a finding is open, and how it came about. */
export interface FindingHistory {
  /** ms. */
  readonly since: number;
  readonly drift?: ReportDrift;
}

/** Builds the report. Pure. */
export function buildReport(input: ReportInput): Report {
  const { findings, policy, source, toolVersion, asOf, all } = input;
  const listed = all
    ? findings
    : findings.filter((finding) => finding.judgement.outcome !== 'not-applicable');
  return {
    kind: 'Report',
    version: 'v1',
    generatedAt: instant(asOf),
    tool: { name: 'holdfast', version: toolVersion },
    source,
    policy: { hash: policy.hash },
    summary: summarise(findings),
    findings: listed.map((finding) => reportFinding(finding, input.history)),
    ...(input.ledger === undefined ? {} : { waivers: input.ledger.map(reportLedgerEntry) }),
  };
}

/** sha256 (hex) of control and target: the finding's name over all runs. */
export function findingId(control: string, target: Target): string {
  return hash('sha256', `${control}\n${targetKey(target)}`);
}

function reportFinding(finding: Finding, historyOf: ReportInput['history']): ReportFinding {
  const { control, judgement, target } = finding;
  const id = findingId(control.id, target);
  const history = historyOf?.(id);
  const written: Writable<ReportFinding> = {
    id,
    control: control.id,
    guide: finding.guide.id,
    title: control.title,
    severity: control.severity,
    outcome: judgement.outcome,
    reason: judgement.reason,
    message: judgement.message,
    fixableBy: judgement.fixableBy ?? control.fixableBy,
    target,
    evidence: judgement.evidence,
  };
  if (judgement.upstream !== undefined) written.upstream = judgement.upstream;
  if (Number.isFinite(finding.validUntil)) written.validUntil = instant(finding.validUntil);
  if (history !== undefined) written.firstSeen = instant(history.since);
  if (history?.drift !== undefined) written.drift = history.drift;
  if (finding.waiver !== undefined) written.waiver = reportWaiver(finding.waiver);
  if (isViolation(judgement.outcome)) written.remediation = reportRemediation(finding);
  return written;
}

/** Being filled. */
type Writable<T> = { -readonly [K in keyof T]: T[K] };

function reportWaiver({ waiver, state }: AppliedWaiver): ReportWaiver {
  return { ...termsOf(waiver), state };
}

/** A waiver of the policy as reports and `policy check` show it. */
export function reportLedgerEntry({ waiver, ...entry }: LedgerEntry): ReportLedgerEntry {
  return { ...termsOf(waiver), ...entry, match: waiver.match };
}

function termsOf(waiver: Waiver): Omit<ReportWaiver, 'state'> {
  const { id, kind, owner, reason, expires, compensatedBy } = waiver;
  const terms = { id, kind, owner, reason, expiresAt: expires };
  return compensatedBy === undefined ? terms : { ...terms, compensatedBy };
}

function reportRemediation(finding: Finding): ReportRemediation {
  const { control, remedies } = finding;
  if (remedies.length === 0) return { kind: 'manual', actions: [], procedure: control.manual };
  const kind = remedies.some((remedy) => remedy.disruptive) ? 'disruptive' : 'auto';
  return { kind, actions: remedies.map(reportAction) };
}

function reportAction(remedy: Remedy): ReportAction {
  const action = { argv: ['juju', ...argvOf(remedy.action)], effect: remedy.effect };
  return 'inverse' in remedy.undo
    ? { ...action, inverse: remedy.undo.inverse.map((undo) => ['juju', ...argvOf(undo)]) }
    : action;
}
