import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import { exportFinding, exportReport, hostileFinding, telling } from '../support/export-estate.js';
import { csvRows, xmlTree, type XmlNode } from '../support/python.js';
import { hostile, made, reports } from './exports.js';
import { junitBreaches } from './junit-rules.js';

function text(format: 'csv' | 'junit', report: Report, failOnUnknown = false): string {
  return String(made(format, report, failOnUnknown));
}

describe('CSV', () => {
  const rows = (report: Report): readonly Readonly<Record<string, string>>[] => {
    const [names = [], ...cells] = csvRows(text('csv', report));
    return cells.map((row) => Object.fromEntries(names.map((name, n) => [name, row[n] ?? ''])));
  };

  test.each(reports)('is what another reader can read: %s', (_name, report) => {
    const read = csvRows(text('csv', report));
    expect(read).toHaveLength(report.findings.length + 1);
    expect(new Set(read.map((row) => row.length))).toEqual(new Set([32]));
  });

  it('tells each finding with its place, its evidence, its remedy and its waiver', () => {
    const [first, units, waived] = rows(exportReport(telling));
    expect(first).toMatchObject({
      ...{
        control: 'ETCD-ENC-01',
        outcome: 'fail',
        counts: 'yes',
        place: 'prod:data/etcd',
        application: 'etcd',
      },
      evidence: 'seen none, wanted a relation (api: Client.FullStatus v8, 2026-11-22T03:26:48Z)',
      commands: 'juju integrate -m prod:admin/data etcd:client-certificates ca:certificates',
      first_seen: '2026-11-01T00:00:00Z',
    });
    expect(units?.['evidence']?.split('\n')).toHaveLength(3);
    expect(waived).toMatchObject({ counts: 'no', waiver_state: 'active', waiver_owner: 'data-platform' });
  });

  it('holds nothing that a spreadsheet would run, in whichever way it separates cells', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (texts) => {
        const written = text('csv', exportReport(texts.map(hostileFinding)));
        for (const separator of [/[,\n\r]/, /[;\n\r]/, /[\t\n\r]/])
          for (const cell of written.split(separator))
            expect(cell).not.toMatch(/^"?\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
      }),
      { numRuns: 100 },
    );
  });

  it('brings every other text through unchanged', () => {
    const texts = ['say "hi", then\nleave', 'größer 日本語 🚀', 'a;b', "it's", '1,5', ' spaced '];
    const read = rows(exportReport(texts.map((message) => exportFinding({ more: { message } }))));
    expect(read.map(({ message }) => message)).toEqual(texts);
  });
});

describe('JUnit', () => {
  const cases = (tree: XmlNode): readonly XmlNode[] =>
    tree.children.flatMap((suite) => suite.children.filter(({ name }) => name === 'testcase'));
  const verdicts = (report: Report, failOnUnknown = false): readonly string[] =>
    cases(xmlTree(text('junit', report, failOnUnknown))).map(({ children }) => children[0]?.name ?? 'passed');

  test.each(reports)('is valid under the schemas of Ant and of Jenkins: %s', (_name, report) => {
    expect(junitBreaches(xmlTree(text('junit', report)))).toEqual([]);
  });

  it('stays valid whatever the texts are', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 20, maxLength: 20 }), (one) => {
        const findings = one.map(hostileFinding);
        const tree = xmlTree(text('junit', exportReport([...findings, ...telling], one.join(''))));
        expect(junitBreaches(tree)).toEqual([]);
        expect(cases(tree)).toHaveLength(telling.length + one.length);
      }),
      { numRuns: 8 },
    );
  });

  test.each<[string, Partial<ReportFinding>, string]>([
    ['a violation is a failure', { outcome: 'fail' }, 'failure'],
    ['units that differ are a failure', { outcome: 'inconsistent' }, 'failure'],
    ['a pass passes', { outcome: 'pass' }, 'passed'],
    ['what was not seen is skipped, as the exit code has it', { outcome: 'unknown' }, 'skipped'],
    ['what a person has to judge is skipped', { outcome: 'manual' }, 'skipped'],
    ['what does not apply is skipped', { outcome: 'not-applicable' }, 'skipped'],
  ])('%s', (_name, more, verdict) => {
    expect(verdicts(exportReport([exportFinding({ more })]))).toEqual([verdict]);
  });

  it('takes what was not seen for an error where the caller does', () => {
    expect(verdicts(exportReport([exportFinding({ outcome: 'unknown' })]), true)).toEqual(['error']);
  });

  it('skips under an active waiver only', () => {
    const covered = telling.filter(({ waiver }) => waiver !== undefined);
    expect(verdicts(exportReport(covered))).toEqual(['skipped', 'skipped', 'failure', 'failure']);
  });

  it('has a suite for each guide, which counts its cases', () => {
    const suites = xmlTree(text('junit', exportReport(telling))).children;
    expect(
      suites.map(({ attributes: { name, tests, failures, skipped } }) => [name, tests, failures, skipped]),
    ).toEqual([
      ['charmed-etcd', '10', '4', '5'],
      ['juju', '1', '1', '0'],
      ['site', '1', '1', '0'],
    ]);
  });

  it('says in a failure what was seen and how to put it right', () => {
    const [first] = cases(xmlTree(text('junit', exportReport(telling))));
    expect(first?.children[0]?.text).toContain('seen none, wanted a relation (api: Client.FullStatus v8');
    expect(first?.children[0]?.text).toContain('juju integrate -m prod:admin/data');
  });
});
