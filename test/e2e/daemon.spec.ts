/** The daemon as it is composed for the world, on a simulated Juju and a real kube-apiserver. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readEnvironment } from '../../src/config/environment.js';
import { valueOf } from '../../src/core/fact.js';
import { clusterDefaults, type WatchedCluster } from '../../src/core/policy/clusters.js';
import type { ReportFinding } from '../../src/core/report/types.js';
import { readClusters } from '../../src/main/read-clusters.js';
import { systemClock } from '../../src/main/system.js';
import { writeKubeconfig } from '../support/kubeconfig.js';
import { rigUsers, startRig, type Rig } from '../support/rig.js';
import { model, prod } from '../support/world.js';
import { must } from './lab/calls.js';
import { Lab } from './lab/lab.js';
import { allowInData, grantObserver, newToken, observersRules } from './lab/rights.js';

jest.setTimeout(180_000);

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const services = '/api/v1/namespaces/data/services';
const open = {
  metadata: { name: 'kafka-lb' },
  spec: {
    type: 'LoadBalancer',
    allocateLoadBalancerNodePorts: false,
    selector: { 'app.kubernetes.io/name': 'kafka' },
    ports: [{ protocol: 'TCP', port: 9092 }],
  },
};

let lab: Lab;
let folder: string;
let cluster: WatchedCluster;
let rig: Rig;

beforeAll(async () => {
  lab = await Lab.start();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
  await grantObserver(lab.admin);
  const observer = { kind: 'ServiceAccount', name: 'observer', namespace: 'data' };
  await bind('asks', observer, [
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
  ]);
  const controller = { kind: 'User', name: 'system:serviceaccount:controller-prod:controller' };
  await bind('juju', controller, [
    { apiGroups: ['', 'apps'], resources: ['*'], verbs: ['create', 'delete', 'patch', 'list'] },
  ]);
  cluster = {
    ...clusterDefaults,
    name: 'k8s',
    kubeconfig: await writeKubeconfig(folder, {
      url: `https://127.0.0.1:${lab.port}`,
      ca: lab.servingCa,
      token: await newToken(lab.admin),
    }),
    jujuUser: { user: controller.name, groups: ['system:authenticated'] },
    maxAge: 120,
  };
  const kafka = { charm: 'kafka-k8s', channel: '4/stable', config: { roles: 'broker,controller' } };
  const data = {
    name: 'data',
    type: 'caas',
    users: { observer: 'read', remediator: 'admin' },
    applications: [{ name: 'kafka', units: 1, ...kafka }],
  } as const;
  rig = await startRig({
    estate: { controllers: [{ name: 'prod', flavour: '3.6', users: rigUsers, models: [data] }] },
    rules: [],
    clusters: [cluster],
  });
});

afterAll(async () => {
  await rig.close();
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

/** A role over the whole cluster. */
async function bind(name: string, subject: object, rules: readonly object[]): Promise<void> {
  const metadata = { name };
  const subjects = [subject];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
  await must(lab.admin, 'POST', `${rbac}/clusterroles`, { metadata, rules });
  await must(lab.admin, 'POST', `${rbac}/clusterrolebindings`, { metadata, subjects, roleRef });
}

function finding(control: string): ReportFinding | undefined {
  const { findings } = rig.daemon.report();
  return findings.find((one) => one.control === control && one.target.model === 'data');
}

function outcome(control = 'K8S-NET-02'): string | undefined {
  return finding(control)?.outcome;
}

describe('the daemon on a real API server', () => {
  it('is ready once it has read the cluster, and judges what only the cluster shows', async () => {
    await rig.until('all is ready', () => rig.daemon.readiness().ready, 60_000);
    await rig.until('the services are judged', () => outcome() === 'pass', 20_000);
    expect(rig.daemon.readiness().reasons).toEqual([]);
    expect(outcome('K8S-RBAC-01')).toBe('pass');
    expect(outcome('K8S-NET-01')).toBe('fail');
    expect(finding('K8S-NET-01')?.message).toContain('kafka');
  });

  it('finds a service that is opened to the world within seconds, and that it is closed again', async () => {
    const begun = Date.now();
    await must(lab.admin, 'POST', services, open);
    await rig.until('the opening is found', () => outcome() === 'fail', 5000);
    expect(finding('K8S-NET-02')?.reason).toBe('OpenedByService');
    expect(Date.now() - begun).toBeLessThan(3000);
    await must(lab.admin, 'DELETE', `${services}/kafka-lb`);
    await rig.until('it is closed', () => outcome() === 'pass', 5000);
  });

  it('says which right is missing when one is taken away, and goes on when it is given back', async () => {
    const without = observersRules.map((rule) => ({
      ...rule,
      resources: rule.resources.filter((resource) => resource !== 'services'),
    }));
    await allowInData(lab.admin, without);
    await lab.endApi('SIGTERM');
    await lab.startApi();
    await rig.until('the services are unknown', () => outcome() === 'unknown', 60_000);
    expect(finding('K8S-NET-02')?.message).toContain('list and watch services in namespace data');
    await allowInData(lab.admin, observersRules);
    await rig.until('they are known again', () => outcome() === 'pass', 90_000);
  });

  it('catches up with what happened while the API server was down, and stays ready meanwhile', async () => {
    await must(lab.admin, 'POST', services, open);
    await rig.until('the opening is found', () => outcome() === 'fail', 5000);
    await lab.endApi('SIGKILL');
    await rig.until('the loss is told', () => rig.daemon.readiness().reasons.length > 0, 20_000);
    expect(rig.daemon.readiness()).toEqual({
      ready: true,
      reasons: [expect.stringMatching(/^cluster k8s: .*/)],
    });
    expect(outcome()).toBe('fail');
    await lab.startApi();
    await must(lab.admin, 'DELETE', `${services}/kafka-lb`);
    await rig.until('it is closed', () => outcome() === 'pass', 60_000);
    await rig.until('nothing is wrong any more', () => rig.daemon.readiness().reasons.length === 0, 60_000);
    expect(await rig.metrics()).toMatch(
      /^holdfast_kube_reconnects_total\{cluster="k8s",resource="services"\} [1-9]/m,
    );
  });

  it('is read as well by a command that looks once', async () => {
    const { controllers } = prod({ models: { data: model({ type: 'caas' }) } });
    const told: string[] = [];
    const look = { controllers, named: cluster, environment: readEnvironment({}), clock: systemClock };
    const { k8s } = await readClusters([cluster], { ...look, progress: (line) => told.push(line) });
    expect(told).toEqual(['reading cluster k8s']);
    expect(JSON.stringify(k8s)).not.toContain('"unknown"');
    const services = k8s?.namespaces['data']?.services;
    expect(services && valueOf(services)).toEqual({});
  });
});
