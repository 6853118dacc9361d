import type { AccessCheck } from './access.js';

const verbs = ['create', 'delete', 'patch', 'list'] as const;

const resources = [
  { group: '', resource: 'namespaces' },
  { group: '', resource: 'services' },
  { group: 'apps', resource: 'deployments' },
  { group: 'apps', resource: 'statefulsets' },
  { group: '', resource: 'pods' },
  { group: '', resource: 'persistentvolumeclaims' },
] as const;

/**
 * What the guides want Juju's user on a cluster to be allowed at least, in all namespaces: to create, delete, patch and
 * list namespaces, services, deployments, stateful sets, pods and claims of volumes (section Cloud credentials).
 */
export const jujuPermissions: readonly AccessCheck[] = resources.flatMap((what) =>
  verbs.map((verb) => ({ verb, ...what })),
);
