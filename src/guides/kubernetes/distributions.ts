import type { Node } from '../../core/kube/object.js';

/** What of a cluster tells the distribution. */
export interface ClusterMarks {
  readonly gitVersion: string;
  readonly apiGroups: readonly string[];
  readonly nodes: readonly Node[];
}

/** A distribution of Kubernetes with its own guide to security. */
export interface Distribution {
  readonly name: string;
  readonly guide: string;
}

interface Known extends Distribution {
  readonly marks: (cluster: ClusterMarks) => boolean;
}

/** The more telling marks come first: a MicroK8s or k3s may well run on nodes of a cloud. */
const distributions: readonly Known[] = [
  {
    name: 'RKE2',
    guide: 'https://docs.rke2.io/security/hardening_guide',
    marks: versionHas('+rke2r'),
  },
  { name: 'k3s', guide: 'https://docs.k3s.io/security/hardening-guide', marks: versionHas('+k3s') },
  {
    name: 'OpenShift',
    guide:
      'https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/security_and_compliance/',
    marks: ({ apiGroups }) => apiGroups.includes('config.openshift.io'),
  },
  {
    name: 'EKS',
    guide: 'https://docs.aws.amazon.com/eks/latest/best-practices/security.html',
    marks: either(versionHas('-eks-'), labelled('eks.amazonaws.com/nodegroup')),
  },
  {
    name: 'GKE',
    guide: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster',
    marks: either(versionHas('-gke.'), labelled('cloud.google.com/gke-nodepool')),
  },
  {
    name: 'AKS',
    guide: 'https://learn.microsoft.com/en-us/azure/aks/concepts-security',
    marks: labelled('kubernetes.azure.com/cluster'),
  },
  {
    name: 'MicroK8s',
    guide: 'https://canonical.com/microk8s/docs/how-to-cis-harden',
    marks: labelled('microk8s.io/cluster'),
  },
  {
    name: 'Canonical Kubernetes',
    guide: 'https://documentation.ubuntu.com/canonical-kubernetes/latest/snap/explanation/security/',
    marks: labelled('k8sd.io/role'),
  },
  {
    name: 'Charmed Kubernetes',
    guide: 'https://ubuntu.com/kubernetes/charmed-k8s/docs/security',
    marks: labelled('juju-charm'),
  },
  {
    name: 'kind',
    guide: 'https://kubernetes.io/docs/concepts/security/security-checklist/',
    marks: ({ nodes }) => nodes.some(({ providerId }) => providerId?.startsWith('kind://') === true),
  },
];

/** The distribution that a cluster is; undefined for none that is known. */
export function distributionOf(cluster: ClusterMarks): Distribution | undefined {
  const found = distributions.find(({ marks }) => marks(cluster));
  return found && { name: found.name, guide: found.guide };
}

/** Where the distributions' own guides to security are. */
export const distributionGuides: readonly string[] = distributions.map(({ guide }) => guide);

function versionHas(mark: string): Known['marks'] {
  return ({ gitVersion }) => gitVersion.includes(mark);
}

function labelled(label: string): Known['marks'] {
  return ({ nodes }) => nodes.some(({ labels }) => Object.hasOwn(labels, label));
}

function either(...marks: readonly Known['marks'][]): Known['marks'] {
  return (cluster) => marks.some((mark) => mark(cluster));
}
