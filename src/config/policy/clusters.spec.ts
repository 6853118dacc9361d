import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { loadPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-clusters-'));
  kubeconfig({ 'client-key': 'client.key' }, 0o644);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function kubeconfig(user: object, mode: number): void {
  const file = join(folder, 'kubeconfig');
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ users: [{ name: 'holdfast', user }] }), { mode });
}

function load(text: string, credentials: 'optional' | 'required' = 'required') {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\n${text}`);
  return loadPolicy(file, { credentials });
}

function complaint(text: string): string {
  try {
    load(text);
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  return 'no complaint';
}

describe('the clusters of a policy', () => {
  it('are none where it says nothing', () => {
    expect(load('').policy.clusters).toBeUndefined();
  });

  it('are taken with their kubeconfig beside the policy, and with what was left out', () => {
    const { policy } = load('clusters: [{ name: k8s, kubeconfig: kubeconfig }]');
    expect(policy.clusters).toEqual([
      { name: 'k8s', kubeconfig: join(folder, 'kubeconfig'), match: {}, maxAge: 600, scope: 'namespaced' },
    ]);
  });

  it('are taken with all that can be said of them', () => {
    const { policy } = load(`
clusters:
  - name: own
    inCluster: true
    match: { controller: prod, model: "data-*" }
    jujuUser: [ServiceAccount:controller-prod/controller, Group:ops]
    maxAge: 3m
    scope: cluster
    reports: true
`);
    expect(policy.clusters).toEqual([
      {
        name: 'own',
        match: { controller: 'prod', model: 'data-*' },
        jujuUser: {
          user: 'system:serviceaccount:controller-prod:controller',
          groups: [
            'ops',
            'system:serviceaccounts',
            'system:serviceaccounts:controller-prod',
            'system:authenticated',
          ],
        },
        maxAge: 180,
        scope: 'cluster',
        reports: true,
      },
    ]);
  });

  test.each([
    ['self', 'self'],
    ['"User:admin@example.com"', { user: 'admin@example.com', groups: ['system:authenticated'] }],
    ['User:admin, Group:a, Group:b', { user: 'admin', groups: ['a', 'b', 'system:authenticated'] }],
  ])('ask for Juju as %s', (names, subject) => {
    const [cluster] =
      load(`clusters: [{ name: own, inCluster: true, jujuUser: [${names}] }]`).policy.clusters ?? [];
    expect(cluster?.jujuUser).toEqual(subject);
  });

  it('change the hash of the policy', () => {
    expect(load('clusters: [{ name: own, inCluster: true }]').policy.hash).not.toBe(load('').policy.hash);
  });

  it('are told with all of their mistakes at once', () => {
    expect(
      complaint(`
controllers: []
clusters:
  - { name: a }
  - { name: b, kubeconfig: kubeconfig, inCluster: true }
  - { name: c, inCluster: true, context: prod }
  - { name: d, inCluster: true, maxAge: 30s }
  - { name: e, inCluster: true, jujuUser: [Group:ops] }
  - { name: f, inCluster: true, jujuUser: [self, Group:ops] }
  - { name: g, inCluster: true, jujuUser: [admin] }
  - { name: h, inCluster: true, maxage: 3m }
  - { name: h, kubeconfig: nowhere }
`).split('\n'),
    ).toEqual([
      'holdfast.yaml has 10 mistakes:',
      '  clusters[0].kubeconfig: give either a kubeconfig or inCluster: true',
      '  clusters[1].kubeconfig: give either a kubeconfig or inCluster: true',
      '  clusters[2].context: goes with a kubeconfig',
      '  clusters[3].maxAge: should be at least 2m',
      '  clusters[4].jujuUser: name one User or ServiceAccount and its Groups, or self alone',
      '  clusters[5].jujuUser: name one User or ServiceAccount and its Groups, or self alone',
      '  clusters[6].jujuUser[0]: write User:NAME, ServiceAccount:NAMESPACE/NAME, Group:NAME, or self',
      '  clusters[7].maxage is unknown (did you mean maxAge?)',
      '  clusters[8].name "h" is taken by clusters[7] already',
      '  clusters: h: kubeconfig: nowhere cannot be read: there is no such file; check its path',
    ]);
  });

  it('name a controller that the policy does not have', () => {
    writeFileSync(join(folder, 'observer.yaml'), 'username: o\npassword: p\n', { mode: 0o600 });
    expect(
      complaint(`
controllers: [{ name: prod, addresses: ["a:1"], identities: { observer: { credentialsFile: observer.yaml } } }]
clusters: [{ name: own, inCluster: true, match: { controller: prodd } }]
`),
    ).toBe(
      'holdfast.yaml: clusters: own: match.controller "prodd" matches no controller of the policy (did you mean prod?)',
    );
  });
});

describe('a kubeconfig', () => {
  const policy = 'clusters: [{ name: k8s, kubeconfig: kubeconfig }]';

  test.each(['token', 'client-key-data', 'password'])(
    'with a %s in it must be closed to others, and is not quoted',
    (key) => {
      kubeconfig({ [key]: 'aGlkZGVu' }, 0o640);
      expect(complaint(policy)).toBe(
        'holdfast.yaml: clusters: k8s: kubeconfig: kubeconfig holds secrets and may be read by others (mode 640): chmod 600 it',
      );
      kubeconfig({ [key]: 'aGlkZGVu' }, 0o600);
      expect(complaint(policy)).toBe('no complaint');
    },
  );

  it('that is none is not quoted either', () => {
    writeFileSync(join(folder, 'kubeconfig'), 'token: "hidden', { mode: 0o600 });
    expect(complaint(policy)).toBe(
      'holdfast.yaml: clusters: k8s: kubeconfig: kubeconfig is neither YAML nor JSON: it should be a kubeconfig',
    );
  });

  it('that cannot be used leaves its cluster out where another road is taken, with a note', () => {
    const { policy: loaded, notes } = load('clusters: [{ name: k8s, kubeconfig: nowhere }]', 'optional');
    expect(loaded.clusters).toBeUndefined();
    expect(notes).toEqual([
      `clusters: k8s: kubeconfig: ${join(folder, 'nowhere')} cannot be read: there is no such file; check its path`,
    ]);
  });
});
