/** Reports and Events through the whole daemon: a simulated Juju above, an API server below. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clusterDefaults, type WatchedCluster } from '../../src/core/policy/clusters.js';
import { controllerCertificate } from '../support/certificate.js';
import { kubeServer, type KubeServer } from '../support/kube-server.js';
import { writeKubeconfig } from '../support/kubeconfig.js';
import { ReportApi } from '../support/report-api.js';
import { etcdModel, rigUsers, startRig, type Rig } from '../support/rig.js';

const data = {
  name: 'data',
  type: 'caas' as const,
  users: { observer: 'read' as const, remediator: 'admin' as const },
  applications: [
    { name: 'kafka', charm: 'kafka-k8s', channel: '4/stable', units: 1, config: { roles: 'broker' } },
  ],
};
const open = {
  spec: {
    type: 'LoadBalancer',
    selector: { 'app.kubernetes.io/name': 'kafka' },
    ports: [{ protocol: 'TCP', port: 9092 }],
  },
};

let folder: string;
let server: KubeServer;
let api: ReportApi;
let cluster: WatchedCluster;
let rig: Rig;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-reports-'));
  const certificate = await controllerCertificate(['localhost']);
  server = await kubeServer(certificate);
  api = new ReportApi();
  server.faults = api.answer;
  server.world.put({ plural: 'namespaces', name: 'data' });
  server.world.put({ plural: 'statefulsets', namespace: 'data', name: 'kafka' }, { spec: { replicas: 1 } });
  const kubeconfig = await writeKubeconfig(folder, { url: server.url, ca: certificate.caCert });
  cluster = { ...clusterDefaults, name: 'k8s', kubeconfig, maxAge: 120, scope: 'cluster', reports: true };
  const models = [data, etcdModel('machines', 1)];
  rig = await startRig({
    estate: { controllers: [{ name: 'prod', flavour: '3.6', users: rigUsers, models }] },
    rules: [],
    clusters: [cluster],
  });
});

afterEach(async () => {
  await rig.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const inData = '/apis/openreports.io/v1alpha1/namespaces/data/reports/holdfast';
const reports = (): readonly string[] => api.paths().filter((path) => path.includes('openreports'));
const events = () => [...api.objects.values()].filter(({ kind }) => kind === 'Event');

describe('a daemon whose policy wants reports in a cluster', () => {
  it('keeps them there, tells drift as an Event, and counts both', async () => {
    await rig.until('the reports are there', () => reports().length === 3);
    expect(reports()).toEqual([
      '/apis/openreports.io/v1alpha1/clusterreports/holdfast-prod',
      '/apis/openreports.io/v1alpha1/clusterreports/holdfast-prod.machines',
      inData,
    ]);
    const { byModel } = rig.daemon.report().summary;
    const { summary, results } = api.objects.get(inData) as unknown as {
      summary: { fail: number };
      results: { rule: string; category: string; resources?: { name: string }[] }[];
    };
    expect(summary.fail).toBe(byModel['prod:data']?.violations);
    expect(results.find(({ rule }) => rule.startsWith('KAFKA'))).toMatchObject({
      category: expect.stringMatching(/^[A-Z]/),
      resources: [{ kind: 'StatefulSet', name: 'kafka', namespace: 'data' }],
    });
    server.world.put({ plural: 'services', namespace: 'data', name: 'kafka-lb' }, open);
    await rig.until('the drift is an Event', () => events().length > 0);
    expect(events().map(({ reason }) => reason)).toContain('OpenedByService');
    // The server has it a moment before its answer is heard.
    await rig.until('the Event is counted', () => (rig.daemon.reportSinks?.()[0]?.events ?? 0) > 0);
    const told = await rig.metrics();
    expect(told).toMatch(/^holdfast_kube_reports\{cluster="k8s"\} 3$/m);
    expect(told).toMatch(/^holdfast_kube_reports_trouble\{cluster="k8s"\} 0$/m);
    expect(told).toMatch(/^holdfast_kube_reports_bytes\{cluster="k8s"\} [1-9]\d+$/m);
    expect(told).toMatch(/^holdfast_kube_reports_requests_total\{cluster="k8s",outcome="written"\} 3$/m);
    expect(told).toMatch(/^holdfast_kube_events_total\{cluster="k8s",outcome="told"\} [1-9]\d*$/m);
  });

  it('says in metrics that it may not write them, and stays ready', async () => {
    api.faults = ({ method }) => (method === 'GET' ? undefined : { status: 403, body: { code: 403 } });
    await rig.until('the trouble', () => (rig.daemon.reportSinks?.()[0]?.troubles.length ?? 0) > 0);
    expect(await rig.metrics()).toMatch(/^holdfast_kube_reports_trouble\{cluster="k8s"\} 1$/m);
    await rig.until('all is ready', () => rig.daemon.readiness().ready);
  });

  it('leaves them as they are once another policy does not want them', async () => {
    await rig.until('the reports are there', () => reports().length === 3);
    await rig.daemon.reload({ ...rig.policy, clusters: [{ ...cluster, reports: false }] });
    await rig.until('nobody reports', () => rig.daemon.reportSinks?.().length === 0);
    expect(reports()).toHaveLength(3);
    expect(await rig.metrics()).not.toMatch(/^holdfast_kube_reports\{/m);
  });
});
