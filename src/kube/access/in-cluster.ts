import { AccessError } from './access-error.js';
import type { ClusterAccess } from './cluster-access.js';

/** What Kubernetes tells every pod; the environment's part is handed in. */
export interface PodSurroundings {
  /** `KUBERNETES_SERVICE_HOST` */
  readonly host: string | undefined;
  /** `KUBERNETES_SERVICE_PORT` */
  readonly port: string | undefined;
  /** Where the service account's files are mounted. */
  readonly folder?: string;
}

const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Access as the pod's own service account.
 * @throws AccessError outside of a cluster.
 */
export function inClusterAccess(
  name: string,
  { host, port, folder = mounted }: PodSurroundings,
): ClusterAccess {
  if (host === undefined || host === '')
    throw new AccessError(
      'This is not a pod of a cluster (KUBERNETES_SERVICE_HOST is not set): give a kubeconfig.',
    );
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    name,
    server: new URL(`https://${shown}:${port ?? '443'}`),
    ca: { file: `${folder}/ca.crt` },
    token: { file: `${folder}/token` },
  };
}
