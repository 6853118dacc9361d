/** The way to the clusters of a policy. */
import type { Environment } from '../config/environment.js';
import type { Mistake } from '../config/mistakes.js';
import { jujuPermissions } from '../core/kube/juju-permissions.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { Policy } from '../core/policy/policy.js';
import type { Clock, KubeSource, Log } from '../core/ports/index.js';
import { AccessError } from '../kube/access/access-error.js';
import type { ClusterAccess } from '../kube/access/cluster-access.js';
import { inClusterAccess } from '../kube/access/in-cluster.js';
import { readKubeconfig } from '../kube/access/kubeconfig.js';
import { followCluster } from '../kube/observe/follow-cluster.js';
import { followDefaults, type FollowSettings } from '../kube/observe/settings.js';
import { systemClock, systemRandom } from './system.js';

export interface ClusterFollowerOptions {
  readonly environment: Pick<Environment, 'clusterApi'>;
  readonly log: Log;
  /** Holdfast's own. */
  readonly version: string;
  readonly clock?: Clock;
}

/** Follows clusters as the policy says; rejects with AccessError where the access to one cannot be used. */
export function clusterFollower({
  environment,
  log,
  version,
  clock = systemClock,
}: ClusterFollowerOptions): (cluster: WatchedCluster) => Promise<KubeSource> {
  return async (cluster) => {
    const { jujuUser, scope, maxAge } = cluster;
    return followCluster({
      access: await accessTo(cluster, environment),
      namespaces: [],
      scope,
      ...(jujuUser === undefined ? {} : { juju: { subject: jujuUser, checks: jujuPermissions } }),
      ...{ version, clock, random: systemRandom, log },
      settings: settingsFor(maxAge),
    });
  };
}

/** What is wrong with the access to clusters of a policy, as far as the machine alone shows it. */
export async function clusterMistakes(
  { clusters = [] }: Policy,
  environment: Pick<Environment, 'clusterApi'>,
): Promise<readonly Mistake[]> {
  const mistakes = await Promise.all(
    clusters.map(async (cluster) => {
      try {
        await accessTo(cluster, environment);
        return [];
      } catch (error) {
        if (!(error instanceof AccessError)) throw error;
        return [`clusters: ${cluster.name}: ${error.message}`];
      }
    }),
  );
  return mistakes.flat();
}

/** @throws AccessError where it cannot be used. */
export async function accessTo(
  { name, kubeconfig, context }: WatchedCluster,
  { clusterApi }: Pick<Environment, 'clusterApi'>,
): Promise<ClusterAccess> {
  if (kubeconfig === undefined)
    return inClusterAccess(name, { host: clusterApi?.host, port: clusterApi?.port });
  return { ...(await readKubeconfig(kubeconfig, context)), name };
}

/**
 * A cluster must be asked anew well before it is no longer believed, and a watch on which nothing happens must end in
 * order before its silence is taken for a loss (at twice the time asked for, at most). `maxAge` in seconds.
 */
function settingsFor(maxAge: number): Partial<FollowSettings> {
  const silenceMs = Math.min(followDefaults.silenceMs, maxAge * 500);
  const watchSeconds = Math.min(followDefaults.watchSeconds, Math.floor((silenceMs / 1000) * 0.45));
  return { staleMs: maxAge * 1000, silenceMs, watchSeconds };
}
