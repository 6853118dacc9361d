import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { controllerCertificate, type ControllerCertificate } from '../../test/support/certificate.js';
import { eventually } from '../../test/support/juju-server.js';
import { forbidden, kubeServer, type KubeServer } from '../../test/support/kube-server.js';
import { writeKubeconfig } from '../../test/support/kubeconfig.js';
import { model, prod } from '../../test/support/world.js';
import { readEnvironment } from '../config/environment.js';
import { valueOf } from '../core/fact.js';
import type { ClusterState } from '../core/kube/cluster.js';
import { clusterDefaults, type WatchedCluster } from '../core/policy/clusters.js';
import { observeOnly } from '../core/policy/policy.js';
import type { Clock } from '../core/ports/time.js';
import { clusterMistakes } from './clusters.js';
import { readClusters } from './read-clusters.js';
import { systemClock } from './system.js';

const { controllers } = prod({ models: { data: model({ type: 'caas' }), machines: model() } });

let certificate: ControllerCertificate;
let folder: string;
let server: KubeServer;
let cluster: WatchedCluster;
let told: string[];

beforeAll(async () => {
  certificate = await controllerCertificate(['localhost']);
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-look-'));
  server = await kubeServer(certificate);
  server.world.put({ plural: 'namespaces', name: 'data' });
  server.world.put({ plural: 'pods', namespace: 'data', name: 'db-0' });
  const kubeconfig = await writeKubeconfig(folder, { url: server.url, ca: certificate.caCert });
  cluster = { ...clusterDefaults, name: 'k8s', kubeconfig, jujuUser: 'self' };
  told = [];
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function look(
  given: WatchedCluster = cluster,
  named?: WatchedCluster,
  clock: Clock = systemClock,
): Promise<ClusterState> {
  const states = await readClusters([given], {
    controllers,
    named,
    environment: readEnvironment({}),
    progress: (line) => told.push(line),
    clock,
  });
  const state = states['k8s'];
  if (state === undefined) throw new Error('the cluster is missing');
  return state;
}

describe('one look at a cluster', () => {
  it('reads all that there is of the models on Kubernetes, and leaves no connection behind', async () => {
    const state = await look();
    expect(Object.keys(state.namespaces)).toEqual(['data']);
    const { pods, services } = state.namespaces['data'] ?? {};
    expect(pods && Object.keys(valueOf(pods) ?? {})).toEqual(['db-0']);
    expect(services && Object.keys(valueOf(services) ?? { none: 0 })).toEqual([]);
    expect(valueOf(state.version)?.gitVersion).toBe('v1.36.3');
    expect(valueOf(state.jujuAccess)).toHaveLength(24);
    expect(told).toEqual(['reading cluster k8s']);
    await eventually('the connections to end', () => server.sockets.size === 0);
  });

  it('leaves unknown what may not be read, with the permission, and does not wait for it', async () => {
    server.faults = ({ path }) => (path.endsWith('/services') ? forbidden('services') : undefined);
    const begun = systemClock.now();
    // By this clock the time for troubles never ends.
    const state = await look(cluster, undefined, { ...systemClock, now: () => begun });
    expect(state.namespaces['data']?.services).toMatchObject({
      unknown: { permission: 'list and watch services in namespace data' },
    });
    expect(told).toContainEqual(expect.stringMatching(/^cluster k8s: services in data: .*forbidden/));
  });

  it('gets over a trouble that passes', async () => {
    let refused = 0;
    server.faults = ({ path }) =>
      path.endsWith('/pods') && (refused += 1) === 1 ? { status: 503, body: {} } : undefined;
    const pods = (await look()).namespaces['data']?.pods;
    expect(pods && Object.keys(valueOf(pods) ?? {})).toEqual(['db-0']);
  });

  it('of a server that is not there leaves everything unknown, and says why once', async () => {
    await server.close();
    const state = await look();
    const gap = { unknown: { reason: expect.stringContaining('ECONNREFUSED') } };
    expect([state.version, state.nodes, state.namespaces['data']?.pods]).toMatchObject([gap, gap, gap]);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatch(/^cluster k8s: nodes: .*ECONNREFUSED/);
    server = await kubeServer(certificate);
  });

  it('with a context that there is not leaves the policy’s cluster unknown, and says why', async () => {
    const state = await look({ ...cluster, context: 'prod' });
    const reason = expect.stringContaining("no 'prod' among its contexts: lab");
    expect(state.namespaces['data']?.pods).toMatchObject({ unknown: { reason } });
    expect(told).toContainEqual(reason);
  });

  it('that a person named with such a context is refused', async () => {
    const named = { ...cluster, context: 'prod' };
    await expect(look(named, named)).rejects.toThrow("no 'prod' among its contexts: lab");
  });

  it('from inside of a cluster is refused outside of one', async () => {
    const named: WatchedCluster = { ...clusterDefaults, name: 'k8s' };
    await expect(look(named, named)).rejects.toThrow('This is not a pod of a cluster');
  });
});

describe('the access to the clusters of a policy', () => {
  it('is told with all of its mistakes, each by the name of its cluster', async () => {
    const clusters = [
      cluster,
      { ...cluster, name: 'other', context: 'prod' },
      { ...clusterDefaults, name: 'own' },
    ];
    const mistakes = await clusterMistakes({ ...observeOnly, clusters }, {});
    expect(mistakes.map((mistake) => mistake.replaceAll(`${folder}/`, ''))).toEqual([
      "clusters: other: kubeconfig has no 'prod' among its contexts: lab.",
      'clusters: own: This is not a pod of a cluster (KUBERNETES_SERVICE_HOST is not set): give a kubeconfig.',
    ]);
    const clusterApi = { host: '10.0.0.1', port: '443' };
    const own = [{ ...clusterDefaults, name: 'own' }];
    expect(await clusterMistakes({ ...observeOnly, clusters: own }, { clusterApi })).toEqual([]);
  });
});
