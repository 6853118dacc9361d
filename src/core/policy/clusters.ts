import type { AccessSubject } from '../kube/access.js';
import type { RuleMatch } from './policy.js';

/** A Kubernetes cluster that may be looked at, and the models that live on it. */
export interface WatchedCluster {
  /** As reports, metrics and logs call it. */
  readonly name: string;
  /** Absolute path of a kubeconfig; absent: the service account of the pod that we run in. */
  readonly kubeconfig?: string;
  /** A context of the kubeconfig; absent: its current one. */
  readonly context?: string;
  /** Patterns of controllers and models whose namespaces are looked for here; absent ones match all. */
  readonly match: Pick<RuleMatch, 'controller' | 'model'>;
  /** Who Juju is there; absent: nobody asks what Juju may do. */
  readonly jujuUser?: AccessSubject;
  /** Seconds without a word of the cluster after which what it said is no longer believed. */
  readonly maxAge: number;
  /** Whether namespaces are listed one by one, or all at once: fewer connections, but a right to everything. */
  readonly scope: 'namespaced' | 'cluster';
  /** Whether reports and Events are written into it; no unless said otherwise. */
  readonly reports?: boolean;
}

/** What a cluster has of what the policy does not say. */
export const clusterDefaults = { match: {}, maxAge: 600, scope: 'namespaced' } as const;
