import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { runCli, toyGuides, type Ran } from '../../test/support/cli.js';
import { withCustom } from '../main/with-custom.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-controls-'));
  cpSync('test/fixtures/controls', join(folder, 'own'), { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(...argv: string[]): Promise<Ran> {
  const guides = (folders: readonly string[] = []) =>
    Promise.resolve().then(() => withCustom(toyGuides, folders));
  return runCli(argv, { services: { guides } });
}

const own = (): string => join(folder, 'own');

function change(name: string, from: string, to: string): void {
  const file = join(own(), name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

describe('controls test', () => {
  it('says ok of every case that comes out as it says, and exits 0', async () => {
    const { code, out, err } = await run('controls', 'test', own());
    expect([code, err]).toEqual([0, '']);
    expect(out.match(/^ok {3}ACME-CH-01: /gm)).toHaveLength(5);
    expect(out).toContain('5 cases, 0 failed');
  });

  it('says how a case differs, and exits 2', async () => {
    change('channel-pinned.test.yaml', 'outcome: pass', 'outcome: fail');
    const { code, out } = await run('controls', 'test', own());
    expect(code).toBe(2);
    expect(out).toContain('FAIL ACME-CH-01: the agreed track passes: outcome is pass, not fail');
  });

  test.each([
    [
      'an expression by file and line',
      'track == "3.6"',
      'track === "3.6"',
      'channel-pinned.yaml:17: checks[1].pass',
    ],
    [
      'a further line of a block',
      'app.charm.name.endsWith',
      'app.charm.nam.foo',
      'channel-pinned.yaml:23: checks[2].pass',
    ],
    ['an unknown key', 'severity:', 'severty:', 'severty is unknown (did you mean severity?)'],
    ['an id of a guide that is there', 'id: ACME-CH-01', 'id: TOY-CH-01', 'choose a prefix of your own'],
  ])('names a mistake in %s, and exits 1', async (_name, from, to, told) => {
    change('channel-pinned.yaml', from, to);
    const { code, err } = await run('controls', 'test', own());
    expect([code, err.includes(told), err]).toEqual([1, true, err]);
  });

  test.each([
    ['a case of an unknown control', 'control: ACME-CH-01', 'control: ACME-CH-02', 'there is no ACME-CH-02'],
    ['a value that its fact cannot have', 'trust: true', "trust: 'yes'", 'trust'],
    ['an outcome that there is none of', 'outcome: fail', 'outcome: red', 'should be one of pass, fail'],
  ])('names %s, and exits 1', async (_name, from, to, told) => {
    change('channel-pinned.test.yaml', from, to);
    const { code, err } = await run('controls', 'test', own());
    expect([code, err.includes(told), err]).toEqual([1, true, err]);
  });

  it('reads a status file beside the cases, and asks which target is meant', async () => {
    const cases = (meant: string): string =>
      `kind: ControlCases\nversion: v1\ncontrol: ACME-CH-01\ncases:\n- name: real\n  status: status.json\n${meant}  expect: { outcome: not-applicable }\n`;
    const file = join(own(), 'channel-pinned.test.yaml');
    writeFileSync(join(own(), 'status.json'), '{}');
    writeFileSync(file, cases(''));
    expect((await run('controls', 'test', own())).err).toContain('judged on 2 targets there');
    writeFileSync(file, cases('  application: kafka\n'));
    expect((await run('controls', 'test', own())).code).toBe(0);
  });

  it('refuses a folder that is not there', async () => {
    const { code, err } = await run('controls', 'test', join(folder, 'none'));
    expect([code, err.includes('there is no such folder')]).toEqual([1, true]);
  });
});

describe('the guide on writing a control', () => {
  it('shows a control and cases that come out as it says', async () => {
    const page = readFileSync('docs/how-to/write-a-control.md', 'utf8');
    const [control = '', cases = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, block = '']) => block,
    );
    writeFileSync(join(own(), 'channel-pinned.yaml'), control);
    writeFileSync(join(own(), 'channel-pinned.test.yaml'), cases);
    const { out } = await run('controls', 'test', own());
    expect(page).toContain(out);
    expect(out).toContain('2 cases, 0 failed');
  });
});

describe('controls of your own', () => {
  const head = 'kind: Policy\nversion: v1\ncontrols: [own]\n';

  function policy(more = ''): string {
    const file = join(folder, 'holdfast.yaml');
    writeFileSync(file, head + more);
    return file;
  }

  /** Holds for no application of the toy estate. */
  function strict(): void {
    change('channel-pinned.yaml', 'appliesTo:\n  charms: [charmed-etcd, postgresql-k8s]\n', '');
    change('channel-pinned.yaml', 'app.charm.risk in ["stable", "candidate"]', 'app.name == "none"');
  }

  it('are judged where the policy names their folder, and reported like any other', async () => {
    strict();
    const { out } = await run(
      'audit',
      '--status',
      '-',
      '--policy',
      policy(),
      '--format',
      'json',
      '--guide',
      'custom',
    );
    const { findings } = JSON.parse(out) as { findings: { control: string; reason: string }[] };
    expect(findings.map(({ control, reason }) => [control, reason])).toEqual([
      ['ACME-CH-01', 'RiskTooHigh'],
      ['ACME-CH-01', 'RiskTooHigh'],
    ]);
  });

  it('are waived like any other', async () => {
    strict();
    const waiver =
      'waivers: [{ id: w, kind: waived, match: { control: ACME-* }, reason: r, owner: o, expires: 2027-01-01T00:00:00Z }]\n';
    const { code } = await run('audit', '--status', '-', '--policy', policy(waiver), '--guide', 'custom');
    expect(code).toBe(0);
  });

  it('are judged for once with --controls, listed and explained', async () => {
    strict();
    expect((await run('audit', '--status', '-', '--guide', 'custom', '--controls', own())).code).toBe(2);
    expect((await run('controls', '--controls', own())).out).toContain('ACME-CH-01');
    expect((await run('explain', 'ACME-CH-01', '--controls', own())).out).toContain('support contract');
  });
});
