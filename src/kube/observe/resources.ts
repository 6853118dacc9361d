import type { KubeObject } from '../../core/kube/object.js';
import type { Raw } from '../raw.js';
import { bindingOf, roleOf } from '../strip/access.js';
import { networkPolicyOf } from '../strip/network-policy.js';
import { namespaceOf, nodeOf, serviceAccountOf } from '../strip/plain-objects.js';
import { podOf, statefulSetOf } from '../strip/pods.js';
import { endpointSliceOf, serviceOf } from '../strip/services.js';

export interface Resource<T extends KubeObject> {
  /** Empty for the core group. */
  readonly group: string;
  readonly plural: string;
  readonly strip: (raw: Raw) => T;
  /** Of namespaces themselves: one shows in the place of its own name. */
  readonly isItsOwnNamespace?: boolean;
}

const rbac = 'rbac.authorization.k8s.io';

/** Secrets are not among them and never will be: who may list them reads their contents. */
export const namespaced = {
  pods: { group: '', plural: 'pods', strip: podOf },
  statefulSets: { group: 'apps', plural: 'statefulsets', strip: statefulSetOf },
  services: { group: '', plural: 'services', strip: serviceOf },
  endpointSlices: { group: 'discovery.k8s.io', plural: 'endpointslices', strip: endpointSliceOf },
  networkPolicies: { group: 'networking.k8s.io', plural: 'networkpolicies', strip: networkPolicyOf },
  roles: { group: rbac, plural: 'roles', strip: roleOf },
  roleBindings: { group: rbac, plural: 'rolebindings', strip: bindingOf },
  serviceAccounts: { group: '', plural: 'serviceaccounts', strip: serviceAccountOf },
};

export const clusterWide = {
  nodes: { group: '', plural: 'nodes', strip: nodeOf },
  clusterRoles: { group: rbac, plural: 'clusterroles', strip: roleOf },
  clusterRoleBindings: { group: rbac, plural: 'clusterrolebindings', strip: bindingOf },
};

export const namespaces = { group: '', plural: 'namespaces', strip: namespaceOf, isItsOwnNamespace: true };

type Named = Pick<Resource<KubeObject>, 'group' | 'plural'>;

/** As permissions name it: `pods`, `networkpolicies.networking.k8s.io`. */
export function fullName({ group, plural }: Named): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** All of them are served as v1. */
export function listPath({ group, plural }: Named, namespace?: string): string {
  const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${within}/${plural}`;
}
