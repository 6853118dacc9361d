import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Python package that the charm carries, as its lock names it. */
export interface CharmPackage {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of each of its files, in hexadecimal. */
  readonly sha256: readonly string[];
}

const root = join(import.meta.dirname, '..');

/** What charm/requirements.txt locks. */
export function charmPackages(): readonly CharmPackage[] {
  const text = readFileSync(join(root, 'charm/requirements.txt'), 'utf8').replaceAll('\\\n', ' ');
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [, name, version] = /^([\w.-]+)==([\w.!+-]+)/.exec(line) ?? [];
      if (name === undefined || version === undefined) throw new Error(`not a locked package: ${line}`);
      const sha256 = [...line.matchAll(/--hash=sha256:([0-9a-f]{64})/g)].map(([, sum = '']) => sum);
      return { name, version, sha256 };
    });
}

/**
 * Its metadata, as it lies in the environment that `make check` makes for the charm.
 * @throws Error where there is none yet.
 */
export function metadataOf({ name, version }: CharmPackage): string {
  const folder = `${name.replaceAll(/[-.]+/g, '_')}-${version}.dist-info`;
  const [file] = globSync(`build/charm/*-requirements*/lib/python3*/site-packages/${folder}/METADATA`, {
    cwd: root,
  }).sort();
  if (file === undefined) throw new Error(`${name} ${version} is not installed: run scripts/charm-check.sh`);
  return readFileSync(join(root, file), 'utf8').split('\n\n', 1).join('');
}
