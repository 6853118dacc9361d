import type { Dict } from '../dict.js';
import type { ClusterState, NamespaceState } from '../kube/cluster.js';
import type { Recorder } from './cell.js';
import { Node, type ChildPlan } from './node.js';

interface Clusters {
  /** Whether any access was given. */
  readonly given: boolean;
  readonly clusters: Dict<ClusterState>;
}

/** The clusters below the estate. They are no targets: controls on models read them, each cell by itself. */
export class ClustersView extends Node<Clusters> {
  private readonly sharedRecorder: Recorder;

  constructor(clusters: Dict<ClusterState> | undefined, recorder: Recorder) {
    super('', stateOf(clusters), recorder);
    this.sharedRecorder = recorder;
  }

  /** The next snapshot's clusters. */
  show(clusters: Dict<ClusterState> | undefined): void {
    this.update(stateOf(clusters));
  }

  clusters(): readonly ClusterView[] | undefined {
    if (!this.get('given')) return undefined;
    return this.childList() as unknown as readonly ClusterView[];
  }

  protected override childPlan(): ChildPlan<Clusters> {
    return {
      key: 'clusters',
      childrenOf: ({ clusters }) => clusters,
      make: (name, state) => populated(new ClusterView(name, state as ClusterState, this.sharedRecorder)),
      removed: nothing,
    };
  }
}

/** One Kubernetes cluster, as controls read it. */
export class ClusterView extends Node<ClusterState> {
  private readonly sharedRecorder: Recorder;

  constructor(name: string, state: ClusterState, recorder: Recorder) {
    super(name, state, recorder);
    this.sharedRecorder = recorder;
  }

  namespace(name: string): NamespaceView | undefined {
    return this.child(name) as NamespaceView | undefined;
  }

  /** The namespaces that are followed. */
  namespaces(): readonly NamespaceView[] {
    return this.childList() as unknown as readonly NamespaceView[];
  }

  protected override childPlan(): ChildPlan<ClusterState> {
    return {
      key: 'namespaces',
      childrenOf: ({ namespaces }) => namespaces,
      make: (name, state) =>
        populated(new NamespaceView(name, state as NamespaceState, this, this.sharedRecorder)),
      removed: nothing,
    };
  }
}

/** One namespace of a cluster. */
export class NamespaceView extends Node<NamespaceState> {
  readonly cluster: ClusterView;

  constructor(name: string, state: NamespaceState, cluster: ClusterView, recorder: Recorder) {
    super(name, state, recorder);
    this.cluster = cluster;
  }

  protected override childPlan(): undefined {
    return undefined;
  }
}

const noClusters: Dict<ClusterState> = {};

function stateOf(clusters: Dict<ClusterState> | undefined): Clusters {
  return { given: clusters !== undefined, clusters: clusters ?? noClusters };
}

function populated<S extends object>(node: Node<S>): Node<object> {
  node.populate();
  return node as unknown as Node<object>;
}

function nothing(): void {
  // Nobody keeps anything for a cluster or a namespace: those who read it are told by its cells.
}
