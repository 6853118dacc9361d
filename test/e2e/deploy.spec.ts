/** The files of deploy/, before those that will read them: a kube-apiserver, systemd, Terraform. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest, test } from '@jest/globals';
import { manifests, type Manifest } from '../support/rbac.js';
import { call, must } from './lab/calls.js';
import { Lab } from './lab/lab.js';

jest.setTimeout(180_000);
const deploy = join(import.meta.dirname, '../../deploy');

describe('the manifests', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
  });
  afterAll(() => lab.close());

  const places: Readonly<Record<string, string>> = {
    Namespace: '/api/v1/namespaces',
    ServiceAccount: '/api/v1/namespaces/NS/serviceaccounts',
    ConfigMap: '/api/v1/namespaces/NS/configmaps',
    PersistentVolumeClaim: '/api/v1/namespaces/NS/persistentvolumeclaims',
    Service: '/api/v1/namespaces/NS/services',
    Deployment: '/apis/apps/v1/namespaces/NS/deployments',
    NetworkPolicy: '/apis/networking.k8s.io/v1/namespaces/NS/networkpolicies',
    Role: '/apis/rbac.authorization.k8s.io/v1/namespaces/NS/roles',
    RoleBinding: '/apis/rbac.authorization.k8s.io/v1/namespaces/NS/rolebindings',
    ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
  };

  /** As `kubectl apply --dry-run=server --validate=strict`: unknown and repeated fields are refused. */
  function tried(object: Manifest): ReturnType<typeof call> {
    const path = places[object.kind]?.replace('NS', object.metadata.namespace ?? 'holdfast');
    if (path === undefined) throw new Error(`where is a ${object.kind}?`);
    return call(lab.admin, 'POST', `${path}?dryRun=All&fieldValidation=Strict`, object);
  }

  it('make a namespace in which only restricted pods may run', async () => {
    const [namespace] = manifests('cluster-read/holdfast.yaml');
    expect(namespace).toEqual(manifests('namespaced/holdfast.yaml')[0]);
    await must(lab.admin, 'POST', '/api/v1/namespaces', namespace);
    const pod = { kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [{ name: 'x', image: 'x' }] } };
    const { status, body } = await call(
      lab.admin,
      'POST',
      '/api/v1/namespaces/holdfast/pods?dryRun=All',
      pod,
    );
    expect([status, body['message']]).toEqual([403, expect.stringContaining('restricted')]);
  });

  test.each([
    'cluster-read/holdfast.yaml',
    'namespaced/holdfast.yaml',
    'namespaced/model.yaml',
    'namespaced/surroundings.yaml',
    'daemon/holdfast.yaml',
  ])('of %s are what the API server knows', async (file) => {
    const objects = manifests(file).filter(({ kind }) => kind !== 'Namespace');
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) {
      const { status, body } = await tried(object);
      expect([object.kind, status, body['message']]).toEqual([object.kind, 201, undefined]);
    }
  });

  it('run a pod that is admitted there', async () => {
    const deployment = manifests('daemon/holdfast.yaml').find(({ kind }) => kind === 'Deployment');
    const { template } = deployment!['spec'] as { readonly template: { readonly spec: object } };
    const pod = { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'holdfast' }, spec: template.spec };
    const path = '/api/v1/namespaces/holdfast/pods?dryRun=All&fieldValidation=Strict';
    const { status, body } = await call(lab.admin, 'POST', path, pod);
    expect([status, body['message']]).toEqual([201, undefined]);
  });

  it('would not pass with a field that is not known', async () => {
    const service = manifests('daemon/holdfast.yaml').find(({ kind }) => kind === 'Service')!;
    const spec = { ...(service['spec'] as object), portz: [] };
    expect((await tried({ ...service, spec })).status).toBe(400);
  });
});

describe('the unit', () => {
  let folder: string;
  let unit: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-unit-'));
    unit = join(folder, 'holdfast.service');
    const launcher = join(import.meta.dirname, '../../bin/holdfast');
    const text = readFileSync(join(deploy, 'systemd/holdfast.service'), 'utf8');
    writeFileSync(unit, text.replaceAll('/opt/holdfast/bin/holdfast', launcher));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is one that systemd takes without a word', () => {
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  it('is confined: what systemd rates the exposure of stays below 1.5 of 10', () => {
    const args = ['security', '--offline=true', '--threshold=15', unit];
    const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    const level = /exposure level for holdfast\.service: ([\d.]+)/.exec(stdout)?.[1];
    expect(Number(level)).toBeLessThanOrEqual(1.5);
    expect(status).toBe(0);
  });
});

describe('the Terraform module', () => {
  it('is written as Terraform writes it', () => {
    const args = ['fmt', '-check', '-recursive', '-diff', join(deploy, 'terraform')];
    expect(execFileSync('terraform', args, { encoding: 'utf8' })).toBe('');
  });
});
