/** One cluster of the policy: followed once its access can be read, and blind with the reason until then. */
import { blindCluster } from '../../core/kube/blind.js';
import type { ClusterState } from '../../core/kube/cluster.js';
import type { ModelPlace } from '../../core/kube/places.js';
import type { WatchedCluster } from '../../core/policy/clusters.js';
import type { Clock, ClusterChange, KubeHealth, KubeSource, Log } from '../../core/ports/index.js';
import { instant } from '../../core/time.js';

/** Rejects with words, without secrets, where the access to the cluster cannot be used. */
export type FollowCluster = (cluster: WatchedCluster) => Promise<KubeSource>;

export interface FollowedClusterOptions {
  readonly cluster: WatchedCluster;
  readonly follow: FollowCluster;
  readonly clock: Clock;
  readonly log: Log;
  /** Something reads differently at these models. */
  readonly onNews: (places: readonly ModelPlace[]) => void;
}

/** How a cluster stands with us. */
export interface ClusterStanding {
  readonly health: KubeHealth;
  /** Seconds; older than this its word is not believed. */
  readonly maxAge: number;
  /** Whether all that may be read of it was read once, at least. */
  readonly wasRead: boolean;
}

/** Milliseconds until an access that cannot be used is tried again: its files may come later. */
const retry = 30_000;

export class FollowedCluster {
  readonly cluster: WatchedCluster;
  private readonly options: FollowedClusterOptions;
  private namespaces: ReadonlyMap<string, readonly ModelPlace[]> = new Map();
  private source: KubeSource | undefined;
  private trouble = 'its access has not been read yet';
  private blind: { readonly key: string; readonly state: ClusterState } | undefined;
  private hasBeenRead = false;
  private isClosed = false;
  private stopRetry: () => void = () => undefined;

  constructor(options: FollowedClusterOptions) {
    this.options = options;
    this.cluster = options.cluster;
  }

  /** Begins, again and again until the access can be used. */
  begin(): void {
    void this.open();
  }

  /** Follows the namespaces of these models, and no others. */
  follow(namespaces: ReadonlyMap<string, readonly ModelPlace[]>): void {
    const before = namesOf(this.namespaces);
    this.namespaces = namespaces;
    if (before !== namesOf(namespaces)) this.source?.follow([...namespaces.keys()]);
  }

  followed(): ReadonlyMap<string, readonly ModelPlace[]> {
    return this.namespaces;
  }

  /** The same object as before when nothing has changed. */
  current(): ClusterState {
    if (this.source !== undefined) return this.source.current();
    const key = `${this.trouble}\n${namesOf(this.namespaces)}`;
    if (this.blind?.key !== key) this.blind = { key, state: this.blindState() };
    return this.blind.state;
  }

  standing(): ClusterStanding {
    const { name, maxAge } = this.cluster;
    const health = this.source?.health() ?? {
      cluster: name,
      connected: false,
      trouble: this.trouble,
      watches: [],
    };
    this.hasBeenRead ||= health.ageSeconds !== undefined;
    return { health, maxAge, wasRead: this.hasBeenRead };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.stopRetry();
    await this.source?.close();
  }

  private async open(): Promise<void> {
    try {
      const source = await this.options.follow(this.cluster);
      if (this.isClosed) await source.close();
      else this.take(source);
    } catch (error) {
      this.failed(error);
    }
  }

  private take(source: KubeSource): void {
    this.source = source;
    source.onChange((change) => {
      this.tell(change);
    });
    source.follow([...this.namespaces.keys()]);
    source.start();
    this.tell({ cluster: this.cluster.name });
  }

  private failed(error: unknown): void {
    if (this.isClosed) return;
    const { clock, log } = this.options;
    const trouble = error instanceof Error ? error.message : String(error);
    if (trouble !== this.trouble)
      log.warn({ cluster: this.cluster.name, trouble }, 'a cluster cannot be followed');
    this.trouble = trouble;
    this.stopRetry = clock.after(retry, () => {
      this.begin();
    });
    this.tell({ cluster: this.cluster.name });
  }

  private tell({ namespace }: ClusterChange): void {
    const places =
      namespace === undefined ? [...this.namespaces.values()].flat() : this.namespaces.get(namespace);
    if (places !== undefined && !this.isClosed) this.options.onNews(places);
  }

  private blindState(): ClusterState {
    const at = instant(this.options.clock.now());
    return blindCluster(this.cluster.name, [...this.namespaces.keys()], { reason: this.trouble, at });
  }
}

function namesOf(namespaces: ReadonlyMap<string, unknown>): string {
  return [...namespaces.keys()].sort().join(' ');
}
