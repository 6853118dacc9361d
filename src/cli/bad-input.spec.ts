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
  ['a list at the top', () => file('[1, 2]'), /input/],
  ['a text at the top', () => file('"hello"'), /input/],
  ['binary noise', () => file(noise), /is no text/],
  ['compressed data', () => file(Uint8Array.of(0x1f, 0x8b, 8, 0, 0)), /is compressed: unpack it/],
  [
    'UTF-16 with its mark',
    () => file(Buffer.from('\ufeff{"model": {}}', 'utf16le')),
    /UTF-16.*save it as UTF-8/,
  ],
  ['UTF-16 without a mark', () => file(Buffer.from('{"model": {}}', 'utf16le')), /UTF-16/],
  ['Latin-1', () => file(Buffer.from('name: caf\u00e9 noir\n', 'latin1')), /no text in UTF-8/],
  ['a YAML bomb', () => file(bomb), /input/],
  ['a YAML loop', () => file('a: &a\n  b: *a\napplications: *a\n'), /input/],
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

const commands: readonly (readonly [string, (input: string) => string[]])[] = [
  ['--status', (input) => ['audit', '--status', input]],
  ['--bundle', (input) => ['audit', '--bundle', input]],
  ['--snapshot', (input) => ['audit', '--snapshot', input]],
  ['--policy', (input) => ['audit', '--policy', input]],
  ['--baseline', (input) => ['audit', '--status', '-', '--baseline', input]],
  ['apply --plan', (input) => ['apply', '--plan', input]],
  ['policy check', (input) => ['policy', 'check', input]],
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

test.each(commands)('%s refuses 200 MB of nothing at once', async (_option, argv) => {
  const input = file('', 'large');
  truncateSync(input, 200 * 1024 * 1024);
  const apply = () => Promise.resolve([]);
  const { code, err } = await runCli(argv(input), { services: { ...services, apply } });
  expect([code, err.includes('is no text: it holds a zero byte')]).toEqual([1, true]);
});

describe('names', () => {
  const status = (name: string): string =>
    JSON.stringify({
      model: { name: 'data', type: 'iaas', controller: 'prod', version: '3.6.9' },
      applications: {
        [name]: { charm: 'kafka', 'charm-name': 'kafka', exposed: true, 'application-status': {} },
      },
    });

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
])('%j is answered with one sentence', async (argv, told) => {
  const { code, out, err } = await runCli(argv, { services });
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(told);
});

describe('an output file', () => {
  const status = '{"model": {"name": "m", "controller": "c"}, "applications": {}}';
  const audit = (output: string) =>
    runCli(['audit', '--status', file(status), '--output', output], { services });

  it('that cannot be written is said so, and nothing is left lying about', async () => {
    mkdirSync(join(folder, 'target'));
    const before = readdirSync(folder).length;
    const { code, err } = await audit(join(folder, 'target', 'none', 'report'));
    expect([code, err.includes('cannot be written')]).toEqual([1, true]);
    expect(readdirSync(folder).length).toBe(before + 1);
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
