import type { KubeObject } from '../../core/kube/object.js';
import type { ListSource } from './list-source.js';
import { clusterWide, namespaced, namespaces, type Resource } from './resources.js';

export type MakeList = <T extends KubeObject>(resource: Resource<T>) => ListSource<T>;

/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- eleven types that follow from the resources */
export function listsOfCluster(make: MakeList) {
  return {
    nodes: make(clusterWide.nodes),
    clusterRoles: make(clusterWide.clusterRoles),
    clusterRoleBindings: make(clusterWide.clusterRoleBindings),
  };
}

export function listsOfNamespace(make: MakeList) {
  return {
    namespace: make(namespaces),
    pods: make(namespaced.pods),
    statefulSets: make(namespaced.statefulSets),
    services: make(namespaced.services),
    endpointSlices: make(namespaced.endpointSlices),
    networkPolicies: make(namespaced.networkPolicies),
    roles: make(namespaced.roles),
    roleBindings: make(namespaced.roleBindings),
    serviceAccounts: make(namespaced.serviceAccounts),
  };
}

export type NamespaceLists = ReturnType<typeof listsOfNamespace>;
