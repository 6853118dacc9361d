import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { runCli } from '../../../test/support/cli.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-data-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const advisory = {
  severity: 'high',
  summary: 'a made-up one',
  url: 'https://example.com/advisory',
  product: 'workload',
  charm: 'charmed-etcd',
  ranges: [{ series: '3.6', fixed: '3.6.20' }],
  source: 'a test',
  date: '2026-12-01',
};

function data(content: object, name = 'data.json'): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ kind: 'Knowledge', version: 'v1', ...content }));
  return file;
}

const december = Date.UTC(2026, 11, 5, 12);
const check = (...args: string[]) =>
  runCli(['data', 'check', '--max-age', '120d', ...args], { services: { now: () => december } });

describe('holdfast data check', () => {
  it('says of the shipped data what they hold and how old they are', async () => {
    const { code, out } = await check();
    expect(code).toBe(0);
    expect(out).toMatch(/^jujuFloors +2 +0 +2026-11-22 +13 d$/m);
    expect(out).toMatch(/^Advisories: \d+ \(\d+ unrated\), the newest of 2026-08-21$/m);
    expect(out).toContain('The data are valid and up to date.');
  });

  it('names the tables that are too old, and fails', async () => {
    const { code, out } = await runCli(['data', 'check', '--max-age', '30d'], {
      services: { now: () => december },
    });
    expect(code).toBe(1);
    expect(out).toContain('channelMaps was last looked through on 2026-08-31, 96 days ago; at most 30');
    expect(out).toMatch(/must be looked through anew\.\n$/);
  });

  test.each<[string, () => string]>([
    ['a file', () => data({ date: '2026-12-01', advisories: { 'TEST-1': advisory } })],
    [
      'a folder',
      () => {
        data({ date: '2026-12-01', advisories: { 'TEST-1': advisory } });
        return folder;
      },
    ],
  ])('counts what %s brings along', async (_, place) => {
    const { code, out } = await check(place());
    expect([code, out.includes('1 high'), out.includes('the newest of 2026-12-01')]).toEqual([0, true, true]);
    expect(out).toMatch(/^advisories +15 +1 +2026-12-01 +4 d$/m);
    expect(out).toContain(join(folder, 'data.json'));
  });

  it('takes the data that the policy names, relative to it', async () => {
    data({ date: '2026-12-01', advisories: { 'TEST-1': advisory } });
    const policy = join(folder, 'holdfast.yaml');
    writeFileSync(policy, 'kind: Policy\nversion: v1\ndata: data.json\n');
    const { code, out } = await check('--policy', policy);
    expect([code, out.includes('1 high')]).toEqual([0, true]);
  });

  it('says of data from tomorrow that they are none', async () => {
    const { code, out } = await check(data({ date: '2026-12-24', advisories: { 'TEST-1': advisory } }));
    expect([code, out.includes('advisories is dated 2026-12-24, which has not come yet')]).toEqual([1, true]);
  });

  it('says how many tracks Charmhub was asked about', async () => {
    const track = {
      standing: 'live',
      asked: '2026-12-01',
      publisher: 'Canonical',
      bases: ['ubuntu@24.04'],
      architectures: ['amd64'],
      releases: { stable: { revisions: [190], outBy: '2026-11-20' } },
      source: 'juju info charmed-etcd',
      date: '2026-12-01',
    };
    const { out } = await check(data({ channelMaps: { 'charmed-etcd': { '3.6': track } } }));
    expect(out).toContain('of which Charmhub was asked about 1, first on 2026-12-01');
  });

  it('is for programs, too', async () => {
    const file = join(folder, 'out.json');
    const { code } = await check('--format', 'json', '--output', file);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      kind: 'KnowledgeCheck',
      overlaid: [],
      stale: [],
      advisories: { count: 14 },
    });
  });

  test.each<[string, object, string]>([
    ['an unknown table', { advisorys: {} }, 'advisorys'],
    [
      'an advisory without a range',
      { advisories: { X: { ...advisory, ranges: [] } } },
      'advisories.X.ranges',
    ],
    [
      'an advisory of Juju about a charm',
      { advisories: { X: { ...advisory, product: 'juju' } } },
      'advisories.X.charm',
    ],
    [
      'an advisory that is published nowhere safe',
      { advisories: { X: { ...advisory, url: 'http://example.com' } } },
      'advisories.X.url',
    ],
    [
      'a version that is none',
      { advisories: { X: { ...advisory, ranges: [{ fixed: 'soon' }] } } },
      'advisories.X.ranges[0].fixed',
    ],
  ])('%s is a mistake, with its place', async (_, content, says) => {
    const { code, err } = await check(data(content));
    expect([code, err.includes(says)]).toEqual([1, true]);
  });

  it('says that there is nothing where nothing is', async () => {
    const { code, err } = await check(join(folder, 'none'));
    expect([code, err.includes('there is no such folder')]).toEqual([1, true]);
  });
});
