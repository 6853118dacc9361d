import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { runCli, toyGuides, type Ran } from '../../test/support/cli.js';
import { exportReport, telling } from '../../test/support/export-estate.js';
import type { Report } from '../core/report/types.js';
import { exportReport as exported } from '../report/exports/index.js';
import type { Services } from './services.js';

const services: Partial<Services> = {
  html: (report, earlier) =>
    Promise.resolve([report, ...earlier].map(({ generatedAt }) => generatedAt).join(' ')),
  exported: (format, report, options) =>
    Promise.resolve(exported(format, report, { ...options, guides: toyGuides })),
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-report-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function saved(name: string, report: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(report));
  return file;
}

function run(argv: readonly string[], input = ''): Promise<Ran> {
  return runCli(argv, { services, io: { readInput: () => Promise.resolve(input) } });
}

describe('holdfast report', () => {
  const report: Report = exportReport(telling);

  test.each([
    ['table', /^Audit of prod/],
    ['json', /^{\n {2}"kind": "Report"/],
    ['html', /^2026-11-22T03:26:48Z$/],
    ['csv', /^id,control,guide/],
    ['junit', /^<\?xml version="1\.0"/],
    ['sarif', /^{"\$schema":"[^"]+sarif-2\.1\.0\.json"/],
    ['oscal', /^{"assessment-results":/],
  ])('prints a saved report as %s, and fails for nothing that it says', async (format, start) => {
    const { code, out, err } = await run(['report', '--from', saved('a.json', report), '--format', format]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(start);
  });

  it('gives back the report itself', async () => {
    const { out } = await run(['report', '--from', '-', '--format', 'json'], JSON.stringify(report));
    expect(JSON.parse(out)).toEqual(report);
  });

  it('writes into a file', async () => {
    const to = join(folder, 'out.csv');
    const from = saved('a.json', report);
    const { out, err } = await run(['report', '--from', from, '--format', 'csv', '--output', to]);
    expect([out, err]).toEqual(['', `wrote ${to}\n`]);
    expect(readFileSync(to, 'utf8')).toMatch(/^id,control/);
  });

  it('tells earlier reports to the page', async () => {
    const dated = (day: string): string =>
      saved(`${day}.json`, { ...report, generatedAt: `2026-11-${day}T00:00:00Z` });
    const from = saved('a.json', report);
    const { out } = await run([
      ...['report', '--from', from, '--format', 'html', '--history'],
      ...[dated('01'), dated('02')],
    ]);
    expect(out).toBe('2026-11-22T03:26:48Z 2026-11-01T00:00:00Z 2026-11-02T00:00:00Z');
  });

  it('takes what was not seen for an error in JUnit where it is told to', async () => {
    const from = saved('a.json', report);
    const { out } = await run(['report', '--from', from, '--format', 'junit', '--fail-on-unknown']);
    expect(out.match(/<error /g)).toHaveLength(1);
  });

  it('lets nothing through to the terminal that it would obey', async () => {
    const text = '\u001b[31m\u009b\u202e';
    const [first] = telling;
    const hostile = exportReport([{ ...first!, message: text, title: text, upstream: text }]);
    for (const format of ['table', 'json', 'csv', 'junit', 'sarif', 'oscal']) {
      const { out } = await run(['report', '--from', saved('h.json', hostile), '--format', format]);
      // eslint-disable-next-line no-control-regex -- these characters are what is looked for
      expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/);
    }
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no report at all', ['report'], /--from/],
    ['a file that is not there', ['report', '--from', 'no-such-file'], /no-such-file/],
    [
      'an unknown form',
      ['report', '--from', 'x', '--format', 'pdf'],
      /table, json, html, csv, junit, sarif, oscal/,
    ],
    [
      'a history that no form but the page tells',
      ['report', '--from', 'x', '--history', 'y'],
      /--format html/,
    ],
  ])('refuses %s', async (_name, argv, reason) => {
    const { code, err } = await run(argv);
    expect(code).toBe(1);
    expect(err).toMatch(reason);
  });

  it('says of a snapshot what it is, and how a report is made', async () => {
    const { code, err } = await run([
      'report',
      '--from',
      saved('s.json', { kind: 'Snapshot', version: 'v1' }),
    ]);
    expect(code).toBe(1);
    expect(err).toContain('its kind is Snapshot; "holdfast audit --format json --output FILE" makes one');
  });

  it('says so when a form is not part of this build', async () => {
    const argv = ['report', '--from', saved('a.json', report), '--format', 'sarif'];
    const { code, err } = await runCli(argv);
    expect([code, err]).toEqual([1, 'holdfast: --format sarif is not available in this build\n']);
  });
});

describe('holdfast audit in other forms', () => {
  test.each(['csv', 'junit', 'sarif', 'oscal'])(
    'prints %s, and its exit code says what it always does',
    async (format) => {
      const { code, out } = await run(['audit', '--status', '-', '--format', format], '{}');
      expect(code).toBe(2);
      expect(out).toContain('TOY-NET-01');
    },
  );

  it('says in JUnit what the exit code says of what was not seen', async () => {
    const { out } = await run(['audit', '--status', '-', '--format', 'junit', '--fail-on-unknown'], '{}');
    expect(out).toMatch(/<testsuite [^>]*failures="1" errors="2"/);
  });
});
