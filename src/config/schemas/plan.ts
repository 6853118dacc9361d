import { z } from 'zod';
import { ActionDocument, actionTypes, PreconditionDocument } from './action.js';
import { Sha256, TargetDocument, Time } from './common.js';

const PlannedActionDocument = z.strictObject({
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
  controls: z.array(z.string()),
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
    actions: z.array(PlannedActionDocument),
  })
  .meta({ title: 'Holdfast plan, version 1' });
