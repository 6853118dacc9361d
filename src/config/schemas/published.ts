import { z } from 'zod';
import { CasesFile } from '../custom/cases.js';
import { CustomControlFile } from '../custom/schema.js';
import { PolicyFile } from '../policy/schema.js';
import { withoutTimePattern, type JsonSchema } from './json-schema.js';
import { KnowledgeDocument } from './knowledge.js';
import { PlanDocument } from './plan.js';
import { RehearsalDocument } from './rehearsal.js';
import { ReportDocument } from './report.js';
import { SnapshotDocument } from './snapshot.js';

const documents = {
  'report.v1': ReportDocument,
  'plan.v1': PlanDocument,
  'rehearsal.v1': RehearsalDocument,
  'policy.v1': PolicyFile,
  'snapshot.v1': SnapshotDocument,
  'knowledge.v1': KnowledgeDocument,
  'control.v1': CustomControlFile,
  'control-cases.v1': CasesFile,
} as const;

type PublishedName = keyof typeof documents;

/** The JSON Schema (draft 2020-12) of every document of ours, as written by people and programs. */
export function publishedSchemas(): Readonly<Record<PublishedName, JsonSchema>> {
  const schemas = Object.entries(documents).map(([name, schema]) => [name, jsonSchema(schema)]);
  return Object.fromEntries(schemas) as Record<PublishedName, JsonSchema>;
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', reused: 'ref', override: withoutTimePattern });
}
