import { afterEach, beforeAll, beforeEach } from '@jest/globals';
import { valueOf, type Fact } from '../../src/core/fact.js';
import type { NamespaceState } from '../../src/core/kube/cluster.js';
import type { KubeSource } from '../../src/core/ports/kube.js';
import { followCluster, type FollowClusterOptions } from '../../src/kube/observe/follow-cluster.js';
import { controllerCertificate, type ControllerCertificate } from './certificate.js';
import { eventually } from './juju-server.js';
import { kubeServer, type KubeServer } from './kube-server.js';
import { realClock } from './real-clock.js';
import { silentLog } from './silent.js';

let certificate: ControllerCertificate;
let current: KubeServer;
let sources: KubeSource[] = [];

/** Sets up a server for each test of a file, and closes what follows it. */
export function kubeBench(): void {
  beforeAll(async () => {
    certificate = await controllerCertificate(['localhost']);
  });

  beforeEach(async () => {
    current = await kubeServer(certificate);
    for (const name of ['data', 'apps', 'other']) current.world.put({ plural: 'namespaces', name }, {});
  });

  afterEach(async () => {
    await Promise.all(sources.map((source) => source.close()));
    sources = [];
    await current.close();
  });
}

/** The server of the running test, with the namespaces `data`, `apps` and `other`. */
export function server(): KubeServer {
  return current;
}

/** Everything happens a hundred times faster than in earnest, but what is held against a silent server: a test may be slow. */
const quick = {
  firstRetryMs: 10,
  longestRetryMs: 100,
  refusedRetryMs: 100,
  silenceMs: 300_000,
  staleMs: 300_000,
  ageLookMs: 20,
  gatherMs: 1,
  slowMs: 300,
  slowRetryMs: 50,
  pageSize: 2,
};

/** Follows the namespace `data` of the server, from now on. */
export function follow(options: Partial<FollowClusterOptions> = {}): KubeSource {
  const source = followCluster({
    access: {
      name: 'lab',
      server: new URL(current.url),
      ca: { text: certificate.caCert },
      token: { text: 'secret-token' },
    },
    namespaces: ['data'],
    version: '0.1.0',
    clock: realClock(),
    random: { next: () => 0.5 },
    log: silentLog,
    ...options,
    settings: { ...quick, ...options.settings },
  });
  sources.push(source);
  source.start();
  return source;
}

type ListKey = Exclude<keyof NamespaceState, 'name' | 'namespace'>;

/** Undefined while unknown. */
export function namesOf(
  source: KubeSource,
  namespace = 'data',
  key: ListKey = 'pods',
): readonly string[] | undefined {
  const fact: Fact<object> | undefined = source.current().namespaces[namespace]?.[key];
  const value = fact && valueOf(fact);
  return value && Object.keys(value);
}

export const pod = (name: string, namespace = 'data') => ({ plural: 'pods', namespace, name });

export async function settled(source: KubeSource): Promise<void> {
  await eventually('everything to be followed', () => source.health().connected);
}
