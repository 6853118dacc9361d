/** The built program as a person starts it: a real process, its streams and its exit codes. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const captures = fileURLToPath(new URL('../fixtures/captures/real/', import.meta.url));
const states = ['1-bare', '3-hardened'] as const;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-contract-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function holdfast(
  args: readonly string[],
  input = '',
): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: process.env['PATH'], HOME: folder };
  return spawnSync(launcher, args, { encoding: 'utf8', input, env, maxBuffer: 1 << 26 });
}

/** What the real `juju status --format json` printed. */
function statusText(state: (typeof states)[number], name = 'status'): string {
  const call = JSON.parse(readFileSync(join(captures, state, 'cli', `${name}.json`), 'utf8')) as {
    stdout: unknown;
  };
  return typeof call.stdout === 'string' ? call.stdout : JSON.stringify(call.stdout);
}

function validator(name: string): (value: unknown) => unknown {
  const schema = readFileSync(new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url), 'utf8');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  const validate = ajv.compile(JSON.parse(schema) as object);
  return (value) => (validate(value) ? undefined : validate.errors?.slice(0, 3));
}

describe('holdfast audit', () => {
  test.each(states)(
    'reads a real status (%s) from standard input; the report is on standard output alone',
    (state) => {
      const { status, stdout, stderr } = holdfast(
        ['audit', '--status', '-', '--format', 'json'],
        statusText(state),
      );
      expect([status, stderr]).toEqual([2, '']);
      expect(validator('report.v1')(JSON.parse(stdout))).toBeUndefined();
    },
  );

  test.each(states)('reads the same as YAML (%s) to the same findings', (state) => {
    const [json, yaml] = ['status', 'status-yaml'].map((name) => {
      const { stdout } = holdfast(['audit', '--status', '-', '--format', 'json'], statusText(state, name));
      const { findings } = JSON.parse(stdout) as { findings: { id: string; outcome: string }[] };
      return findings.map(({ id, outcome }) => `${id} ${outcome}`);
    });
    expect(yaml).toEqual(json);
  });

  it('lists what does not apply with --all, and that report is valid too', () => {
    const { stdout } = holdfast(
      ['audit', '--status', '-', '--format', 'json', '--all'],
      statusText('1-bare'),
    );
    const report = JSON.parse(stdout) as {
      summary: { byOutcome: Record<string, number> };
      findings: { outcome: string }[];
    };
    expect(validator('report.v1')(report)).toBeUndefined();
    const listed = report.findings.filter(({ outcome }) => outcome === 'not-applicable').length;
    expect(listed).toBe(report.summary.byOutcome['not-applicable']);
  });

  it('says in a sentence that a file is no status', () => {
    const { status, stdout, stderr } = holdfast(['audit', '--status', '-'], '{"nothing": true}');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^holdfast: standard input is no juju status: [^\n]+\n$/);
  });

  it('ends quietly when its reader goes away', async () => {
    const file = join(folder, 'status.json');
    writeFileSync(file, statusText('1-bare'));
    const child = spawn('sh', ['-c', `"${launcher}" audit --all --status "${file}" | head -c 10`], {
      env: { PATH: process.env['PATH'], HOME: folder },
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toBe('');
  });
});

describe('holdfast plan', () => {
  it('prints plans that are valid and that apply would take', () => {
    const { status, stdout } = holdfast(['plan', '--status', '-', '--format', 'json'], statusText('1-bare'));
    const plans = (JSON.parse(stdout) as { items: unknown[] }).items;
    expect(status).toBe(plans.length > 0 ? 2 : 0);
    for (const plan of plans) expect(validator('plan.v1')(plan)).toBeUndefined();
  });
});

describe('holdfast explain', () => {
  it('has a page for every control that it lists', () => {
    const { items: controls } = JSON.parse(holdfast(['controls', '--format', 'json']).stdout) as {
      items: { id: string }[];
    };
    expect(controls.length).toBeGreaterThan(50);
    const { status, stdout } = holdfast(['explain', controls.at(-1)?.id ?? '']);
    expect([status, stdout.startsWith(controls.at(-1)?.id ?? 'none')]).toEqual([0, true]);
  });
});

describe('a wrong environment', () => {
  it('is named before anything else happens', () => {
    const env = { PATH: process.env['PATH'], HOME: folder, HOLDFAST_LOG_LEVEL: 'loud' };
    const { status, stderr } = spawnSync(launcher, ['controls'], { encoding: 'utf8', env });
    expect([status, stderr.startsWith('holdfast: HOLDFAST_LOG_LEVEL: "loud" is no level')]).toEqual([
      1,
      true,
    ]);
  });
});
