import { resolve } from 'node:path';
import { InputError } from '../core/input-error.js';
import { clusterDefaults, type WatchedCluster } from '../core/policy/clusters.js';
import type { Policy } from '../core/policy/policy.js';
import type { Snapshot } from '../core/snapshot.js';
import type { RoadOptions } from './options.js';
import { progressOn } from './progress.js';
import type { Services } from './services.js';

/** The cluster that the options name, if any. @throws InputError when they do not go together. */
export function namedCluster({ kubeconfig, context, inCluster }: RoadOptions): WatchedCluster | undefined {
  if (kubeconfig !== undefined && inCluster === true)
    throw new InputError(
      'choose one of --kubeconfig and --in-cluster: a run reads one cluster besides the policy',
    );
  if (context !== undefined && kubeconfig === undefined)
    throw new InputError('--context is one of a kubeconfig: name the file with --kubeconfig');
  if (kubeconfig === undefined && inCluster !== true) return undefined;
  return {
    ...clusterDefaults,
    name: context ?? 'kubernetes',
    ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(kubeconfig) }),
    ...(context === undefined ? {} : { context }),
  };
}

/** The snapshot with what these clusters, read now, show of its models. */
export async function withClusters(
  snapshot: Snapshot,
  { named, watched }: { readonly named: WatchedCluster | undefined; readonly watched: Policy['clusters'] },
  services: Services,
): Promise<Snapshot> {
  const others = (watched ?? []).filter(({ name }) => name !== named?.name);
  const all = named === undefined ? others : [...others, named];
  if (all.length === 0) return snapshot;
  const { roads, environment, io, now } = services;
  if (roads.clusters === undefined) throw new InputError('clusters cannot be read in this build');
  const progress = progressOn(io, now);
  const look = { environment, progress: progress.tell, controllers: snapshot.controllers, named };
  return { ...snapshot, clusters: await roads.clusters(all, look).finally(progress.done) };
}
