import { describe, expect, it, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { findingOf, largeReport, everyOutcome, placesOf } from '../../../test/support/report-estate.js';
import { reportSchemas } from '../../../test/support/report-crds.js';
import { sampleReport } from '../../../test/support/report-samples.js';
import type { Report, ReportFinding } from '../report/types.js';
import { buildOpenReports } from './build.js';
import type { OpenReportsInput, ReportObject, ReportPlace } from './types.js';

const data: ReportPlace = {
  controller: 'prod',
  model: 'data',
  namespace: 'data',
  statefulSets: new Set(['etcd']),
};

function inputOf(report: Report, given: Partial<OpenReportsInput> = {}): OpenReportsInput {
  return {
    report,
    places: { models: [data] },
    format: 'OpenReports',
    instance: 'holdfast',
    withClusterReports: true,
    whole: '/report.json of Holdfast',
    ...given,
  };
}

function all(input: OpenReportsInput): readonly ReportObject[] {
  return [...buildOpenReports(input)];
}

interface Parsed {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly summary: Readonly<Record<string, number>>;
  readonly results: readonly {
    readonly rule: string;
    readonly result: string;
    readonly severity?: string;
    readonly message: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly resources?: readonly object[];
  }[];
}

function parsed({ body }: ReportObject): Parsed {
  return JSON.parse(body) as Parsed;
}

function build(
  findings: readonly ReportFinding[],
  given: Partial<OpenReportsInput> = {},
): readonly ReportObject[] {
  return all(inputOf(sampleReport(findings), given));
}

/** The only report that there is, as an object. */
function only(findings: readonly ReportFinding[], given: Partial<OpenReportsInput> = {}): Parsed {
  const [object, ...more] = build(findings, given);
  if (object === undefined || more.length > 0) throw new Error('not one report');
  return parsed(object);
}

/** The schema of a CRD, with what an API server does beside it: fields that it does not know are refused. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return (schema as readonly unknown[]).map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema as Readonly<Record<string, unknown>>).map(
    ([key, value]) => [key, key === 'metadata' ? value : strict(value)] as const,
  );
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  return 'properties' in copy && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}

describe('a report in a format of Kubernetes', () => {
  it('has one object for each model and one for each controller, of the cluster where no namespace is theirs', () => {
    const objects = build([
      findingOf({}),
      findingOf({ kind: 'user', model: undefined, application: undefined, user: 'bob' } as never),
      findingOf({ model: 'machines', application: 'postgresql' }),
      findingOf({ controller: 'stage', model: 'x' }),
    ]);
    expect(objects.map(({ kind, namespace, name }) => [kind, namespace, name])).toEqual([
      ['Report', 'data', 'holdfast'],
      ['ClusterReport', undefined, 'holdfast-prod.machines'],
      ['ClusterReport', undefined, 'holdfast-prod'],
      ['ClusterReport', undefined, 'holdfast-stage.x'],
    ]);
    expect(objects.map((object) => parsed(object).summary['fail'])).toEqual([1, 1, 1, 1]);
  });

  it('tells of a model with nothing to tell, too', () => {
    expect(only([]).summary).toEqual({ pass: 0, fail: 0, warn: 0, error: 0, skip: 0 });
  });

  it('leaves the rest out where the cluster may not be written to, and what belongs to another cluster', () => {
    const rest = [findingOf({ model: 'machines' })];
    const isElsewhere = (_: string, model: string | undefined): boolean => model === 'machines';
    expect(build(rest, { withClusterReports: false })).toHaveLength(1);
    expect(build(rest, { places: { models: [data], isElsewhere } })).toHaveLength(1);
  });

  it('gives a namespace that two models claim to the first, and the other to the rest', () => {
    const models = [{ ...data, controller: 'stage' }, data];
    const objects = build([findingOf({}), findingOf({ controller: 'stage' })], { places: { models } });
    expect(objects.map(({ kind, controller }) => [kind, controller])).toEqual([
      ['Report', 'prod'],
      ['ClusterReport', 'stage'],
    ]);
  });

  test.each<[string, Partial<ReportFinding>, string | undefined]>([
    ['a violation fails', {}, 'fail'],
    ['units that differ fail', { outcome: 'inconsistent' }, 'fail'],
    ['what could not be seen is an error, never a pass', { outcome: 'unknown' }, 'error'],
    ['what a person has to look at is a warning', { outcome: 'manual' }, 'warn'],
    ['what is as required is only counted', { outcome: 'pass' }, undefined],
    ['what does not apply is only counted', { outcome: 'not-applicable' }, undefined],
  ])('%s', (_, finding, word) => {
    const { results } = only([findingOf({}, finding)]);
    expect(results.map(({ result }) => result)).toEqual(word === undefined ? [] : [word]);
  });

  test.each([
    ['active', 'skip'],
    ['expired', 'fail'],
    ['lapsed', 'fail'],
  ] as const)('a waiver that is %s makes it %s, and what was judged stays to be read', (state, word) => {
    const terms = {
      id: 'w1',
      kind: 'waived',
      owner: 'ada',
      reason: 'r',
      expiresAt: '2027-01-01T00:00:00Z',
    } as const;
    const [result] = only([findingOf({}, { waiver: { ...terms, state } })]).results;
    expect(result).toMatchObject({ result: word, properties: { waiver: 'w1', waiverState: state } });
    if (word === 'skip') expect(result?.properties['outcome']).toBe('fail');
  });

  it('names guide, control, chapter, reason and the StatefulSet that it is about', () => {
    const { results } = only([findingOf({})], { categoryOf: () => 'Encryption' });
    expect(results[0]).toMatchObject({
      policy: 'charmed-etcd',
      rule: 'ETCD-ENC-01',
      category: 'Encryption',
      resources: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'data', name: 'etcd' }],
      properties: { reason: 'ClientTlsDisabled', fixableBy: 'operator' },
      timestamp: { seconds: Date.parse('2026-11-22T03:26:48Z') / 1000, nanos: 0 },
    });
  });

  it('refers to no StatefulSet that is not there, and names the target in words', () => {
    const [result] = only([findingOf({ application: 'podspec' })]).results;
    expect(result?.resources).toBeUndefined();
    expect(result?.properties['target']).toBe('prod:data/podspec');
  });

  it('shows hostile texts as one harmless line of bounded length', () => {
    const message = `a\u001b[31m\nb\u202ec\ud800${'x'.repeat(5000)}`;
    const [result] = only([findingOf({ user: '\u0000bob\u2028' }, { message })]).results;
    expect(result?.message).toMatch(/^a \[31m b c\ufffdx+…$/);
    expect(result?.message).toHaveLength(200);
    expect(result?.properties['target']).toBe('prod:data/etcd bob');
  });

  it('puts names from outside into labels that an API server takes, told apart where they read the same', () => {
    const names = ['admin/data', 'admin:data', 'x'.repeat(80), '-', '..', 'ä', '__proto__', 'data'];
    const models = names.map((model, index) => ({
      ...data,
      model,
      controller: model,
      namespace: `n${index}`,
    }));
    const labels = build([], { places: { models } }).map((object) => parsed(object).metadata.labels);
    const values = labels.flatMap((own) => [own['holdfast/model'] ?? '', own['holdfast/controller'] ?? '']);
    for (const value of values) expect(value).toMatch(/^(?=.{1,63}$)[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/);
    expect(new Set(values).size).toBe(names.length);
    expect(values).toContain('data');
  });

  test.each([
    ['a controller whose name is no name of an object', 'Prod_Cloud!', /^holdfast-prod-cloud-[0-9a-f]{10}$/],
    ['one that is', 'prod-1', /^holdfast-prod-1$/],
  ])('gives %s a name of its own', (_, controller, name) => {
    const ofController = { ...findingOf({}), target: { kind: 'controller', controller } } as const;
    const [object] = build([ofController], { places: { models: [] } });
    expect(object?.name).toMatch(name);
  });

  test.each([
    ['OpenReports', 'openReports'],
    ['PolicyReport', 'policyReports'],
    ['FirstPolicyReport', 'firstPolicyReports'],
  ] as const)('is what the definition of %s takes, unknown fields refused', (format, schema) => {
    const ajv = new Ajv({ strict: false, formats: { int32: true, int64: true } });
    const validate = ajv.compile(strict(reportSchemas[schema]) as object);
    const report = largeReport({ models: 3, findings: 600, outcome: everyOutcome });
    const limits = { all: 40_000, one: 20_000 };
    const objects = all(
      inputOf(report, {
        format,
        limits,
        places: { models: placesOf({ models: 2 }) },
        categoryOf: () => 'Encryption',
      }),
    );
    expect(objects).toHaveLength(3);
    for (const object of objects) {
      expect([validate(JSON.parse(object.body)), validate.errors]).toEqual([true, null]);
      expect(object.leftOut).toBeGreaterThan(0);
    }
  });

  it('is the same to the byte for the same findings, at any time and in any order', () => {
    const report = largeReport({ models: 5, findings: 500 });
    const places = { models: placesOf({ models: 5 }) };
    const later = { ...report, generatedAt: '2027-01-01T00:00:00Z', findings: report.findings.toReversed() };
    const before = all(inputOf(report, { places }));
    const after = all(inputOf(later, { places: { models: places.models.toReversed() } }));
    expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
  });

  it('says its content in an annotation, which changes with what it says', () => {
    const [before] = build([findingOf({})]);
    const [after] = build([findingOf({}, { message: 'another' })]);
    expect(before?.body).toContain(`"holdfast/content":"${before?.content ?? ''}"`);
    expect(after?.content).not.toBe(before?.content);
  });
});

describe('the size of reports', () => {
  const bytes = (objects: readonly ReportObject[]): number[] =>
    objects.map(({ body }) => Buffer.byteLength(body));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

  test.each([
    ['every fifth finding of 100 models a violation', 100, undefined],
    ['every finding of 100 models a violation', 100, () => 'fail' as const],
    ['every finding of a single model a violation', 1, () => 'fail' as const],
    ['every finding unknown', 300, () => 'unknown' as const],
  ])('stays below 1 MB with 10,000 findings: %s', (_, models, outcome) => {
    const report = largeReport({ models, findings: 10_000, ...(outcome === undefined ? {} : { outcome }) });
    const objects = all(inputOf(report, { places: { models: placesOf({ models }) } }));
    expect(sum(bytes(objects))).toBeLessThan(1_000_000 - 600 * objects.length);
    expect(Math.max(...bytes(objects))).toBeLessThan(250_000);
    expect(sum(objects.map((object) => sum(Object.values(parsed(object).summary))))).toBe(10_000);
  });

  it('lists everything where it fits', () => {
    const outcome = (index: number) => (index % 7 === 0 ? 'fail' : 'pass');
    const report = largeReport({ models: 100, findings: 10_000, outcome });
    const objects = all(inputOf(report, { places: { models: placesOf({ models: 100 }) } }));
    expect(sum(objects.map(({ leftOut }) => leftOut))).toBe(0);
    expect(sum(objects.map((object) => parsed(object).results.length))).toBe(1429);
  });

  it('cuts the least urgent, and ends with how many are left out and where to read them', () => {
    const findings = Array.from({ length: 200 }, (_, index) =>
      findingOf({ application: `app-${index}` }, { severity: index % 2 === 0 ? 'low' : 'critical' }),
    );
    const { results, summary } = only(findings, { limits: { one: 40_000 } });
    const closing = results.at(-1);
    const severities = results.slice(0, -1).map(({ severity }) => severity);
    expect(severities).toEqual(severities.toSorted());
    expect(closing).toMatchObject({ rule: 'ResultsLeftOut', result: 'warn' });
    expect(closing?.properties['leftOut']).toBe(String(201 - results.length));
    expect(closing?.message).toContain('/report.json of Holdfast');
    expect(summary['fail']).toBe(200);
  });

  it('gives small reports what they need, and shares the rest among the large', () => {
    const large = Array.from({ length: 3000 }, (_, index) =>
      findingOf({ model: `m${index % 2}`, application: `a${index}` }),
    );
    const models = placesOf({ models: 3 });
    const objects = build([...large, findingOf({ model: 'm2' })], {
      places: { models },
      limits: { all: 200_000 },
    });
    expect(objects.map(({ leftOut }) => leftOut > 0)).toEqual([true, true, false]);
    const [first = 0, second = 0] = bytes(objects);
    expect(Math.abs(first - second)).toBeLessThan(1000);
    expect(first + second).toBeGreaterThan(120_000);
  });

  it('does not recut the others when a single finding changes', () => {
    const report = largeReport({ models: 100, findings: 10_000, outcome: () => 'fail' });
    const [first, ...others] = report.findings;
    if (first === undefined) throw new Error('no finding');
    const changed = { ...report, findings: [{ ...first, message: 'another' }, ...others] };
    const places = { models: placesOf({ models: 100 }) };
    const before = all(inputOf(report, { places }));
    const after = all(inputOf(changed, { places }));
    expect(
      after.filter(({ content }, index) => content !== before[index]?.content).length,
    ).toBeLessThanOrEqual(1);
  });
});
