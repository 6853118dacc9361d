/** The scripts that build the image, as far as they go without a builder and a registry. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const pinned = readFileSync(join(root, 'deploy/image/pins.env'), 'utf8');
const content = '#!/bin/sh\necho 4.0.15\n';
const sha256 = createHash('sha256').update(content).digest('hex');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-build-'));
  writeFileSync(join(folder, 'juju'), content);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

function run(script: string, args: readonly string[], variables: Readonly<Record<string, string>>): Ended {
  const env = { PATH: process.env['PATH'], ...variables };
  const { status, stderr } = spawnSync(join(root, 'scripts', script), args, { env, encoding: 'utf8' });
  return { status, stderr };
}

describe('pins', () => {
  it('are of the right form, or empty', () => {
    const values = Object.fromEntries(
      [...pinned.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(values['BASE']).toMatch(/^[\w./:-]+@sha256:[0-9a-f]{64}$/);
    const sums = Object.entries(values).filter(([name]) => name.includes('SHA256'));
    expect(sums).toHaveLength(4);
    for (const [, sum] of sums) expect(sum).toMatch(/^([0-9a-f]{64})?$/);
  });

  it('of the base are those of the Dockerfile', () => {
    const base = /^BASE=(.*)$/m.exec(pinned)?.[1] ?? '';
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toContain(`\nARG BASE=${base}\n`);
  });
});

describe('building', () => {
  /** A builder that notes what it is told to do, and whether the archives lie there. */
  function built(
    args: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): Ended & { told: string } {
    const builder = join(folder, 'buildah');
    const staged = `find ${join(root, 'deploy/image/artefacts')} -type f 2>/dev/null || true`;
    writeFileSync(builder, `#!/bin/sh\n{ echo "$@"; ${staged}; } >'${join(folder, 'told')}'\n`);
    chmodSync(builder, 0o755);
    const ended = run('image.sh', args, { BUILDER: builder, ...variables });
    const told = join(folder, 'told');
    return { ...ended, told: existsSync(told) ? readFileSync(told, 'utf8') : '' };
  }

  it('hands the pins over, and says what is left out', () => {
    const pins = join(folder, 'pins');
    writeFileSync(
      pins,
      'BASE=b@sha256:1\nJUJU_3=https://x/juju-ARCH.tar.xz\nJUJU_3_SHA256_AMD64=a\nJUJU_3_SHA256_ARM64=a\n',
    );
    const { status, stderr, told } = built([], { PINS: pins });
    expect(status).toBe(0);
    expect(told).toContain('--build-arg BASE=b@sha256:1 ');
    expect(told).toMatch(
      /--build-arg JUJU_3=https:\/\/x\/juju-(amd64|arm64)\.tar\.xz --build-arg JUJU_3_SHA256=a /,
    );
    expect(stderr).toContain('not pinned, so left out: JUJU_4 JUJU_4_SHA256');
  });

  it('takes a client from this machine by its sum, and leaves no copy behind', () => {
    const { status, told } = built([], { JUJU_4: join(folder, 'juju') });
    expect(status).toBe(0);
    expect(told).toContain(`--build-arg JUJU_4_SHA256=${sha256} `);
    const path = /JUJU_4=(\S+)/.exec(told)?.[1] ?? '';
    expect(told).toContain(`\n${join(root, path)}\n`);
    expect(existsSync(join(root, path))).toBe(false);
  });

  it('of a release is refused while a pin is empty', () => {
    const pins = join(folder, 'pins');
    writeFileSync(pins, 'BASE=b@sha256:1\nJUJU_3=j\nJUJU_3_SHA256_AMD64=a\nJUJU_3_SHA256_ARM64=a\nJUJU_4=\n');
    const { status, stderr, told } = built(['--release'], { PINS: pins });
    expect(status).toBe(1);
    expect(stderr).toContain('has no JUJU_4 JUJU_4_SHA256: a release is not built without');
    expect(told).toBe('');
  });
});

describe("Juju's clients", () => {
  const brought = (series: string): string => join(folder, 'image/juju', series, 'juju');
  const bring = (source: string, sum: string): Ended =>
    run('image-juju.sh', ['4', source, sum], { IMAGE: join(folder, 'image') });

  it.each([
    ['a program', 'juju'],
    ['a release archive', 'juju-4.0.15-linux-amd64.tar.gz'],
  ])('come from %s', (_what, name) => {
    const source = join(folder, name);
    if (name !== 'juju') spawnSync('tar', ['-czf', source, '-C', folder, 'juju']);
    const sum = createHash('sha256').update(readFileSync(source)).digest('hex');
    expect(bring(source, sum)).toEqual({ status: 0, stderr: '' });
    expect(spawnSync(brought('4'), { encoding: 'utf8' }).stdout).toBe('4.0.15\n');
    const origin = JSON.parse(readFileSync(join(folder, 'image/juju/4/origin.json'), 'utf8')) as unknown;
    expect(origin).toEqual({ source: name, sha256: sum });
  });

  it('are left out where none is named', () => {
    expect(bring('', '')).toEqual({ status: 0, stderr: expect.stringContaining('left out') });
    expect(existsSync(brought('4'))).toBe(false);
  });

  test.each([
    ['a sum that is none', () => join(folder, 'juju'), sha256.replace(/^./, 'x'), /SHA-256 of .* is missing/],
    ['no sum', () => join(folder, 'juju'), '', /is missing/],
    ['the sum of something else', () => join(folder, 'juju'), '0'.repeat(64), /is not what its SHA-256 says/],
    ['a way that anybody can listen to', () => 'http://x/juju', sha256, /is not fetched over https/],
  ])('are refused with %s', (_what, source, sum, message) => {
    mkdirSync(join(folder, 'image'));
    const { status, stderr } = bring(source(), sum);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(existsSync(brought('4'))).toBe(false);
  });
});
