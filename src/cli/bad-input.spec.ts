/** Everything that a person may hand in by mistake: one sentence with place and cure, exit 1, nothing half-written. */
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { runCli } from '../../test/support/cli.js';
import { guides } from '../guides/index.js';
import { roads } from '../main/roads.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-bad-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const services = { roads, guides: () => Promise.resolve(guides) };

function file(content: string | Uint8Array, name = 'input'): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** Doubles itself nine times over: a kilobyte that would fill the memory. */
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
  .split('')
  .map((name, index) => {
    const before = 'abcdefghi'[index] ?? 'a';
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
  })
  .join('\n')}\n`;

const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 167 + 13) % 256);

const inputs: readonly (readonly [string, () => string, RegExp])[] = [
  [
    'truncated JSON',
    () => file('{"kind": "Report", "model": {"na'),
    /JSON|YAML|kind|Missing closing "quote at line 1/,
  ],
  ['a list at the top', () => file('[1, 2]'), /input|home/],
  ['a text at the top', () => file('"hello"'), /input|home/],
  ['binary noise', () => file(noise), /is no text/],
  ['compressed data', () => file(Uint8Array.of(0x1f, 0x8b, 8, 0, 0)), /is compressed: unpack it/],
  [
    'a binary plan of Terraform',
    () => file(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)),
    /zip archive.*terraform show -json FILE/,
  ],
  [
    'UTF-16 with its mark',
    () => file(Buffer.from('\ufeff{"model": {}}', 'utf16le')),
    /UTF-16.*save it as UTF-8/,
  ],
  ['UTF-16 without a mark', () => file(Buffer.from('{"model": {}}', 'utf16le')), /UTF-16/],
  ['Latin-1', () => file(Buffer.from('name: caf\u00e9 noir\n', 'latin1')), /no text in UTF-8/],
  ['a YAML bomb', () => file(bomb), /input|home/],
  ['a YAML loop', () => file('a: &a\n  b: *a\napplications: *a\n'), /input|home/],
  [
    'an overlay that holds itself',
    () => file('applications:\n  a: { charm: x }\n---\n&d\noverlays: [*d]\napplications: *d\n'),
    /input|home/,
  ],
  ['a folder', () => folder, /is a folder, not a file/],
  ['an empty file', () => file(''), /empty|document|kind/],
  ['only blanks', () => file(' \n\t\n'), /empty|document|kind/],
  ['a device', () => '/dev/zero', /is a device/],
  ['a missing file', () => join(folder, 'none'), /there is no such file/],
  [
    'a link that leads nowhere',
    () => {
      symlinkSync('none', join(folder, 'link'));
      return join(folder, 'link');
    },
    /no such file/,
  ],
];

/** A folder in which the input, or a link to it, lies under a name. */
function folderWith(name: string, input: string): string {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'cli'), { recursive: true });
  symlinkSync(input, join(home, name));
  return home;
}

const commands: readonly (readonly [string, (input: string) => string[]])[] = [
  ['--status', (input) => ['audit', '--status', input]],
  ['--bundle', (input) => ['audit', '--bundle', input]],
  ['--terraform-plan', (input) => ['audit', '--terraform-plan', input]],
  ['--snapshot', (input) => ['audit', '--snapshot', input]],
  ['--policy', (input) => ['audit', '--policy', input]],
  ['--baseline', (input) => ['audit', '--status', '-', '--baseline', input]],
  ['apply --plan', (input) => ['apply', '--plan', input]],
  ['policy check', (input) => ['policy', 'check', input]],
  ['policy init', (input) => ['policy', 'init', '--status', input]],
  ['snapshot', (input) => ['snapshot', '--bundle', input]],
  ['--data', (input) => ['audit', '--status', '-', '--data', folderWith('knowledge.json', input)]],
  ['diff', (input) => ['diff', input, input]],
];

describe.each(commands)('%s', (option, argv) => {
  test.each(inputs)('says what is wrong with %s, and writes nothing', async (_name, make, told) => {
    const input = make();
    const output = join(folder, 'result');
    const more = option === 'apply --plan' ? [] : ['--output', output];
    const apply = () => Promise.resolve([]);
    const { code, out, err } = await runCli([...argv(input), ...more], { services: { ...services, apply } });
    const said = `${out}${err}`;
    expect([code, existsSync(output)]).toEqual([1, option === 'policy check' && existsSync(output)]);
    if (!existsSync(output)) expect(said).toMatch(told);
    expect(said).not.toMatch(/ {4}at |failed unexpectedly|RangeError|TypeError/);
  });
});

test.each(commands)('%s refuses 200 MB at once', async (_option, argv) => {
  const input = file('', 'large');
  truncateSync(input, 200 * 1024 * 1024);
  const apply = () => Promise.resolve([]);
  const { code, err } = await runCli(argv(input), { services: { ...services, apply } });
  expect([code, err.includes('is larger than 64 MiB: is it the right file?')]).toEqual([1, true]);
});

test.each([
  [
    'YAML of 9 MiB',
    () => file('- a: xxxx\n'.repeat(1024 * 1024), 'long.yaml'),
    /is not JSON, and larger than the 8 MiB/,
  ],
  [
    'a policy of 3 MiB',
    () => file(`[${'1,'.repeat(1.5 * 1024 * 1024)}1]`, 'long.json'),
    /is larger than 2 MiB/,
  ],
])('%s is refused before its parser takes seconds', async (_name, make, told) => {
  const { code, err } = await runCli(['policy', 'check', make()], { services });
  expect(code).toBe(1);
  expect(err).toMatch(told);
});

describe('--recording', () => {
  const strange: readonly (readonly [string, () => string, RegExp])[] = [
    ['a file', () => file('{}'), /is a file, and a recording is a folder/],
    ['an empty folder', () => folder, /holds no recorded answers of Juju/],
    ['a folder that is missing', () => join(folder, 'none'), /there is no such folder/],
    ...inputs
      .filter(([name]) => !/missing|device|nowhere|folder|compressed/.test(name))
      .map(([name, make]) => [name, () => folderWith('cli/status.json', make()), /home/] as const),
  ];
  test.each(strange)('says what is wrong with %s', async (_name, make, told) => {
    const output = join(folder, 'result');
    const { code, out, err } = await runCli(['audit', '--recording', make(), '--output', output], {
      services,
    });
    expect([code, out, existsSync(output)]).toEqual([1, '', false]);
    expect(err).toMatch(told);
    expect(err).not.toMatch(/ {4}at |failed unexpectedly|RangeError|TypeError/);
  });

  it('refuses an answer of 200 MB at once', async () => {
    const input = file('', 'large');
    truncateSync(input, 200 * 1024 * 1024);
    const { code, err } = await runCli(['audit', '--recording', folderWith('cli/a.json', input)], {
      services,
    });
    expect([code, err.includes('is larger than 64 MiB')]).toEqual([1, true]);
  });
});

/** A status with one application. */
function status(name: string): string {
  const application = { charm: 'kafka', 'charm-name': 'kafka', exposed: true, 'application-status': {} };
  return JSON.stringify({
    model: { name: 'data', type: 'iaas', controller: 'prod', version: '3.6.9' },
    applications: { [name]: application },
  });
}

describe('names', () => {
  test.each([
    ['control characters', '\u001b[2J\u0007evil\r\n'],
    ['a direction override', '\u202eevil'],
    ['a leading dash', '--help'],
    ['a name that objects have', '__proto__'],
  ])('with %s do no harm', async (_name, name) => {
    for (const format of ['table', 'json', 'html']) {
      const html = () => Promise.resolve('');
      const { code, out, err } = await runCli(['audit', '--status', file(status(name)), '--format', format], {
        services: { ...services, html },
      });
      expect([0, 2]).toContain(code);
      // eslint-disable-next-line no-control-regex -- these characters are what is looked for
      expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  it('that begin with a dash never become an option of a command', async () => {
    const { out } = await runCli(['plan', '--status', file(status('--help'))], { services });
    expect(out).not.toMatch(/juju [^\n]*--help/);
  });

  it('of files that begin with a dash are read', async () => {
    const { code, err } = await runCli(['audit', '--status=-x.json'], { services });
    expect([code, err.includes('-x.json cannot be read: there is no such file')]).toEqual([1, true]);
  });
});

describe('what was typed is never obeyed by the terminal', () => {
  test.each([
    ['a file', ['audit', '--status', 'x\u001b[2J.json']],
    ['a control', ['explain', 'ETCD\u001b[2J\u0007']],
    ['an option', ['audit', '--x\u001b[2J']],
    ['an argument', ['audit', '\u009b2J']],
    ['a command', ['\u001b]0;title\u0007']],
    ['a pattern', ['audit', '--status', '-', '--control', '\u001b[2J*']],
  ])('with %s', async (_name, argv) => {
    const { code, err } = await runCli(argv, { services });
    expect(code).toBe(1);
    // eslint-disable-next-line no-control-regex -- these characters are what is looked for
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('nor are the names of a model that a message lists', async () => {
    const { code, err } = await runCli(
      ['audit', '--status', file(status('evil\u001b[2J')), '--application', 'nobody'],
      {
        services,
      },
    );
    expect([code, err.includes('there is evil·[2J')]).toEqual([1, true]);
  });
});

test.each([
  [['audit', '--satus', 'x'], /unknown option '--satus'[^]*Did you mean --status/],
  [['policy', 'chekc', 'x'], /unknown command 'chekc'[^]*Did you mean check/],
  [['policy', 'check'], /missing required argument 'file'[^]*holdfast policy check --help/],
  [['policy', 'check', 'x', '--polcy'], /unknown option '--polcy'/],
  [['diff', 'a'], /missing required argument 'later'/],
  [['diff', 'a', 'b', 'c'], /too many arguments/],
  [['audit', '--format', 'pdf'], /table, json, html/],
  [['plan', '--format', 'html'], /table, json/],
  [['audit', '--status'], /argument missing/],
  [['audit', '--status', '--format', 'json'], /the value of --status is missing/],
  [['audit', '--status', ''], /--status <file>' argument '' is invalid. It is empty/],
  [['audit', '--status=x', '--output', ' '], /It is empty/],
  [['audit', '--status', '-', '--control', 'ETDC-*'], /did you mean ETCD-\*\?/],
  [['audit', '--status', '-', '--control', 'Q*'], /there is JUJU-\*, /],
  [['audti'], /^holdfast: unknown command 'audti'/],
])('%j is answered with one sentence', async (argv, told) => {
  const { code, out, err } = await runCli(argv, { services });
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(told);
});

describe('an output file', () => {
  const empty = '{"model": {"name": "m", "controller": "c"}, "applications": {}}';
  const audit = (output: string) =>
    runCli(['audit', '--status', file(empty), '--output', output], { services });

  it('that cannot be written is said so, and nothing is left lying about', async () => {
    mkdirSync(join(folder, 'target'));
    const before = readdirSync(folder).length;
    const { code, err } = await audit(join(folder, 'target', 'none', 'report'));
    expect([code, err.includes('cannot be written: there is no such folder')]).toEqual([1, true]);
    expect(readdirSync(folder).length).toBe(before + 1);
  });

  it('that is a folder is refused', async () => {
    const { code, err } = await audit(folder);
    expect([code, err.includes('cannot be written: it is a folder; name a file in it')]).toEqual([1, true]);
  });

  it('replaces an earlier one whole, through a link', async () => {
    const real = file('earlier', 'real');
    symlinkSync('real', join(folder, 'link'));
    await audit(join(folder, 'link'));
    expect(readFileSync(real, 'utf8')).toContain('Audit of');
    expect(readdirSync(folder).sort()).toEqual(['input', 'link', 'real']);
  });

  it('may be a device', async () => {
    expect((await audit('/dev/null')).err).toBe('wrote /dev/null\n');
    expect(existsSync('/dev/null')).toBe(true);
  });
});
