/** What the contracts of the exports share. */
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { loadKnowledge } from '../../src/config/knowledge.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import { observeOnly } from '../../src/core/policy/policy.js';
import { buildReport } from '../../src/core/report/build.js';
import type { Report } from '../../src/core/report/types.js';
import { guides } from '../../src/guides/index.js';
import { exportReport as exported, type ExportFormat } from '../../src/report/exports/index.js';
import { capturedEstate } from '../support/captured-estate.js';
import { exportFinding, exportReport, fullReport, hostileTexts } from '../support/export-estate.js';

/** An export as its readers see it: text, or parsed JSON. */
export function made(format: ExportFormat, report: Report, failOnUnknown = false): unknown {
  const result = exported(format, report, { guides, failOnUnknown });
  return typeof result === 'string' ? result : JSON.parse(JSON.stringify(result));
}

export function validator(schema: unknown, unicodeRegExp: boolean): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp });
  formats.default(ajv);
  return ajv.compile(schema as AnySchemaObject);
}

/** Every breach of a schema, in words. */
export function breaches(validate: ValidateFunction, document: unknown): readonly string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** Texts that mean something to some reader, and texts of any characters. */
export const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...hostileTexts)).map((parts) => parts.join('')),
);

/** What all guides say of an estate that was recorded on a real Juju. */
async function recorded(): Promise<Report> {
  const snapshot = await capturedEstate('1-bare');
  const asOf = Date.parse(snapshot.takenAt);
  const findings = evaluate(
    guides,
    snapshot,
    { policy: observeOnly, knowledge: loadKnowledge(undefined) },
    asOf,
  );
  const source = { road: 'recording', name: '1-bare', takenAt: snapshot.takenAt };
  return buildReport({ findings, policy: observeOnly, source, toolVersion: '1.2.3', asOf, all: true });
}

export const reports: readonly (readonly [string, Report])[] = [
  ['everything that can happen', fullReport()],
  ['a recorded estate', await recorded()],
  ['nothing at all', exportReport([])],
  ['passes only', exportReport([exportFinding({ outcome: 'pass' })])],
  ['nothing that applies', exportReport([exportFinding({ outcome: 'not-applicable' })])],
];
