import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { openEstate, runCli } from '../../test/support/cli.js';
import { roads } from '../main/roads.js';
import type { Report } from '../core/report/types.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-snapshot-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('snapshot', () => {
  it('writes a file that --snapshot judges as the estate itself', async () => {
    const file = join(folder, 'estate.json');
    const taken = await runCli(['snapshot', '--status', '-', '--output', file]);
    expect([taken.code, taken.out, taken.err]).toEqual([0, '', `wrote ${file}\n`]);
    const direct = await runCli(['audit', '--status', '-', '--format', 'json']);
    const saved = await runCli(['audit', '--snapshot', file, '--format', 'json']);
    const [one, other] = [direct, saved].map(({ out }) => (JSON.parse(out) as Report).findings);
    expect(other).toEqual(one);
  });

  it('prints it when no file is named', async () => {
    const { code, out } = await runCli(['snapshot', '--status', '-']);
    expect([code, JSON.parse(out)]).toMatchObject([0, { kind: 'Snapshot', version: 'v1' }]);
  });

  it('hands the folder for the answers to the road and prints nothing then', async () => {
    let asked: string | undefined;
    const juju = (look: { readonly raw?: string | undefined }) => {
      asked = look.raw;
      return Promise.resolve(openEstate());
    };
    const { code, out, err } = await runCli(['snapshot', '--juju', '--raw', 'answers'], {
      services: { roads: { juju } },
    });
    expect([code, out, asked]).toEqual([0, '', 'answers']);
    expect(err).toContain('wrote the answers into answers\n');
  });

  it('refuses --raw for what was saved before', async () => {
    const { code, err } = await runCli(['snapshot', '--status', '-', '--raw', 'answers']);
    expect([code, err]).toEqual([
      1,
      'holdfast: --raw writes the answers of a Juju that is asked now: use it with --juju, or with --policy, instead of --status\n',
    ]);
  });

  it('refuses to write answers over something else, before it asks', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'mine');
    for (const [place, says] of [
      [folder, 'is not empty'],
      [file, 'is a file'],
    ] as const) {
      const { code, err } = await runCli(['snapshot', '--juju', '--raw', place], {
        services: { roads: { juju: roads.juju! } },
      });
      expect([code, err.includes(`holdfast: ${place} ${says}: name a new folder`)]).toEqual([1, true]);
    }
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

describe('--recording', () => {
  const captures = new URL('../../test/fixtures/captures/real/', import.meta.url).pathname;

  it('is a road of its own, named in the report', async () => {
    const services = { roads: { recording: roads.recording! } };
    const { out } = await runCli(['audit', '--recording', `${captures}1-bare`, '--format', 'json'], {
      services,
    });
    const { source } = JSON.parse(out) as Report;
    expect(source).toEqual({
      road: 'recording',
      name: `${captures}1-bare`,
      takenAt: '2026-11-22T03:26:50Z',
    });
  });

  test.each([
    ['no folder', 'nowhere', 'nowhere cannot be read: there is no such folder'],
    [
      'a file',
      'package.json',
      'package.json is a file, and a recording is a folder: name the folder that it lies in',
    ],
    ['another folder', 'docs', 'docs holds no recorded answers of Juju'],
  ])('of %s is refused in one sentence', async (_what, place, says) => {
    const services = { roads: { recording: roads.recording! } };
    const { code, out, err } = await runCli(['audit', '--recording', place], { services });
    expect([code, out, err.split('\n').length]).toEqual([1, '', 2]);
    expect(err).toContain(`holdfast: ${says}`);
  });
});
