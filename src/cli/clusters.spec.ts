import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { runCli, openEstate, type Ran } from '../../test/support/cli.js';
import { cluster } from '../../test/support/cluster.js';
import { model, prod } from '../../test/support/world.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { Snapshot } from '../core/snapshot.js';
import type { ClusterLook, Roads } from './services.js';

let folder: string;
let asked: readonly WatchedCluster[];
let look: ClusterLook | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-clusters-'));
  asked = [];
  look = undefined;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const roads: Roads = {
  status: () => Promise.resolve(openEstate()),
  bundle: () => Promise.resolve(openEstate()),
  juju: () => Promise.resolve(openEstate()),
  controllers: () => Promise.resolve(openEstate()),
  clusters: (clusters, given) => {
    asked = clusters;
    look = given;
    given.progress('cluster k8s: it could not be read');
    return Promise.resolve({ k8s: cluster() });
  },
};

function run(argv: readonly string[], clusterMistakes?: () => Promise<readonly string[]>): Promise<Ran> {
  return runCli(argv, { services: { roads, ...(clusterMistakes === undefined ? {} : { clusterMistakes }) } });
}

function policy(text: string): string {
  const file = join(folder, 'holdfast.yaml');
  const login = join(folder, 'observer.yaml');
  writeFileSync(login, 'username: watcher\npassword: canary\n', { mode: 0o600 });
  writeFileSync(join(folder, 'kubeconfig'), '{ users: [] }');
  writeFileSync(
    file,
    `kind: Policy\nversion: v1\ncontrollers: [{ name: prod, addresses: ["a:1"], identities: { observer: { credentialsFile: ${login} } } }]\n${text}`,
  );
  return file;
}

const two =
  'clusters: [{ name: a, kubeconfig: kubeconfig }, { name: b, inCluster: true, match: { model: "data*" } }]\n';

describe('a look at clusters', () => {
  it('is not taken unless one is named', async () => {
    await run(['audit', '--juju']);
    expect(asked).toEqual([]);
  });

  test.each<[string, readonly string[], object]>([
    [
      'by the current context of a kubeconfig',
      ['--kubeconfig', 'k'],
      { name: 'kubernetes', kubeconfig: resolve('k') },
    ],
    [
      'by another context',
      ['--kubeconfig', 'k', '--context', 'c'],
      { name: 'c', kubeconfig: resolve('k'), context: 'c' },
    ],
    ['from inside of it', ['--in-cluster'], { name: 'kubernetes' }],
  ])('is taken %s', async (_name, options, expected) => {
    for (const road of [['--juju'], ['--status', '-'], ['--policy', policy('')]]) {
      await run(['audit', ...road, ...options]);
      expect(asked).toEqual([{ match: {}, maxAge: 600, scope: 'namespaced', ...expected }]);
      expect(look?.named).toBe(asked[0]);
      expect(Object.keys(look?.controllers ?? {})).toEqual(['prod']);
    }
  });

  it('is taken at those of the policy whose controllers are asked, and at no other time', async () => {
    const file = policy(two);
    await run(['audit', '--policy', file]);
    expect(asked.map(({ name }) => name)).toEqual(['a', 'b']);
    await run(['audit', '--policy', file, '--kubeconfig', 'k', '--context', 'a']);
    expect(asked.map(({ name, kubeconfig }) => [name, kubeconfig])).toEqual([
      ['b', undefined],
      ['a', resolve('k')],
    ]);
    asked = [];
    await run(['audit', '--juju', '--policy', file]);
    expect(asked).toEqual([]);
  });

  it('goes into the snapshot, and its troubles onto standard error', async () => {
    const { out, err } = await run(['snapshot', '--juju', '--in-cluster']);
    expect(Object.keys((JSON.parse(out) as Snapshot).clusters ?? {})).toEqual(['k8s']);
    expect(err).toContain('cluster k8s: it could not be read');
  });

  test.each<[string, readonly string[], string]>([
    [
      'a kubeconfig and the pod',
      ['--juju', '--kubeconfig', 'k', '--in-cluster'],
      'choose one of --kubeconfig and --in-cluster',
    ],
    ['a context of nothing', ['--juju', '--context', 'c'], 'name the file with --kubeconfig'],
    [
      'what was read some other day',
      ['--bundle', '-', '--kubeconfig', 'k'],
      'use --kubeconfig with --juju, --status or --policy, instead of --bundle',
    ],
  ])('does not go with %s', async (_name, options, told) => {
    const { code, err } = await run(['audit', ...options]);
    expect([code, asked]).toEqual([1, []]);
    expect(err).toContain(told);
  });
});

describe('policy check', () => {
  it('names the clusters, how they are read, and what is not asked', async () => {
    const { code, out } = await run(['policy', 'check', policy(two)]);
    expect(code).toBe(0);
    const told = out.replace(/\n +/g, ' ');
    expect(told).toContain(
      `a: read by ${join(folder, 'kubeconfig')}, for all models; what Juju may do there is not asked`,
    );
    expect(told).toContain("b: read by the pod's service account, for model data*");
  });

  it('tells what this machine shows to be wrong with their access', async () => {
    const { out } = await run(['policy', 'check', policy(two)], () =>
      Promise.resolve(['clusters: b: This is not a pod of a cluster']),
    );
    expect(out).toContain('clusters: b: This is not a pod of a cluster');
  });
});

describe('policy init', () => {
  test.each([
    ['caas', true],
    ['iaas', false],
  ] as const)('for a model of type %s shows where a cluster would be named: %s', async (type, isShown) => {
    const snapshot = prod({ models: { data: model({ type }) } });
    const { out } = await runCli(['policy', 'init', '--status', '-'], { snapshot });
    expect(out.includes('# clusters:')).toBe(isShown);
  });
});
