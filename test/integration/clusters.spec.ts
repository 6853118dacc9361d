/** Kubernetes below the models, through the whole daemon: a simulated Juju, and an API server with faults on demand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clusterDefaults, type WatchedCluster } from '../../src/core/policy/clusters.js';
import type { ReportFinding } from '../../src/core/report/types.js';
import { clusterFollower } from '../../src/main/clusters.js';
import { scaledClock } from '../../src/main/demo/scaled-clock.js';
import { systemClock } from '../../src/main/system.js';
import type { ModelSpec } from '../../src/simulator/world/spec.js';
import { controllerCertificate } from '../support/certificate.js';
import { kubeServer, type KubeServer } from '../support/kube-server.js';
import { writeKubeconfig } from '../support/kubeconfig.js';
import { until } from '../support/processes.js';
import { etcdModel, rigUsers, startRig, type Rig } from '../support/rig.js';
import { silentLog } from '../support/silent.js';

const kafkaModel: ModelSpec = {
  name: 'data',
  type: 'caas',
  users: { observer: 'read', remediator: 'admin' },
  applications: [
    {
      name: 'kafka',
      charm: 'kafka-k8s',
      channel: '4/stable',
      units: 1,
      config: { roles: 'broker,controller' },
    },
  ],
};

const lb = { plural: 'services', namespace: 'data', name: 'kafka-lb' };
const open = {
  spec: {
    type: 'LoadBalancer',
    selector: { 'app.kubernetes.io/name': 'kafka' },
    ports: [{ protocol: 'TCP', port: 9092 }],
  },
};

let folder: string;
let server: KubeServer;
let cluster: WatchedCluster;
let rig: Rig;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-clusters-'));
  const certificate = await controllerCertificate(['localhost']);
  server = await kubeServer(certificate);
  const labels = { 'pod-security.kubernetes.io/warn': 'baseline' };
  server.world.put({ plural: 'namespaces', name: 'data' }, { metadata: { labels } });
  const kubeconfig = await writeKubeconfig(folder, { url: server.url, ca: certificate.caCert });
  const jujuUser = { user: 'juju', groups: ['system:authenticated'] };
  cluster = { ...clusterDefaults, name: 'k8s', kubeconfig, maxAge: 120, jujuUser };
});

afterEach(async () => {
  await rig.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The cluster's time passes thirty times as fast: what it says is believed for four seconds. */
async function start(clusters: readonly WatchedCluster[] = [cluster]): Promise<void> {
  const models = [kafkaModel, etcdModel('machines', 1)];
  rig = await startRig({
    estate: { controllers: [{ name: 'prod', flavour: '3.6', users: rigUsers, models }] },
    rules: [],
    clusters,
    followCluster: clusterFollower({
      environment: {},
      log: silentLog,
      version: '0.0.0',
      clock: scaledClock(systemClock, 30),
    }),
  });
}

function finding(control: string): ReportFinding | undefined {
  const { findings } = rig.daemon.report();
  return findings.find((one) => one.control === control && one.target.model === 'data');
}

function outcome(control = 'K8S-NET-02'): string | undefined {
  return finding(control)?.outcome;
}

