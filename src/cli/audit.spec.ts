import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { openEstate, runCli } from '../../test/support/cli.js';
import type { Report } from '../core/report/types.js';
import { width } from './render/text.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-audit-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const audit = ['audit', '--status', '-'];

describe('exit codes', () => {
  const closed = openEstate(['etcd']);
  test.each([
    ['2 when something is to be put right', openEstate(), [], 2],
    ['0 when nothing is', closed, [], 0],
    ['3 when something was not seen, if that matters', closed, ['--fail-on-unknown'], 3],
    ['2 rather than 3', openEstate(), ['--fail-on-unknown'], 2],
    ['0 when what falls short is not among the wanted', openEstate(), ['--application', 'etcd'], 0],
    ['0 when it is not as severe as wanted', openEstate(), ['--severity', 'critical'], 0],
  ])('%s', async (_name, snapshot, options, code) => {
    expect((await runCli([...audit, ...options], { snapshot })).code).toBe(code);
  });

  test.each([
    [
      'no source',
      ['audit'],
      /nothing to read was named.*juju status --format json \| holdfast audit --status -/s,
    ],
    ['two sources', ['audit', '--status', '-', '--bundle', 'b'], /choose one of --status and --bundle/],
    ['a missing file', ['audit', '--status', '/nowhere'], /\/nowhere cannot be read: there is no such file/],
    ['a source that is not built in', ['audit', '--juju'], /--juju is not available/],
    [
      'a mistyped control',
      [...audit, '--control', 'TOY-NET-02'],
      /--control TOY-NET-02 matches nothing \(did you mean TOY-NET-01\?\)/,
    ],
    [
      'a mistyped application',
      [...audit, '--application', 'kafak'],
      /--application kafak matches nothing \(did you mean kafka\?\)/,
    ],
    ['a wrong format', [...audit, '--format', 'xml'], /argument 'xml' is invalid/],
    ['an unknown option', [...audit, '--basline', 'x'], /unknown option '--basline'/],
    ['a wrong environment', audit, /HOLDFAST_POLICY|policy/],
  ])('1 and a sentence for %s', async (name, argv, message) => {
    const variables = name === 'a wrong environment' ? { HOLDFAST_POLICY: '/no/policy.yaml' } : {};
    const { code, out, err } = await runCli(argv, { variables });
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/ {4}at /);
  });

  it('1, one sentence and a hint for a failure of its own; the trace only when asked for', async () => {
    const roads = { status: () => Promise.reject(new TypeError('x is undefined\nmore')) };
    const quiet = await runCli(audit, { services: { roads } });
    expect([quiet.code, quiet.err]).toEqual([
      1,
      'holdfast: failed unexpectedly: x is undefined\nHOLDFAST_LOG_LEVEL=debug shows where.\n',
    ]);
    const loud = await runCli(audit, { services: { roads }, variables: { HOLDFAST_LOG_LEVEL: 'debug' } });
    expect(loud.err).toContain('at ');
  });
});

describe('the table', () => {
  it('tells what falls short, why, and what to do', async () => {
    const { out } = await runCli(audit);
    expect(out).toContain('prod:data');
    expect(out).toContain('TOY-NET-01');
    expect(out).toContain('[ExposedUndeclared]');
    expect(out).toContain('kafka is open to the world');
    expect(out).toContain('fix: juju unexpose -m prod:admin/data kafka');
    expect(out).toContain('1 violation (1 high)');
    expect(out).toContain('Next: holdfast explain TOY-NET-01');
  });

  it('tells what was not seen once for each cure, not once for each application', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `app${n}`);
    const { out } = await runCli(audit, { snapshot: openEstate(names) });
    expect(out.match(/cure:/g)).toHaveLength(1);
    expect(out).toContain('Not seen: 40 judgements');
    expect(out).toContain('cure: needs read on the model');
    expect(out.match(/TOY-TRUST-01/g)).toHaveLength(1);
  });

  it('names the first of many alike and counts the rest, unless all are wanted', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `app${n}`);
    const few = await runCli(audit, { snapshot: openEstate(names) });
    expect(few.out).toContain('and 35 more');
    const all = await runCli([...audit, '--all'], { snapshot: openEstate(names) });
    expect(all.out).toContain('juju unexpose -m prod:admin/data app39');
  });

  it('lists passes and what does not apply only with --all', async () => {
    expect((await runCli(audit)).out).not.toContain('not for etcd');
    const { out } = await runCli([...audit, '--all']);
    expect(out).toMatch(/not-applicable +TOY-REV-01 +prod:data etcd: not for etcd/);
    expect(out).toMatch(/pass +TOY-NET-01 +prod:data etcd: etcd is closed/);
  });

  test.each([60, 80, 100])('keeps within %i columns', async (columns) => {
    const names = ['a-long-name-of-an-application-here', 'etcd', '数据库'];
    const { out } = await runCli(audit, { snapshot: openEstate(names), io: { columns } });
    expect(Math.max(...out.split('\n').map(width))).toBeLessThanOrEqual(columns);
  });

  it('lets nothing from a model reach the terminal that it would obey', async () => {
    const names = ['\u001b[2Jgone', 'line\nbreak', '\u009b31m', '\u202eright'];
    for (const format of ['table', 'json']) {
      const { out } = await runCli([...audit, '--all', '--format', format], { snapshot: openEstate(names) });
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });

  it('is coloured only when it may be', async () => {
    expect((await runCli(audit)).out).not.toContain('\u001b');
    expect((await runCli(audit, { io: { color: true } })).out).toContain('\u001b[31mhigh');
  });
});

