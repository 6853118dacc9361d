import { resolve } from 'node:path';
import { seconds } from '../../core/duration.js';
import { InputError } from '../../core/input-error.js';
import type { AccessSubject } from '../../core/kube/access.js';
import { clusterDefaults, type WatchedCluster } from '../../core/policy/clusters.js';
import type { Mistake } from '../mistakes.js';
import type { ClusterEntry } from './clusters-schema.js';
import { checkKubeconfig } from './kubeconfig.js';

/** Where the clusters of a policy stand, and where the troubles with their files go. */
interface Place {
  /** Relative paths in the policy start here. */
  readonly folder: string;
  readonly troubles: Mistake[];
}

/** The clusters of a policy, without those whose kubeconfig cannot be used: `troubles` says why. */
export function watchedClusters(
  entries: readonly ClusterEntry[],
  { folder, troubles }: Place,
): readonly WatchedCluster[] {
  return entries.flatMap((entry) => {
    const file = entry.kubeconfig === undefined ? undefined : resolve(folder, entry.kubeconfig);
    const trouble = file === undefined ? undefined : troubleWith(file);
    if (trouble === undefined) return [clusterFrom(entry, file)];
    troubles.push(`clusters: ${entry.name}: kubeconfig: ${trouble}`);
    return [];
  });
}

function troubleWith(file: string): string | undefined {
  try {
    checkKubeconfig(file);
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message;
  }
}

function clusterFrom(entry: ClusterEntry, kubeconfig: string | undefined): WatchedCluster {
  const { name, context, match, maxAge, scope, reports, jujuUser } = entry;
  return {
    ...clusterDefaults,
    name,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    ...(match === undefined ? {} : { match }),
    ...(maxAge === undefined ? {} : { maxAge: seconds(maxAge) }),
    ...(scope === undefined ? {} : { scope }),
    ...(reports === undefined ? {} : { reports }),
    ...(jujuUser === undefined ? {} : { jujuUser: subjectOf(jujuUser) }),
  };
}

/** As the API server knows them (Kubernetes: authentication; user names and groups of service accounts). */
function subjectOf(names: readonly string[]): AccessSubject {
  if (names.includes('self')) return 'self';
  const person = names.find((name) => !name.startsWith('Group:')) ?? '';
  const groups = names.filter((name) => name.startsWith('Group:')).map(afterKind);
  const everybody = 'system:authenticated';
  if (!person.startsWith('ServiceAccount:'))
    return { user: afterKind(person), groups: [...groups, everybody] };
  const [namespace = '', name = ''] = afterKind(person).split('/');
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: [...groups, 'system:serviceaccounts', `system:serviceaccounts:${namespace}`, everybody],
  };
}

function afterKind(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1);
}