describe('a cluster below the models', () => {
  it('shows, by its watches, that a service was opened to the world, and that it was closed again', async () => {
    await start();
    await rig.until('the services are judged', () => outcome() === 'pass');
    const begun = Date.now();
    server.world.put(lb, open);
    await rig.until('the opening is found', () => outcome() === 'fail');
    // The list is read anew after half an hour; a watch is a matter of seconds also on a busy machine.
    expect(Date.now() - begun).toBeLessThan(60_000);
    expect(finding('K8S-NET-02')).toMatchObject({
      reason: 'OpenedByService',
      evidence: [{ seen: 'LoadBalancer kafka-lb (to everybody)' }],
    });
    await rig.until('the drift is told', () =>
      rig.events.some((event) => event.type === 'drift' && event.finding.control.id === 'K8S-NET-02'),
    );
    server.world.delete(lb);
    await rig.until('it is closed again', () => outcome() === 'pass');
  });

  it('is asked about the models on Kubernetes alone, and never for Secrets', async () => {
    await start();
    await rig.until('the services are judged', () => outcome() === 'pass');
    const namespaces = server.asked.flatMap(
      ({ path, query }) =>
        /\/namespaces\/([^/]+)\//.exec(path)?.[1] ?? query.get('fieldSelector')?.replace(/.*=/, '') ?? [],
    );
    expect([...new Set(namespaces)]).toEqual(['data']);
    expect(server.asked.filter(({ path }) => /secret/i.test(path))).toEqual([]);
  });

  it('is asked what Juju may do', async () => {
    await start();
    await rig.until('the rights are judged', () => outcome('K8S-RBAC-01') === 'fail');
    expect(finding('K8S-RBAC-01')?.message).toContain('may not delete namespaces');
  });

  it('that goes silent makes its facts unknown, without taking readiness away, and is believed again', async () => {
    await start();
    await rig.until('the services are judged', () => outcome() === 'pass');
    await rig.until('all is ready', () => rig.daemon.readiness().ready);
    expect(rig.daemon.readiness().reasons).toEqual([]);
    server.silent = true;
    server.faults = () => 'mute';
    await rig.until('it is not believed', () => outcome() === 'unknown');
    expect(finding('K8S-NET-02')?.message).toContain('the cluster was not heard for too long');
    const { ready, reasons } = rig.daemon.readiness();
    expect([ready, reasons]).toEqual([
      true,
      [expect.stringMatching(/^cluster k8s was not heard for \d+ s: /)],
    ]);
    for (const line of [
      /^holdfast_kube_silences_total\{cluster="k8s",resource="services"\} [1-9]/m,
      /^holdfast_kube_watches_in_trouble\{cluster="k8s",resource="services"\} 1$/m,
      /^holdfast_kube_connected\{cluster="k8s"\} 0$/m,
      /^holdfast_kube_view_age_seconds\{cluster="k8s"\} (1[2-9]\d|[2-9]\d\d|\d{4})/m,
    ])
      await until(`the metrics say ${String(line)}`, async () => line.test(await rig.metrics()));
    server.silent = false;
    server.faults = () => undefined;
    await rig.until('it is believed again', () => outcome() === 'pass');
  });

  it('that was never read keeps the daemon from being ready, and says why', async () => {
    server.faults = () => ({ status: 503, body: { kind: 'Status', message: 'starting', code: 503 } });
    await start();
    const isTold = (): boolean =>
      rig.daemon
        .readiness()
        .reasons.some((reason) => reason.startsWith('cluster k8s has not been read yet: '));
    await rig.until('the reason is told', isTold);
    expect(rig.daemon.readiness().ready).toBe(false);
    server.faults = () => undefined;
    await rig.until('it is ready', () => rig.daemon.readiness().ready);
  });

  it('is left when another policy does not name it, and followed again when one does', async () => {
    await start();
    await rig.until('the services are judged', () => outcome() === 'pass');
    await rig.daemon.reload({ ...rig.policy, clusters: [] });
    await rig.until('nobody looks any more', () => outcome() === 'unknown');
    expect(finding('K8S-NET-02')?.reason).toBe('KubernetesNotObserved');
    expect(rig.daemon.clusters()).toEqual([]);
    await rig.until('its connections are closed', () => server.sockets.size === 0);
    await rig.daemon.reload(rig.policy);
    await rig.until('it is seen again', () => outcome() === 'pass');
  });

  it('whose kubeconfig cannot be used leaves its facts unknown with the reason', async () => {
    await start([{ ...cluster, context: 'nowhere' }]);
    await rig.until(
      'the reason is told',
      () => finding('K8S-NET-02')?.message.includes("no 'nowhere' among its contexts: lab") === true,
    );
    expect(outcome()).toBe('unknown');
    expect(rig.daemon.readiness().ready).toBe(false);
  });

  it('where the namespace does not exist is no cluster without violations', async () => {
    server.world.delete({ plural: 'namespaces', name: 'data' });
    await start();
    await rig.until(
      'that is told',
      () => finding('K8S-NET-02')?.message.includes('no namespace data') === true,
    );
    expect(outcome()).toBe('unknown');
  });
});
