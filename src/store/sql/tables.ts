/**
 * The journal's tables. Bodies are JSON; columns beside them are what is looked for. Moments stand in milliseconds since
 * 1970-01-01T00:00:00Z wherever they are compared, for instants of unequal precision do not sort as text.
 */
import type { Generated } from 'kysely';

export interface Tables {
  /** One row: the version of these tables. */
  readonly schema_version: { readonly version: number };
  /** Who has which part, with the newest fence of each, and how often it was written with it. */
  readonly part: PartRow;
  readonly remediation: RemediationRow;
  readonly step: StepRow;
  readonly plan: { readonly hash: string; readonly at_ms: number; readonly body: string };
  /** The last word of a person on a plan, with the plan as it stood then. */
  readonly approval: ApprovalRow;
  readonly quarantine: QuarantineRow;
  readonly pause: PauseRow;
  readonly mark: MarkRow;
  /** Of each account the last change of its password that was begun, and that was done. */
  readonly rotation: { readonly id: string; readonly body: string };
  /** Messages that are not delivered yet. */
  readonly outbox: OutboxRow;
  /** What targets of notifications were told and was not taken back. */
  readonly told: ToldRow;
  readonly audit: AuditRow;
  /** One row: where the audit trail begins and ends. */
  readonly chain: ChainRow;
}

interface PartRow {
  readonly name: string;
  readonly fence: number;
  readonly writes: number;
  readonly holder: string;
  readonly taken_ms: number;
}

interface RemediationRow {
  readonly id: string;
  /** In the order in which they came. */
  readonly n: number;
  readonly plan_hash: string;
  readonly target: string;
  readonly state: string;
  /** 1: nothing follows. */
  readonly ended: number;
  readonly updated_ms: number;
  /** Of the daemon that wrote it; 0 for a person. */
  readonly fence: number;
  readonly body: string;
}

interface StepRow {
  readonly remediation: string;
  readonly n: number;
  readonly state: string;
  readonly fence: number;
  readonly body: string;
}

interface ApprovalRow {
  readonly plan_hash: string;
  readonly at_ms: number;
  readonly expires_ms: number;
  readonly body: string;
  readonly plan: string;
}

interface QuarantineRow {
  readonly id: string;
  readonly since_ms: number;
  readonly control: string;
  readonly target: string;
  readonly body: string;
}

interface PauseRow {
  readonly id: string;
  readonly at_ms: number;
  readonly until_ms: number | null;
  readonly body: string;
}

interface MarkRow {
  readonly n: number;
  readonly at_ms: number;
  readonly controller: string;
  readonly kind: string;
  readonly body: string;
}

interface OutboxRow {
  readonly id: string;
  /** In the order in which they came. */
  readonly n: number;
  readonly target: string;
  readonly unit: string;
  readonly body: string;
}

interface ToldRow {
  readonly target: string;
  readonly id: string;
  readonly body: string;
}

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly at_ms: number;
  readonly actor: string;
  readonly event: string;
  readonly why: string;
  readonly body: string;
  readonly prev_hash: string;
  readonly hash: string;
}

interface ChainRow {
  readonly one: Generated<number>;
  /** The last record that retention removed. */
  readonly base_seq: number;
  readonly base_hash: string;
  /** The last record that was written. */
  readonly head_seq: number;
  readonly head_hash: string;
}
