/** Keeps the set of followed clusters as the policy names them, each in the namespaces of the models that are there. */
import type { Dict } from '../../core/dict.js';
import type { ClusterState } from '../../core/kube/cluster.js';
import { modelNamespaces, type ModelPlace } from '../../core/kube/places.js';
import type { WatchedCluster } from '../../core/policy/clusters.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Clock, Log } from '../../core/ports/index.js';
import type { ControllerState } from '../../core/snapshot.js';
import { keyOf } from '../keys.js';
import type { WorkQueue } from '../queue.js';
import { Roster } from '../roster.js';
import { FollowedCluster, type ClusterStanding, type FollowCluster } from './followed-cluster.js';

export interface ClustersOptions {
  /** Absent: this composition looks at no cluster. */
  readonly followCluster?: FollowCluster;
  readonly queue: WorkQueue;
  /** Whether this unit looks after the model with this key: the namespaces of others are left to theirs. */
  readonly holds?: (key: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

export class Clusters {
  private readonly options: ClustersOptions;
  private readonly roster: Roster<ClusterState, readonly ModelPlace[], FollowedCluster>;
  /** Milliseconds for which a namespace outlives the last sight of its model. */
  private grace = 0;

  constructor(options: ClustersOptions) {
    this.options = options;
    this.roster = new Roster((cluster, trouble) => {
      options.log.warn({ cluster, trouble }, 'a cluster was not left in order');
    });
  }

  /** Begins with clusters that are new in the policy, leaves those that are gone or reached differently. */
  async adopt({ clusters = [], pace }: Policy): Promise<void> {
    const { followCluster: follow } = this.options;
    this.grace = pace.maxAge * 1000;
    await this.roster.adopt(clusters, follow && ((cluster) => this.open(cluster, follow)));
  }

  leaveAll(): Promise<void> {
    return this.roster.leaveAll();
  }

  /**
   * What the clusters show of the models of these controllers, whose namespaces are followed from now on; undefined
   * where none may be looked at. The same object as before when nothing has changed. `now` in ms.
   */
  under(controllers: readonly ControllerState[], now: number): Dict<ClusterState> | undefined {
    this.roster.place(({ cluster }) => this.held(modelNamespaces(controllers, cluster.match)), {
      now,
      grace: this.grace,
    });
    return this.roster.current();
  }

  standings(): readonly ClusterStanding[] {
    return this.roster.all().map((followed) => followed.standing());
  }

  private open(cluster: WatchedCluster, follow: FollowCluster): FollowedCluster {
    const { clock, log, queue } = this.options;
    const onNews = (places: readonly ModelPlace[]): void => {
      for (const place of places) queue.add(keyOf(place));
    };
    return new FollowedCluster({ cluster, follow, clock, log, onNews });
  }

  private held(
    namespaces: ReadonlyMap<string, readonly ModelPlace[]>,
  ): ReadonlyMap<string, readonly ModelPlace[]> {
    const { holds } = this.options;
    if (holds === undefined) return namespaces;
    return new Map([...namespaces].filter(([, places]) => places.some((place) => holds(keyOf(place)))));
  }
}
