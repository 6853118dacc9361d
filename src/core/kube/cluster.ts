/** What one Kubernetes cluster shows of the namespaces that Juju models live in. */
import type { Dict } from '../dict.js';
import type { Fact } from '../fact.js';
import type { AccessAnswer, Binding, Role } from './access.js';
import type { EndpointSlice, NetworkPolicy, Service } from './network.js';
import type { Namespace, Node, ServiceAccount } from './object.js';
import type { Pod, StatefulSet } from './pods.js';

/** What `/version` says. */
export interface ClusterVersion {
  /** As in `v1.36.3` or `v1.33.4-eks-abcdef`; distributions leave their mark here. */
  readonly gitVersion: string;
  readonly platform: string;
}

/**
 * Objects are keyed by name. A fact is unknown until its list was read whole, while the right to read it is missing,
 * and when nothing was heard for too long; one that did not change keeps its identity, and so does each object in it.
 */
export interface NamespaceState {
  readonly name: string;
  readonly namespace: Fact<Namespace>;
  readonly pods: Fact<Dict<Pod>>;
  readonly statefulSets: Fact<Dict<StatefulSet>>;
  readonly services: Fact<Dict<Service>>;
  readonly endpointSlices: Fact<Dict<EndpointSlice>>;
  readonly networkPolicies: Fact<Dict<NetworkPolicy>>;
  readonly roles: Fact<Dict<Role>>;
  readonly roleBindings: Fact<Dict<Binding>>;
  readonly serviceAccounts: Fact<Dict<ServiceAccount>>;
}

export interface ClusterState {
  /** The name under which the policy or the kubeconfig knows it. */
  readonly name: string;
  readonly version: Fact<ClusterVersion>;
  /** Names of the API groups served, sorted: they tell distributions and network plugins (`cilium.io`). */
  readonly apiGroups: Fact<readonly string[]>;
  readonly nodes: Fact<Dict<Node>>;
  readonly clusterRoles: Fact<Dict<Role>>;
  readonly clusterRoleBindings: Fact<Dict<Binding>>;
  /** What Juju's own user may do here; unknown where it is not known who that is. */
  readonly jujuAccess: Fact<readonly AccessAnswer[]>;
  /** Those that are followed, by name. */
  readonly namespaces: Dict<NamespaceState>;
}
