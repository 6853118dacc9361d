import { z } from 'zod';
import { dict } from './dict.js';

const date = z.iso.date();
const sourced = { source: z.string().min(1), date };
const Floor = z.strictObject({
  ...sourced,
  floor: z.string().regex(/^\d+(\.\d+)*([-~+.].*)?$/, 'is no version'),
});

/** The tables, each an entry by name with its source and date. */
export const knowledgeTables = {
  jujuFloors: dict(Floor),
  workloadFloors: dict(dict(Floor)),
  trustNeeded: dict(z.strictObject(sourced)),
  retiredCharms: dict(
    z.strictObject({
      ...sourced,
      instead: z.string(),
      fromBase: z.string().exactOptional(),
      from: z.string().exactOptional(),
    }),
  ),
  tlsProviders: dict(
    z.strictObject({
      ...sourced,
      grade: z.enum(['production', 'self-signed', 'manual', 'retired']),
      endpoint: z.string(),
      ipSans: z.enum(['yes', 'no', 'configurable']),
      note: z.string(),
    }),
  ),
  collectors: dict(
    z.strictObject({
      ...sourced,
      agentEndpoint: z.string().exactOptional(),
      metrics: z.string(),
      logs: z.string(),
      dashboards: z.string(),
      traces: z.string().exactOptional(),
      intake: z
        .strictObject({ metrics: z.string(), logs: z.string(), dashboards: z.string(), traces: z.string() })
        .exactOptional(),
    }),
  ),
  bases: dict(z.strictObject({ ...sourced, supportedUntil: date })),
};

const head = { kind: z.literal('Knowledge'), version: z.literal('v1'), date };

export const KnowledgeDocument = z
  .strictObject({ ...head, ...knowledgeTables })
  .meta({ title: 'Holdfast knowledge, version 1' });

/** As given by `--data`: any of the tables, laid over the shipped ones entry by entry. */
export const KnowledgeOverlay = z
  .strictObject({ ...head, ...knowledgeTables })
  .partial()
  .required({ kind: true, version: true });
