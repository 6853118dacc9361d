/** The report as written to files and served: version 1. Its JSON Schema is published under docs/schemas. */
import type { Dict } from '../dict.js';
import type { Instant } from '../fact.js';
import type { Evidence } from '../judgement.js';
import type { FixableBy, Outcome, RemediationKind, Severity } from '../outcome.js';
import type { LedgerState } from '../policy/ledger.js';
import type { RuleMatch } from '../policy/policy.js';
import type { Target } from '../target.js';

export interface Report {
  readonly kind: 'Report';
  readonly version: 'v1';
  readonly generatedAt: Instant;
  readonly tool: { readonly name: 'holdfast'; readonly version: string };
  readonly source: ReportSource;
  readonly policy: { readonly hash: string };
  readonly summary: Summary;
  readonly findings: readonly ReportFinding[];
  /** The ledger of the policy's waivers, in its order; what `--control` and the like leave out counts here too. */
  readonly waivers?: readonly ReportLedgerEntry[];
}

/** By which road the snapshot came, from what, and when each controller was last read. */
export interface ReportSource {
  readonly road: string;
  readonly name: string;
  readonly takenAt: Instant;
}

export interface Summary {
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  /** Unwaived violations by severity. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly waived: number;
  /** 0 to 100, one decimal; null when there is nothing to weigh. */
  readonly score: number | null;
  /** The same without what only the charm, the cloud or nobody can fix. */
  readonly scoreOfFixable: number | null;
  readonly byModel: Dict<{
    readonly score: number | null;
    readonly violations: number;
    readonly unknown: number;
  }>;
}

export interface ReportFinding {
  /** sha256 of control and target: stable over runs. */
  readonly id: string;
  readonly control: string;
  readonly guide: string;
  readonly title: string;
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly message: string;
  readonly fixableBy: FixableBy;
  readonly upstream?: string;
  readonly target: Target;
  readonly evidence: readonly Evidence[];
  readonly validUntil?: Instant;
  /** Since when it is open, as far as the daemon has seen it. */
  readonly firstSeen?: Instant;
  /** It was as required before: when that changed, and what is known of who changed it. */
  readonly drift?: ReportDrift;
  readonly waiver?: ReportWaiver;
  readonly remediation?: ReportRemediation;
}

export interface ReportDrift {
  readonly lastGood: Instant;
  readonly firstBad: Instant;
  /** Who did it, in words: Juju's operations, our own changes, lines of the audit log in that time. */
  readonly who: string;
  /** Ids of the operations of others in that time. */
  readonly operations: readonly string[];
}

export interface ReportWaiver {
  readonly id: string;
  readonly kind: 'waived' | 'mitigated';
  readonly owner: string;
  readonly reason: string;
  readonly expiresAt: Instant;
  readonly state: 'active' | 'expired' | 'lapsed';
  readonly compensatedBy?: string;
}

/** A waiver of the policy with what became of it. */
export interface ReportLedgerEntry extends Omit<ReportWaiver, 'state'> {
  readonly state: LedgerState;
  readonly match: RuleMatch;
  readonly message: string;
  /** Judgements that its pattern fits. */
  readonly matched: number;
  /** Violations that it lies over now. */
  readonly covers: number;
}

export interface ReportRemediation {
  readonly kind: RemediationKind;
  readonly actions: readonly ReportAction[];
  /** The steps for a person, where no action is proposed. */
  readonly procedure?: string;
}

export interface ReportAction {
  readonly argv: readonly string[];
  readonly effect: string;
  readonly inverse?: readonly (readonly string[])[];
}
