import { z } from 'zod';
import { seconds } from '../../core/duration.js';
import { workloadDefaults, type WorkloadRule } from '../../core/policy/workload.js';
import { clusterDefaults, type WatchedCluster } from '../../core/policy/clusters.js';
import type { Mistake } from '../mistakes.js';
import { EtcdIdentityEntry, etcdIdentity } from './etcd-identity.js';
import { duration, Match, text } from './parts.js';

/** Seconds: looking more often would fill Juju's list of operations. */
const least = 60;

/** One entry of `workload`. */
export const WorkloadEntry = z.strictObject({
  match: Match.pick({ controller: true, model: true, application: true }),
  enabled: z.boolean().exactOptional().meta({
    description: 'False takes out again what an earlier entry named.',
  }),
  every: duration
    .refine((text) => isAtLeast(text, least), { error: `may not be shorter than ${least}s` })
    .exactOptional()
    .meta({
      description:
        'How long a unit is left alone after a look into it; a minute at the most where its application changed. 15m unless given.',
    }),
  through: z.strictObject({ cluster: text }).exactOptional().meta({
    description:
      'The road into the units: a cluster of `clusters`, by exec in their pods, where Juju may not be used; Juju unless given.',
  }),
  etcd: EtcdIdentityEntry.exactOptional(),
  atOnce: z.int().min(1).max(16).exactOptional().meta({
    description: 'How many calls may be under way at once in one model; 2 unless given.',
  }),
  perMinute: z.int().min(1).max(600).exactOptional().meta({
    description: 'How many calls may be begun in a minute in one model; 30 unless given.',
  }),
});

interface Place {
  /** Relative paths in the policy start here. */
  readonly folder: string;
  readonly troubles: Mistake[];
  readonly clusters: readonly WatchedCluster[];
}

export function workloadFrom(
  entries: readonly z.output<typeof WorkloadEntry>[],
  place: Place,
): readonly WorkloadRule[] {
  return entries.map(({ every, etcd, through, ...entry }, index) => {
    const cluster = through && clusterOf(through.cluster, place, `workload[${index}].through`);
    const identity = etcd && etcdIdentity(etcd, { ...place, path: `workload[${index}].etcd` });
    return {
      ...workloadDefaults,
      ...entry,
      ...(every === undefined ? {} : { every: seconds(every) }),
      ...(cluster === undefined ? {} : { through: cluster }),
      ...(identity === undefined ? {} : { etcd: identity }),
    };
  });
}

/** Nobody is looked into by another road than the one that was asked for: an entry without its cluster names none. */
function clusterOf(name: string, { clusters, troubles }: Place, path: string): WatchedCluster {
  const found = clusters.find((cluster) => cluster.name === name);
  if (found === undefined)
    troubles.push(`${path}.cluster: ${name} is no cluster of this policy that can be used`);
  return found ?? { ...clusterDefaults, name, kubeconfig: '' };
}

/** What is no duration at all is said elsewhere. */
function isAtLeast(given: string, bound: number): boolean {
  try {
    return seconds(given) >= bound;
  } catch {
    return true;
  }
}
