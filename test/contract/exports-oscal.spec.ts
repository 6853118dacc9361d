import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { counts } from '../../src/core/report/diff.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import {
  exportFinding,
  exportReport,
  fullReport,
  hostileFinding,
  telling,
} from '../support/export-estate.js';
import { breaches, hostile, made, reports, validator } from './exports.js';

const oscalSchema = validator(
  JSON.parse(
    readFileSync(new URL('../fixtures/oscal/assessment-results-1.1.3.schema.json', import.meta.url), 'utf8'),
  ),
  true,
);

interface OscalFinding {
  readonly uuid: string;
  readonly target: {
    readonly 'target-id': string;
    readonly status: { readonly state: string; readonly reason: string };
  };
  readonly 'related-observations': readonly { readonly 'observation-uuid': string }[];
  readonly 'related-risks'?: readonly { readonly 'risk-uuid': string }[];
}

interface OscalResult {
  readonly 'local-definitions': { readonly 'inventory-items': readonly { readonly uuid: string }[] };
  readonly 'reviewed-controls': {
    readonly 'control-selections': readonly {
      readonly 'include-controls': readonly { readonly 'control-id': string }[];
    }[];
  };
  readonly observations: readonly {
    readonly uuid: string;
    readonly methods: readonly string[];
    readonly subjects: readonly { readonly 'subject-uuid': string }[];
    readonly 'relevant-evidence'?: readonly { readonly description: string }[];
    readonly collected: string;
  }[];
  readonly risks: readonly { readonly uuid: string; readonly status: string; readonly deadline?: string }[];
  readonly findings: readonly OscalFinding[];
}

describe('OSCAL', () => {
  const result = (report: Report): OscalResult => {
    const document = made('oscal', report) as {
      readonly 'assessment-results': { readonly results: readonly [OscalResult] };
    };
    return document['assessment-results'].results[0];
  };

  test.each(reports)('is valid under the schema of assessment results 1.1: %s', (_name, report) => {
    expect(breaches(oscalSchema, made('oscal', report))).toEqual([]);
  });

  it('stays valid whatever the texts are', () => {
    fc.assert(
      fc.property(hostile, (one) => {
        expect(breaches(oscalSchema, made('oscal', exportReport([hostileFinding(one, 1)], one)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is held to the schema: what breaks it is seen', () => {
    const document = made('oscal', exportReport(telling)) as {
      'assessment-results': Record<string, unknown>;
    };
    const broken = { 'assessment-results': { ...document['assessment-results'], uuid: 'x', extra: 1 } };
    expect(breaches(oscalSchema, broken)).toHaveLength(2);
  });

  test.each<[ReportFinding['outcome'], string]>([
    ['pass', 'satisfied pass'],
    ['fail', 'not-satisfied fail'],
    ['inconsistent', 'not-satisfied fail'],
    ['unknown', 'not-satisfied other'],
    ['manual', 'not-satisfied other'],
  ])('has the objective of a control that is %s as %s', (outcome, expected) => {
    const [finding] = result(exportReport([exportFinding({ outcome })])).findings;
    expect(`${finding?.target.status.state ?? ''} ${finding?.target.status.reason ?? ''}`).toBe(expected);
  });

  it('has an observation for each unit, with its evidence and the way it was got', () => {
    const { observations, 'local-definitions': local } = result(exportReport(telling.slice(1, 2)));
    expect(observations.map(({ methods }) => methods)).toEqual([['TEST'], ['EXAMINE'], ['EXAMINE']]);
    expect(observations.map((one) => one['relevant-evidence']?.[0]?.description)).toEqual([
      ...['Seen: TLS\n\nWanted: TLS', 'Seen: clear\n\nWanted: TLS', 'Seen: clear\n\nWanted: TLS'],
    ]);
    const items = new Set(local['inventory-items'].map(({ uuid }) => uuid));
    for (const { subjects } of observations) expect(items).toContain(subjects[0]?.['subject-uuid']);
  });

  it('has a risk for each violation, open unless a waiver lies over it now', () => {
    const { risks } = result(exportReport(telling));
    const violations = telling.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconsistent');
    expect(risks.map(({ status }) => status)).toEqual(
      violations.map((finding) => (counts(finding) ? 'open' : 'deviation-approved')),
    );
    expect(risks[2]?.deadline).toBe('2027-03-31T00:00:00Z');
  });

  it('refers to nothing that is not in the file, and names nothing twice', () => {
    const { observations, risks, findings } = result(fullReport());
    const ids = [observations, risks, findings].flatMap((list) => list.map(({ uuid }) => uuid));
    expect(new Set(ids).size).toBe(ids.length);
    for (const finding of findings)
      for (const { 'observation-uuid': uuid } of finding['related-observations']) expect(ids).toContain(uuid);
    for (const { 'related-risks': related = [] } of findings)
      for (const { 'risk-uuid': uuid } of related) expect(ids).toContain(uuid);
  });

  it('lists every control that was judged, and only what applies as a finding', () => {
    const { 'reviewed-controls': reviewed, findings } = result(exportReport(telling));
    const controls = reviewed['control-selections'].flatMap((one) => one['include-controls']);
    expect(controls).toHaveLength(new Set(telling.map(({ control }) => control)).size);
    expect(findings).toHaveLength(telling.filter(({ outcome }) => outcome !== 'not-applicable').length);
  });

  it('gives the same finding the same UUID in every file, and each file its own', () => {
    const first = made('oscal', exportReport(telling)) as { 'assessment-results': { uuid: string } };
    const later = { ...exportReport(telling), generatedAt: '2027-01-01T00:00:00Z' };
    const second = made('oscal', later) as { 'assessment-results': { uuid: string } };
    expect(result(later).findings.map(({ uuid }) => uuid)).toEqual(
      result(exportReport(telling)).findings.map(({ uuid }) => uuid),
    );
    expect(first['assessment-results'].uuid).not.toBe(second['assessment-results'].uuid);
    expect(made('oscal', exportReport(telling))).toEqual(first);
  });
});
