import type { ClusterStanding } from './followed-cluster.js';

/** Words on clusters that are not seen as they should be. */
export interface ClusterDoubts {
  /** Of clusters that were never read: nothing can be said of them yet. */
  readonly unread: readonly string[];
  /** Of those that were read before: their facts turn unknown by themselves, and the rest goes on. */
  readonly degraded: readonly string[];
}

export function clusterDoubts(standings: readonly ClusterStanding[]): ClusterDoubts {
  return {
    unread: standings.filter(({ wasRead }) => !wasRead).map(unreadText),
    degraded: standings.filter(({ wasRead }) => wasRead).flatMap(degradedText),
  };
}

function unreadText({ health }: ClusterStanding): string {
  return `cluster ${health.cluster} has not been read yet: ${health.trouble ?? 'not yet'}`;
}

function degradedText({ health, maxAge }: ClusterStanding): readonly string[] {
  const { cluster, trouble, ageSeconds } = health;
  const told = trouble === undefined ? '' : `: ${trouble}`;
  if (ageSeconds !== undefined && ageSeconds > maxAge)
    return [`cluster ${cluster} was not heard for ${Math.round(ageSeconds)} s${told}`];
  return trouble === undefined ? [] : [`cluster ${cluster}${told}`];
}
