/** Answers and requests of the API under /api/v1. */
import { z } from 'zod';
import { ScoreName } from './score.js';
import { SeverityName, Time } from './common.js';
import {
  ApprovalDocument,
  AuditRecordDocument,
  DecisionDocument,
  PauseDocument,
  PauseItem,
  QuarantineDocument,
  RemediationDocument,
  WaitingPlanDocument,
} from './journal.js';
import { PlanDocument } from './plan.js';
import { FindingDocument, LedgerDocument, ReportDocument } from './report.js';

const text = z.string();
const count = z.int().min(0);
const version = z.literal('v1');

function listOf<K extends string, S extends z.ZodType>(kind: K, item: S) {
  return z.strictObject({ kind: z.literal(kind), version, items: z.array(item) });
}

/** Some of many. */
function pageOf<K extends string, S extends z.ZodType>(kind: K, item: S) {
  return z.strictObject({
    kind: z.literal(kind),
    version,
    total: count,
    offset: count,
    items: z.array(item),
  });
}

const standing = {
  score: ScoreName,
  short: z.record(SeverityName, count).meta({ description: 'Violations that are not waived.' }),
  violations: count,
  unknown: count,
  waived: count,
  passed: count,
} as const;

const ModelSheet = z.strictObject({
  controller: text.exactOptional(),
  model: text,
  ...standing,
  applications: z.array(z.strictObject({ application: text, ...standing })),
});

const ControlSheet = z.strictObject({
  id: text,
  title: text,
  guide: text,
  severity: SeverityName,
  section: text,
  rationale: text,
  remediation: z.enum(['auto', 'disruptive', 'manual']),
  fixableBy: z.enum(['operator', 'charm', 'cloud', 'none']),
  manual: text,
  references: z.array(text),
});

const verdict = { kind: z.literal('AuditVerdict'), version } as const;
const AuditVerdict = z.discriminatedUnion('state', [
  z.strictObject({ ...verdict, state: z.literal('whole'), first: count, last: count, hash: text }),
  z.strictObject({ ...verdict, state: z.literal('broken'), seq: count, reason: text }),
]);

const reason = text
  .max(500)
  .exactOptional()
  .meta({ description: 'Why, for those who read the audit trail.' });
const span = text.exactOptional().meta({ description: 'A duration such as 24h.' });

/** Every document of the API by its name in the description. */
export const apiDocuments = {
  Report: ReportDocument,
  Finding: FindingDocument,
  FindingList: pageOf('FindingList', FindingDocument),
  ModelList: listOf('ModelList', ModelSheet),
  TrendList: listOf('TrendList', z.strictObject({ at: Time, score: ScoreName, short: count })),
  Plan: PlanDocument,
  PlanList: listOf('PlanList', PlanDocument),
  RemediationList: pageOf('RemediationList', RemediationDocument),
  Orders: z.strictObject({
    kind: z.literal('Orders'),
    version,
    waiting: z.array(WaitingPlanDocument),
    decisions: z.array(DecisionDocument),
    quarantines: z.array(QuarantineDocument),
    pauses: z.array(PauseItem),
  }),
  WaiverList: listOf('WaiverList', LedgerDocument),
  AuditLog: listOf('AuditLog', AuditRecordDocument),
  AuditVerdict,
  ControlList: listOf('ControlList', ControlSheet),
  Approval: ApprovalDocument,
  Pause: PauseDocument,
  QuarantineList: listOf('QuarantineList', QuarantineDocument),
  PauseList: listOf('PauseList', PauseItem),
  Problem: z.strictObject({ kind: z.literal('Problem'), version, status: z.int(), message: text }),
  DecideRequest: z.strictObject({ reason, valid: span }),
  ClearRequest: z.strictObject({
    named: text.meta({ description: 'A control, or the id of a quarantine.' }),
    controller: text.exactOptional(),
    model: text.exactOptional(),
    application: text.exactOptional(),
    all: z.boolean().exactOptional().meta({ description: 'Every one that fits, where there are several.' }),
    reason,
  }),
  PauseRequest: z.strictObject({
    controller: text.exactOptional(),
    model: text.exactOptional(),
    for: span,
    until: text.exactOptional().meta({ description: 'RFC 3339; not together with for.' }),
    reason,
  }),
  ResumeRequest: z.strictObject({
    id: text.exactOptional(),
    all: z.boolean().exactOptional(),
    reason,
  }),
} as const;

export type ApiDocument = keyof typeof apiDocuments;
