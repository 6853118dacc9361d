import { z } from 'zod';
import { ActionDocument, actionTypes, ModelRef, PreconditionDocument } from './action.js';
import { Sha256, TargetDocument, Time } from './common.js';

const count = z.number();

/** The limits in force; durations in seconds. */
const LimitsDocument = z.strictObject({
  applications: count,
  percent: count,
  units: count,
  actions: count,
  perHour: count,
  attempts: count,
  attemptWindow: count,
  failures: count,
  failureWindow: count,
  coolDown: count,
  flips: count,
  flipWindow: count,
  approvalValidity: count,
  backupAge: count.exactOptional(),
  rollback: z.enum(['auto', 'never']),
  plaintextRollback: z.boolean(),
  disruptive: z.enum(['approval', 'window', 'allow']),
});

const RecipeStepDocument = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('run-action'), action: z.string() }),
  z.strictObject({ type: z.literal('set-config'), key: z.string(), value: z.string() }),
  z.strictObject({
    type: z.literal('refresh'),
    revision: z.int().min(0).exactOptional(),
    channel: z.string().exactOptional(),
    trust: z.literal(true).exactOptional(),
  }),
]);

const RecipeDocument = z
  .strictObject({
    type: z.literal('refresh'),
    model: ModelRef,
    application: z.string(),
    revision: z.int(),
    steps: z.array(RecipeStepDocument),
  })
  .meta({ description: 'Of what larger thing the action is a step: an approval is for all of it.' });

export const PlannedActionDocument = z.strictObject({
  id: z.string(),
  type: z.enum(actionTypes),
  args: ActionDocument,
  preconditions: z.array(PreconditionDocument),
  argv: z.array(z.string()).min(2),
  effect: z.string(),
  inverse: z.array(ActionDocument).exactOptional(),
  irreversible: z.string().exactOptional(),
  risk: z.enum(['low', 'medium', 'high']),
  disruptive: z.boolean(),
  repeatable: z.boolean(),
  cutsOff: z.array(z.string()),
  note: z.string().exactOptional(),
  recipe: RecipeDocument.exactOptional(),
  controls: z.array(z.string()),
  limits: LimitsDocument.exactOptional(),
});

export const PlanDocument = z
  .strictObject({
    kind: z.literal('Plan'),
    version: z.literal('v1'),
    id: z.string(),
    hash: Sha256,
    target: TargetDocument,
    createdAt: Time,
    findings: z.array(Sha256),
    limits: LimitsDocument,
    actions: z.array(PlannedActionDocument),
    partOf: z
      .strictObject({ hash: Sha256, n: z.int(), of: z.int(), actions: z.array(z.string()) })
      .exactOptional(),
  })
  .meta({ title: 'Holdfast plan, version 1' });
