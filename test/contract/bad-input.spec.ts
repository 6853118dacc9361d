/** What a person may hand to the real program by mistake: one sentence, exit 1, quickly, and nothing half-written. */
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { patience } from '../support/patience.js';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const status = '{"model": {"name": "m", "controller": "c"}, "applications": {}}';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-bad-input-'));
  writeFileSync(join(folder, 'status.json'), status);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Told {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs in the folder. */
function run(command: string, args: readonly string[]): Told {
  const env = { PATH: process.env['PATH'], HOME: join(folder, 'home') };
  return spawnSync(command, args, { encoding: 'utf8', input: '', env, cwd: folder, timeout: patience });
}

function holdfast(...args: readonly string[]): Told {
  return run(launcher, args);
}

/** The file, or a folder in which it lies where the road looks for it. */
function inFolder(name: string, input: string): string {
  mkdirSync(join(folder, 'in', 'cli'), { recursive: true });
  symlinkSync(join(folder, input), join(folder, 'in', name));
  return 'in';
}

const roads: readonly (readonly [string, (input: string) => readonly string[]])[] = [
  ['--status', (input) => ['audit', '--status', input]],
  ['--bundle', (input) => ['plan', '--bundle', input]],
  ['--snapshot', (input) => ['audit', '--snapshot', input]],
  ['--recording', (input) => ['audit', '--recording', inFolder('cli/status.json', input)]],
  ['--policy', (input) => ['audit', '--status', 'status.json', '--policy', input]],
  ['--data', (input) => ['audit', '--status', 'status.json', '--data', inFolder('knowledge.json', input)]],
  ['--baseline', (input) => ['audit', '--status', 'status.json', '--baseline', input]],
  ['diff', (input) => ['diff', input, input]],
];

/** What a person can do about it, at the end: a question that leads on, or a word that says so after what happened. */
const instruction =
  /(?:\?|at line \d+, column \d+|[:;,.] [^:;]*(?:check|choose|export|give|leave|let|look|makes?|name|print|record|run|save|should be|take|try|unpack|use|writes?)\b[^\n]*)$/i;

const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 167 + 13) % 256);
const inputs: readonly (readonly [string, (file: string) => void])[] = [
  [
    'truncated JSON',
    (file) => {
      writeFileSync(file, '{"kind": "Report", "model": {"na');
    },
  ],
  [
    'a list at the top',
    (file) => {
      writeFileSync(file, '[1, 2]');
    },
  ],
  [
    'binary noise',
    (file) => {
      writeFileSync(file, noise);
    },
  ],
  [
    'UTF-16',
    (file) => {
      writeFileSync(file, Buffer.from('\ufeff{"model": {}}', 'utf16le'));
    },
  ],
  [
    'a folder',
    (file) => {
      mkdirSync(file);
    },
  ],
  [
    'an empty file',
    (file) => {
      writeFileSync(file, '');
    },
  ],
  [
    '200 MB',
    (file) => {
      writeFileSync(file, '{');
      truncateSync(file, 200 * 1024 * 1024);
    },
  ],
];

describe.each(roads)('holdfast … %s', (_road, argv) => {
  test.each(inputs)('refuses %s', (_name, make) => {
    make(join(folder, 'input'));
    const args = argv('input');
    const before = readdirSync(folder);
    const begun = performance.now();
    const told = holdfast(...args, '--output', 'result');
    // A second and less; the rest is for a machine with much else to do.
    expect(performance.now() - begun).toBeLessThan(60_000);
    expect([told.status, told.stdout]).toEqual([1, '']);
    expect(told.stderr).toMatch(/^holdfast: [^\n]{20,400}(\n {2}[^\n]+)*\n$/);
    expect(told.stderr).not.toMatch(/ {4}at |unexpectedly|TypeError|RangeError/);
    expect(told.stderr.trimEnd()).toMatch(instruction);
    expect(readdirSync(folder).filter((name) => name !== 'home')).toEqual(before);
  });
});

describe('standard input', () => {
  it('is read no further than it may be long', () => {
    const pipe = `yes '{"a": 1},' | head -c 200000000 | "${launcher}" audit --status -`;
    const { status: code, stderr } = run('sh', ['-c', pipe]);
    expect([code, stderr]).toEqual([
      1,
      'holdfast: standard input is larger than 64 MiB: is it the right one?\n',
    ]);
  });

  it('that is closed at once is said to be empty', () => {
    expect(holdfast('audit', '--status', '-').stderr).toMatch(/^holdfast: standard input is empty/);
  });
});

describe('names that do harm', () => {
  const hostile = '-rf\u001b[2J\u0007\u202e';
  const model = {
    model: { name: hostile, type: 'iaas', controller: hostile, version: '3.6.9' },
    applications: { [hostile]: { charm: 'kafka', 'charm-name': 'kafka', exposed: true } },
  };

  test.each([
    ['audit', ['audit', '--all']],
    ['audit, as JSON', ['audit', '--all', '--format', 'json']],
    ['audit, as HTML', ['audit', '--all', '--format', 'html']],
    ['plan', ['plan']],
    ['plan, as JSON', ['plan', '--format', 'json']],
    ['policy init', ['policy', 'init']],
    ['snapshot', ['snapshot']],
  ])('reach no terminal and no option of juju: %s', (_name, args) => {
    writeFileSync(join(folder, 'hostile.json'), JSON.stringify(model));
    const { status: code, stdout, stderr } = holdfast(...args, '--status', 'hostile.json');
    expect([0, 2]).toContain(code);
    // eslint-disable-next-line no-control-regex -- these characters are what is looked for
    expect(`${stdout}${stderr}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(stdout).not.toMatch(/juju [^\n]* -rf/);
  });
});
