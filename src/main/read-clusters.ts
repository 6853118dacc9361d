/** One look at clusters, for commands that end. */
import type { ClusterLook } from '../cli/services.js';
import { toolVersion } from '../config/version.js';
import { dictOf, type Dict } from '../core/dict.js';
import { InputError } from '../core/input-error.js';
import { blindCluster } from '../core/kube/blind.js';
import type { ClusterState } from '../core/kube/cluster.js';
import { modelNamespaces } from '../core/kube/places.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { Clock, KubeSource } from '../core/ports/index.js';
import { instant } from '../core/time.js';
import { AccessError } from '../kube/access/access-error.js';
import { clusterFollower } from './clusters.js';
import { silentLog } from './silent-log.js';

interface OneLook extends ClusterLook {
  readonly clock: Clock;
}

/** How long one cluster may take to show everything, and what is in trouble to get over it, ms. */
const times = { deadline: 120_000, patience: 3000, look: 50 };

/** How many different troubles of one cluster are told. */
const mostTold = 5;

/**
 * Reads each cluster once, in the namespaces of the models that are given. What cannot be read stays unknown, and
 * `progress` is told why.
 * @throws InputError for an access that cannot be used and that a person named for this very look.
 */
export async function readClusters(
  clusters: readonly WatchedCluster[],
  look: OneLook,
): Promise<Dict<ClusterState>> {
  const states = await Promise.all(clusters.map((cluster) => readCluster(cluster, look)));
  return dictOf(states.map((state) => [state.name, state]));
}

async function readCluster(cluster: WatchedCluster, look: OneLook): Promise<ClusterState> {
  const { progress, environment, clock } = look;
  progress(`reading cluster ${cluster.name}`);
  const namespaces = [...modelNamespaces(Object.values(look.controllers), cluster.match).keys()];
  const follow = clusterFollower({ environment, log: silentLog, version: toolVersion(), clock });
  let source: KubeSource;
  try {
    source = await follow(cluster);
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    if (look.named === cluster) throw new InputError(error.message);
    progress(`cluster ${cluster.name}: ${error.message}`);
    return blindCluster(cluster.name, namespaces, {
      reason: error.message,
      at: instant(clock.now()),
    });
  }
  return readOnce(source, namespaces, look);
}

async function readOnce(
  source: KubeSource,
  namespaces: readonly string[],
  { clock, progress }: OneLook,
): Promise<ClusterState> {
  try {
    source.follow(namespaces);
    source.start();
    await untilRead(source, clock);
    for (const line of troublesOf(source)) progress(line);
    return source.current();
  } finally {
    await source.close();
  }
}

/** Until all is read, or what is in trouble has had its time. */
async function untilRead(source: KubeSource, clock: Clock): Promise<void> {
  const latest = clock.now() + times.deadline;
  let end = latest;
  while (source.stage() !== 'read' && clock.now() < end) {
    if (source.stage() === 'troubled') end = Math.min(end, clock.now() + times.patience);
    await clock.sleep(times.look);
  }
}

/** Each trouble once, with the first list that has it. */
function troublesOf(source: KubeSource): readonly string[] {
  const { cluster, watches } = source.health();
  const told = new Map<string, string>();
  for (const { trouble, resource, namespace } of watches) {
    if (trouble === undefined || told.has(trouble)) continue;
    const where = namespace === undefined ? '' : ` in ${namespace}`;
    told.set(trouble, `cluster ${cluster}: ${resource}${where}: ${trouble}`);
  }
  const lines = [...told.values()];
  const more = lines.length - mostTold;
  return more > 0 ? [...lines.slice(0, mostTold), `cluster ${cluster}: and ${more} more troubles`] : lines;
}
