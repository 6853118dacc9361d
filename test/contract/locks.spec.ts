/** What is installed is what was looked at: everything is locked, by content. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

describe('package-lock.json', () => {
  const manifest = JSON.parse(text('package.json')) as Manifest;
  const { packages, version } = JSON.parse(text('package-lock.json')) as {
    readonly version: string;
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const locked = Object.entries(packages).filter(([place]) => place !== '');

  it('has the sum of each package, and takes none from elsewhere than the registry', () => {
    expect(locked.length).toBeGreaterThan(300);
    const bare = locked.filter(
      ([, { integrity = '', resolved, link }]) =>
        !/^sha512-[\w+/=]{80,}$/.test(integrity) || resolved !== undefined || link === true,
    );
    expect(bare.map(([place]) => place)).toEqual([]);
  });

  it('has what package.json names, which names versions and no ranges', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(named.filter(([name, wanted]) => packages[`node_modules/${name}`]?.version !== wanted)).toEqual(
      [],
    );
    expect(version).toBe(manifest.version);
  });
});

describe('the charm', () => {
  test.each([
    'charm/requirements.txt',
    'charm/requirements-dev.txt',
    'test/contract/deploy/requirements.txt',
  ])('%s has a version and the sums of each package', (file) => {
    const lines = text(file).replaceAll('\\\n', ' ').trim().split('\n');
    const packages = lines.filter((line) => !line.startsWith('#') && line.trim() !== '');
    expect(packages.length).toBeGreaterThan(15);
    expect(
      packages.filter((line) => !/^[\w.-]+(?:\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}/.test(line)),
    ).toEqual([]);
  });
});
