/** What the journal holds, as the API gives it away. */
import { z } from 'zod';
import { RemediationState, Sha256, TargetDocument, Time } from './common.js';
import { PlanDocument, PlannedActionDocument } from './plan.js';

const text = z.string();
const count = z.int().min(0);

export const RemediationDocument = z.strictObject({
  id: text,
  planHash: Sha256,
  actionId: text,
  target: TargetDocument,
  controls: z.array(text),
  argv: z.array(text),
  action: PlannedActionDocument,
  findings: z.array(z.strictObject({ control: text, guide: text, target: TargetDocument })),
  state: RemediationState,
  reason: text,
  message: text,
  attempts: count,
  startedAt: Time,
  updatedAt: Time,
  note: text.exactOptional(),
});

const approvalShape = {
  id: text,
  planHash: Sha256,
  decision: z.enum(['approve', 'deny']),
  by: text,
  at: Time,
  expiresAt: Time,
  reason: text.exactOptional(),
} as const;

export const ApprovalDocument = z.strictObject({
  kind: z.literal('Approval'),
  version: z.literal('v1'),
  ...approvalShape,
});

export const DecisionDocument = z.strictObject({ ...approvalShape, plan: PlanDocument });

export const QuarantineDocument = z.strictObject({
  id: text,
  control: text,
  target: TargetDocument,
  reason: text,
  message: text,
  since: Time,
});

const pauseShape = {
  id: text,
  controller: text.exactOptional(),
  model: text.exactOptional(),
  by: text,
  at: Time,
  until: Time.exactOptional(),
  reason: text.exactOptional(),
} as const;

export const PauseItem = z.strictObject(pauseShape);

export const PauseDocument = z.strictObject({
  kind: z.literal('Pause'),
  version: z.literal('v1'),
  ...pauseShape,
});

export const WaitingPlanDocument = z.strictObject({
  plan: PlanDocument,
  reason: text,
  message: text,
  since: Time,
});

export const AuditRecordDocument = z.strictObject({
  kind: z.literal('AuditRecord'),
  version: z.literal('v1'),
  seq: z.int().min(1),
  at: Time,
  actor: text,
  event: text,
  why: text,
  body: z.record(z.string(), z.unknown()),
  prevHash: text,
  hash: Sha256,
});
