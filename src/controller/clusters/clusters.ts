/** Keeps the set of followed clusters as the policy names them, each in the namespaces of the models that are there. */
import { dictOf, type Dict } from '../../core/dict.js';
import type { ClusterState } from '../../core/kube/cluster.js';
import { modelNamespaces, type ModelPlace } from '../../core/kube/places.js';
import type { WatchedCluster } from '../../core/policy/clusters.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Clock, Log } from '../../core/ports/index.js';
import type { ControllerState } from '../../core/snapshot.js';
import { Absences } from '../absences.js';
import { keyOf } from '../keys.js';
import type { WorkQueue } from '../queue.js';
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

interface Entry {
  readonly followed: FollowedCluster;
  readonly fingerprint: string;
  readonly absences: Absences;
}

export class Clusters {
  private readonly options: ClustersOptions;
  private readonly entries = new Map<string, Entry>();
  /** Milliseconds for which a namespace outlives the last sight of its model. */
  private grace = 0;
  private last: { readonly states: readonly ClusterState[]; readonly dict: Dict<ClusterState> } | undefined;

  constructor(options: ClustersOptions) {
    this.options = options;
  }

  /** Begins with clusters that are new in the policy, leaves those that are gone or reached differently. */
  async adopt({ clusters = [], pace }: Policy): Promise<void> {
    const { followCluster: follow } = this.options;
    const wanted = new Map(clusters.map((cluster) => [cluster.name, JSON.stringify(cluster)]));
    const gone = [...this.entries].filter(([name, { fingerprint }]) => wanted.get(name) !== fingerprint);
    this.grace = pace.maxAge * 1000;
    for (const [name] of gone) this.entries.delete(name);
    if (follow !== undefined)
      for (const cluster of clusters) if (!this.entries.has(cluster.name)) this.begin(cluster, follow);
    await this.closeAll(gone);
  }

  async leaveAll(): Promise<void> {
    const all = [...this.entries];
    this.entries.clear();
    await this.closeAll(all);
  }

  /**
   * What the clusters show of the models of these controllers, whose namespaces are followed from now on; undefined
   * where none may be looked at. The same object as before when nothing has changed. `now` in ms.
   */
  under(controllers: readonly ControllerState[], now: number): Dict<ClusterState> | undefined {
    if (this.entries.size === 0) return undefined;
    for (const entry of this.entries.values()) this.place(entry, controllers, now);
    const states = [...this.entries.values()].map(({ followed }) => followed.current());
    if (this.last === undefined || !sameItems(this.last.states, states))
      this.last = { states, dict: dictOf(states.map((state) => [state.name, state])) };
    return this.last.dict;
  }

  standings(): readonly ClusterStanding[] {
    return [...this.entries.values()].map(({ followed }) => followed.standing());
  }

  private begin(cluster: WatchedCluster, follow: FollowCluster): void {
    const { clock, log, queue } = this.options;
    const onNews = (places: readonly ModelPlace[]): void => {
      for (const place of places) queue.add(keyOf(place));
    };
    const followed = new FollowedCluster({ cluster, follow, clock, log, onNews });
    this.entries.set(cluster.name, {
      followed,
      fingerprint: JSON.stringify(cluster),
      absences: new Absences(),
    });
    followed.begin();
  }

  /** A namespace whose model is out of sight is followed for a while: it may be back at the next look. */
  private place({ followed, absences }: Entry, controllers: readonly ControllerState[], now: number): void {
    const wanted = this.held(modelNamespaces(controllers, followed.cluster.match));
    for (const name of wanted.keys()) absences.clear(name);
    const kept = [...followed.followed()].filter(
      ([name]) => !wanted.has(name) && absences.note(name, now) < this.grace,
    );
    const next = new Map([...kept, ...wanted]);
    for (const name of absences.keys()) if (!next.has(name)) absences.clear(name);
    followed.follow(next);
  }

  private held(
    namespaces: ReadonlyMap<string, readonly ModelPlace[]>,
  ): ReadonlyMap<string, readonly ModelPlace[]> {
    const { holds } = this.options;
    if (holds === undefined) return namespaces;
    return new Map([...namespaces].filter(([, places]) => places.some((place) => holds(keyOf(place)))));
  }

  private async closeAll(entries: readonly [string, Entry][]): Promise<void> {
    await Promise.all(
      entries.map(([cluster, { followed }]) =>
        followed.close().catch((error: unknown) => {
          const trouble = error instanceof Error ? error.message : String(error);
          this.options.log.warn({ cluster, trouble }, 'a cluster was not left in order');
        }),
      ),
    );
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
