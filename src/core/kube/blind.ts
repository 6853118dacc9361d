/** A cluster of which nothing can be read. */
import { dictOf } from '../dict.js';
import { unknown, type Instant } from '../fact.js';
import type { ClusterState, NamespaceState } from './cluster.js';

/** Everything of it unknown, for this reason. */
export function blindCluster(
  name: string,
  namespaces: readonly string[],
  { reason, at }: { readonly reason: string; readonly at: Instant },
): ClusterState {
  const gap = unknown({ source: { road: 'kubernetes', call: `cluster ${name}` }, at }, reason);
  const namespace = (own: string): NamespaceState => ({
    name: own,
    ...{ namespace: gap, pods: gap, statefulSets: gap, services: gap, endpointSlices: gap },
    ...{ networkPolicies: gap, roles: gap, roleBindings: gap, serviceAccounts: gap },
  });
  return {
    name,
    ...{ version: gap, apiGroups: gap, nodes: gap, clusterRoles: gap, clusterRoleBindings: gap },
    jujuAccess: gap,
    namespaces: dictOf(namespaces.toSorted().map((own) => [own, namespace(own)])),
  };
}
