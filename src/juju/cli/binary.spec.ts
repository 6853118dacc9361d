import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { findJuju } from './binary.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast-binary-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function executable(...place: string[]): string {
  const file = join(root, ...place);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

const juju3 = executable('three', 'juju');
const juju4 = executable('four', 'juju');
const onPath = executable('path', 'juju');
const searchPath = `relative:${join(root, 'empty')}:${join(root, 'path')}`;

describe('findJuju', () => {
  test.each([
    ['3.6.28', juju3],
    ['2.9.51', juju3],
    ['4.0.15', juju4],
    ['4.0-beta4', juju4],
    ['4.0.4.1', juju4],
    ['5.1.0', juju4],
  ])('takes the client of the major version of a controller %s', async (version, file) => {
    expect(await findJuju({ juju3, juju4, searchPath }, version, true)).toBe(file);
  });

  test('falls back on juju in the search path, relative folders left out', async () => {
    expect(await findJuju({ juju3, searchPath }, '4.0.15', true)).toBe(onPath);
  });

  test.each([
    ['3.6.28', /HOLDFAST_JUJU_3/],
    ['4.0.15', /HOLDFAST_JUJU_4/],
  ])('says what to do when there is none for %s', async (version, message) => {
    await expect(findJuju({ searchPath: root }, version, true)).rejects.toThrow(message);
  });

  test('says so when the file given is not executable', async () => {
    writeFileSync(join(root, 'text'), '');
    await expect(findJuju({ juju4: join(root, 'text'), searchPath }, '4.0.15', true)).rejects.toThrow(
      /is no executable file/,
    );
  });

  test('refuses a snap for a JUJU_DATA of our own, by where its link leads, and takes it for reading', async () => {
    executable('usr', 'bin', 'snap');
    mkdirSync(join(root, 'snapped'));
    symlinkSync(join(root, 'usr', 'bin', 'snap'), join(root, 'snapped', 'juju'));
    const binaries = { searchPath: join(root, 'snapped') };
    await expect(findJuju(binaries, '3.6.28', true)).rejects.toThrow(
      /is a snap, which cannot read a JUJU_DATA/,
    );
    expect(await findJuju(binaries, '3.6.28', false)).toBe(join(root, 'snapped', 'juju'));
  });
});
