import type { ClusterView, NamespaceView } from '../../core/evaluate/cluster-view.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, type Fact, type Known } from '../../core/fact.js';
import { notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import { isNamespaceOf, namespaceName, type NamespaceOwner } from '../../core/kube/model-namespace.js';
import { namespaceOwner } from '../../core/kube/places.js';

/** What it takes to look at the objects of a cluster. */
const kubernetesPermission =
  "Kubernetes evidence: a kubeconfig, or a service account in the cluster, that may read the model's namespace";

/** The reasons that `placeOf` gives. */
export const kubernetesReasons = {
  KubernetesNotObserved:
    'Only the objects of the cluster show this, and nobody has allowed Holdfast to look at them.',
  NamespaceNotSeen: 'None of the namespaces that Holdfast may look at is that of the model.',
} as const;

/** Where a model lives. */
export interface ClusterPlace {
  readonly cluster: ClusterView;
  readonly namespace: NamespaceView;
}

/** The model's namespace in the clusters that may be looked at, or the honest answer where none shows it. */
export function placeOf(model: ModelView, what: string): ClusterPlace | Judgement {
  const clusters = model.controller.estate.clusters();
  if (clusters === undefined)
    return unsettled('KubernetesNotObserved', `${what} was not looked at; needs ${kubernetesPermission}`);
  const owner = ownerOf(model);
  const place = shownPlace(clusters, owner) ?? namedPlace(clusters, owner);
  if (place !== undefined) return place;
  return unsettled(
    'NamespaceNotSeen',
    `${what} was not seen: no namespace that may be read is that of model ${model.name}`,
  );
}

export function isPlace(place: ClusterPlace | Judgement): place is ClusterPlace {
  return 'namespace' in place;
}

/** What is known of a model when its namespace is looked for. */
export function ownerOf(model: ModelView): NamespaceOwner {
  return namespaceOwner({
    name: model.name,
    controller: model.controller.name,
    info: model.get('info'),
  });
}

/** Where a namespace shows that it is the model's. */
function shownPlace(clusters: readonly ClusterView[], owner: NamespaceOwner): ClusterPlace | undefined {
  for (const cluster of clusters) {
    const namespace = namespaceIn(cluster, owner);
    if (namespace !== undefined) return { cluster, namespace };
  }
  return undefined;
}

/** The namespace that is called as Juju calls it comes first: then the others need not be read. */
function namespaceIn(cluster: ClusterView, owner: NamespaceOwner): NamespaceView | undefined {
  const named = cluster.namespace(namespaceName(owner));
  if (named !== undefined && isIts(named, owner)) return named;
  return cluster.namespaces().find((namespace) => namespace !== named && isIts(namespace, owner));
}

function isIts(view: NamespaceView, owner: NamespaceOwner): boolean {
  const fact = view.get('namespace');
  return isKnown(fact) && isNamespaceOf(owner, fact.value);
}

/** A namespace that may be followed but not read itself is known by its name alone. */
function namedPlace(clusters: readonly ClusterView[], owner: NamespaceOwner): ClusterPlace | undefined {
  for (const cluster of clusters) {
    const namespace = cluster.namespace(namespaceName(owner));
    if (namespace !== undefined && !isKnown(namespace.get('namespace'))) return { cluster, namespace };
  }
  return undefined;
}

/** Judges the values of several facts at once; the first that was not read is the answer. */
export function seeing<T extends Readonly<Record<string, Fact<unknown>>>>(
  facts: T,
  wanted: string,
  judge: (known: KnownAll<T>) => Judgement,
): Judgement {
  for (const key of Object.keys(facts)) {
    const fact = facts[key];
    if (fact !== undefined && !isKnown(fact)) return notSeen(fact, wanted);
  }
  return judge(facts as unknown as KnownAll<T>);
}

type KnownAll<T> = {
  readonly [K in keyof T]: T[K] extends Fact<infer V> ? Known<V> : never;
};
