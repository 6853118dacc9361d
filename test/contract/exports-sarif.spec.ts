import sarifDraft4 from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { describe, expect, it, test } from '@jest/globals';
import type { AnySchemaObject } from 'ajv';
import fc from 'fast-check';
import type { Report } from '../../src/core/report/types.js';
import { guides } from '../../src/guides/index.js';
import { exportFinding, exportReport, hostileFinding, telling } from '../support/export-estate.js';
import { breaches, hostile, made, reports, validator } from './exports.js';

/** Written in draft 4 of JSON Schema; but for the names of its version and its id draft 7 reads it alike. */
function sarif21(): AnySchemaObject {
  const { id, ...schema } = sarifDraft4;
  return { ...schema, $id: id, $schema: 'http://json-schema.org/draft-07/schema#' };
}

const sarifSchema = validator(sarif21(), false);
interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly kind: string;
  readonly message: { readonly text: string };
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly { readonly status: string; readonly justification: string }[];
  readonly locations: readonly {
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
    readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string } };
  }[];
}

interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly { readonly id: string; readonly help?: { readonly text: string } }[];
    };
  };
  readonly taxonomies: readonly {
    readonly name: string;
    readonly taxa: readonly { readonly id: string }[];
  }[];
  readonly results: readonly SarifResult[];
}

describe('SARIF', () => {
  const run = (report: Report): SarifRun => {
    const { runs } = made('sarif', report) as { readonly runs: readonly [SarifRun] };
    return runs[0];
  };

  test.each(reports)('is valid under the schema of version 2.1.0: %s', (_name, report) => {
    expect(breaches(sarifSchema, made('sarif', report))).toEqual([]);
  });

  it('is held to the schema: what breaks it is seen', () => {
    const document = made('sarif', exportReport(telling)) as object;
    expect(breaches(sarifSchema, { ...document, version: '3', extra: 1 })).toHaveLength(2);
  });

  it('stays valid whatever the texts are', () => {
    fc.assert(
      fc.property(hostile, (one) => {
        const report = exportReport([hostileFinding(one, 1)], one);
        const onFile = { ...report, source: { ...report.source, road: 'bundle' } };
        expect(breaches(sarifSchema, made('sarif', onFile))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('has a result for what fails or was not seen, and for nothing else', () => {
    const { results } = run(exportReport(telling));
    const levels = new Map(results.map(({ ruleId, kind, level }) => [ruleId, `${kind} ${level}`]));
    expect(Object.fromEntries(levels)).toEqual({
      ...{ 'ETCD-ENC-01': 'fail error', 'ETCD-ENC-03': 'open none' },
      ...{ 'JUJU-USER-01': 'fail note', 'SITE-01': 'fail warning' },
    });
  });

  it('tells of each control what the guide says, and nothing of one that no guide knows', () => {
    const { tool, results } = run(exportReport(telling));
    const known = tool.driver.rules.find(({ id }) => id === 'ETCD-ENC-01');
    expect(known?.help?.text).toContain('https://');
    expect(tool.driver.rules.find(({ id }) => id === 'SITE-01')?.help).toBeUndefined();
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('names the sections of the guides as taxa', () => {
    const { taxonomies } = run(exportReport(telling));
    const section = guides
      .flatMap(({ controls }) => controls)
      .find(({ id }) => id === 'ETCD-ENC-01')?.section;
    expect(taxonomies.map(({ name }) => name)).toEqual(['charmed-etcd', 'juju', 'site']);
    expect(taxonomies[0]?.taxa.map(({ id }) => id)).toContain(section);
  });

  it('suppresses under an active waiver only', () => {
    const covered = telling.filter(({ waiver }) => waiver !== undefined);
    const suppressions = run(exportReport(covered)).results.map((result) => result.suppressions.length);
    expect(suppressions).toEqual([1, 1, 0, 0]);
    const [first] = run(exportReport(covered)).results;
    expect(first?.suppressions[0]).toMatchObject({ status: 'accepted' });
    expect(first?.suppressions[0]?.justification).toContain('data-platform');
  });

  it('calls a finding the same in every run, by its id', () => {
    const again = { ...exportReport(telling), generatedAt: '2027-01-01T00:00:00Z' };
    const prints = run(exportReport(telling)).results.map(({ fingerprints }) => fingerprints);
    expect(run(again).results.map(({ fingerprints }) => fingerprints)).toEqual(prints);
    expect(prints[0]).toEqual({ 'holdfastFindingId/v1': telling[0]?.id });
  });

  it('says where: the target, and the file where the estate was one', () => {
    const report = exportReport(telling, 'ci/my bundle.yaml');
    const onFile = { ...report, source: { ...report.source, road: 'bundle' } };
    const [location] = run(onFile).results[0]?.locations ?? [];
    expect(location?.logicalLocations[0]?.fullyQualifiedName).toBe(
      'application:controller/prod/model/data/application/etcd',
    );
    expect(location?.physicalLocation?.artifactLocation.uri).toBe('ci/my%20bundle.yaml');
  });

  it('lets no text be taken for a link or a placeholder', () => {
    const message = '[click](javascript:alert(1)) {0}';
    const [result] = run(exportReport([exportFinding({ more: { message } })])).results;
    expect(result?.message.text).toBe('prod:data/etcd: \\[click](javascript:alert(1)) {{0}}');
  });
});
