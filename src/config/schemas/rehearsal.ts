import { z } from 'zod';
import { OutcomeName, RemediationState, SeverityName, Sha256, TargetDocument, Time } from './common.js';

const count = z.int().min(0);
const seconds = z.number().min(0);

const StepDocument = z.strictObject({
  argv: z.array(z.string()).min(2),
  effect: z.string(),
  controls: z.array(z.string()),
  state: RemediationState,
  reason: z.string(),
  message: z.string(),
  ranAt: seconds.exactOptional().meta({ description: 'Seconds after the first command of the plan.' }),
  verifiedAt: seconds.exactOptional(),
  holds: z
    .array(z.strictObject({ rail: z.string(), reason: z.string(), message: z.string() }))
    .meta({ description: 'The safety rails that would hold it in the real estate now.' }),
  restarts: z.array(z.strictObject({ unit: z.string(), at: seconds, seconds })),
  cutsOff: z.array(z.string()),
  clients: z.array(
    z.strictObject({
      client: z.string(),
      application: z.string(),
      secondsWithout: seconds.meta({ description: 'How long no unit at all answered.' }),
      breaks: count.meta({ description: 'How often a unit went away.' }),
    }),
  ),
});

const PlanDocument = z.strictObject({
  target: TargetDocument,
  hash: Sha256.exactOptional().meta({ description: 'Of the plan as `holdfast plan` shows it.' }),
  seconds,
  steps: z.array(StepDocument),
});

const Standing = z.strictObject({
  score: z.number().min(0).max(100).nullable(),
  violations: count,
  unknown: count,
});

const about = { control: z.string(), severity: SeverityName, target: TargetDocument } as const;

export const RehearsalDocument = z
  .strictObject({
    kind: z.literal('Rehearsal'),
    version: z.literal('v1'),
    rehearsedAt: Time,
    tool: z.strictObject({ name: z.literal('holdfast'), version: z.string() }),
    source: z.strictObject({ road: z.string(), name: z.string(), takenAt: Time }),
    policy: z.strictObject({ hash: z.string() }),
    plans: z.array(PlanDocument),
    compliance: z.strictObject({
      before: Standing,
      after: Standing,
      changes: z.array(
        z.strictObject({
          ...about,
          from: OutcomeName.exactOptional(),
          to: OutcomeName.exactOptional(),
          message: z.string(),
        }),
      ),
    }),
    left: z.array(
      z.strictObject({ ...about, why: z.enum(['by-hand', 'observed', 'held']), message: z.string() }),
    ),
    doubts: z.array(z.string()).meta({ description: 'What the copy cannot know of the original.' }),
  })
  .meta({ title: 'Holdfast rehearsal, version 1' });