describe('a policy', () => {
  const rules = 'kind: Policy\nversion: v1\n';

  it('changes what is wanted', async () => {
    const policy = file(
      'declared.yaml',
      `${rules}rules: [{ match: { control: TOY-NET-01 }, params: { declared: [kafka] } }]\n`,
    );
    expect((await runCli([...audit, '--policy', policy])).code).toBe(0);
  });

  it('waives, and the waiver is shown and not counted', async () => {
    const waiver =
      '{ id: w1, kind: waived, match: { control: TOY-NET-01 }, reason: moving out, owner: ops, expires: "2026-12-01T00:00:00Z" }';
    const { code, out } = await runCli([
      ...audit,
      '--policy',
      file('waived.yaml', `${rules}waivers: [${waiver}]\n`),
    ]);
    expect(code).toBe(0);
    expect(out).toContain('waived by ops until 2026-12-01 (w1): moving out');
  });

  it('whose waiver has expired counts again, and says so', async () => {
    const waiver =
      '{ id: w1, kind: waived, match: { control: TOY-NET-01 }, reason: r, owner: ops, expires: "2026-11-01T00:00:00Z" }';
    const { code, out } = await runCli([
      ...audit,
      '--policy',
      file('expired.yaml', `${rules}waivers: [${waiver}]\n`),
    ]);
    expect(code).toBe(2);
    expect(out).toContain('its waiver w1 (ops) expired at 2026-11-01T00:00:00Z');
  });

  it('with a mistake stops the audit', async () => {
    const policy = file('wrong.yaml', `${rules}rules: [{ match: { control: TOY-NETT-01 } }]\n`);
    const { code, err } = await runCli([...audit, '--policy', policy]);
    expect(code).toBe(1);
    expect(err).toContain('rules[0].match.control "TOY-NETT-01" matches nothing (did you mean TOY-NET-01?)');
  });
});

describe('a baseline', () => {
  it('takes away what it named; what is new counts', async () => {
    const first = await runCli([...audit, '--format', 'json']);
    const baseline = file('baseline.json', first.out);
    const same = await runCli([...audit, '--baseline', baseline]);
    expect([same.code, same.out.includes('1 known from the baseline')]).toEqual([0, true]);
    const more = await runCli([...audit, '--baseline', baseline], {
      snapshot: openEstate(['etcd', 'kafka', 'web']),
    });
    expect(more.code).toBe(2);
    expect(more.out).toContain('web is open to the world');
    expect(more.out).not.toContain('kafka is open to the world');
  });

  it('that is no report is refused', async () => {
    const { code, err } = await runCli([...audit, '--baseline', file('no.json', '{"kind":"Plan"}')]);
    expect([code, err.includes('is no report: its kind is Plan')]).toEqual([1, true]);
  });
});

describe('the report', () => {
  it('goes into a file when asked, and the table never into the report', async () => {
    const output = join(folder, 'report.json');
    const { out, err } = await runCli([...audit, '--format', 'json', '--output', output]);
    expect([out, err]).toEqual(['', `wrote ${output}\n`]);
    const report = JSON.parse(readFileSync(output, 'utf8')) as Report;
    expect(report).toMatchObject({
      kind: 'Report',
      generatedAt: '2026-11-22T06:00:00Z',
      tool: { version: '1.2.3' },
      source: { road: 'status-file', name: 'standard input' },
      summary: { byOutcome: { fail: 1, unknown: 2, manual: 1, 'not-applicable': 1, pass: 1 }, waived: 0 },
    });
    expect(report.findings.map(({ outcome }) => outcome)).not.toContain('not-applicable');
  });
});
