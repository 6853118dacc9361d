import { unsettled, type Judgement } from '../../core/judgement.js';

/** What it takes to look at the objects of a cluster. */
const kubernetesPermission =
  "Kubernetes evidence: a kubeconfig, or a service account in the cluster, that may read the model's namespace";

/** The reasons that `kubernetesNeeded` gives. */
export const kubernetesReasons = {
  KubernetesNotObserved:
    'Only the objects of the cluster show this, and nobody has allowed Holdfast to look at them.',
} as const;

/** The honest answer where only the cluster would tell. */
export function kubernetesNeeded(what: string): Judgement {
  return unsettled('KubernetesNotObserved', `${what} was not looked at; needs ${kubernetesPermission}`);
}
