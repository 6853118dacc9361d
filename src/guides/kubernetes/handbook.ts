/** What the guide's handbook says of each of its controls. */
import type { Handbook } from '../../core/handbook.js';

const clusterObjects =
  'an entry under clusters in the policy, with the rights that deploy/kubernetes gives, ';

export const handbook: Readonly<Record<string, Handbook>> = {
  'K8S-RBAC-01': {
    passes:
      "Juju's user may create, delete, patch and list namespaces, services, deployments, stateful sets, pods and volume claims: all 24 were asked and allowed.",
    needs: {
      K: `${clusterObjects}and jujuUser there, which says who Juju is; asking about others needs create on subjectaccessreviews`,
    },
    waiving: {
      when: 'Right where Juju is meant to manage what is in given namespaces only, and somebody else makes namespaces for it.',
      instead:
        'try adding, scaling and removing an application in a model of trials, and keep what failed with the reason.',
      atMost: '180d',
      reason: 'the platform team makes the namespaces; Juju may do the rest in them',
    },
  },
  'K8S-RBAC-02': {
    passes:
      "Everybody bound to cluster-admin, or to a role that allows everything, is Juju's own or named in the parameter clusterAdmins.",
    needs: { K: `${clusterObjects}which include reading roles and bindings` },
    waiving: {
      when: "Right for a vendor's or an engineer's access that ends. Who stays belongs into the parameter clusterAdmins.",
      instead: 'have the audit log of the cluster record what that subject does.',
      atMost: '30d',
      reason: 'the vendor sets up the storage until the end of January',
    },
  },
  'K8S-SEC-01': {
    passes:
      "Nobody but those whom Juju made, and those of the parameter readers, may read all Secrets of the model's namespace.",
    needs: { K: `${clusterObjects}which include roles and bindings; Secrets themselves are never read` },
    waiving: {
      when: 'Right while an operator of the cluster is being moved to a narrower role. Who has to read them for good belongs into the parameter readers.',
      instead: 'keep the passwords of that namespace short-lived: rotate them once the reader is gone.',
      atMost: '60d',
      reason: 'the backup operator gets a narrower role with its next version',
    },
  },
  'K8S-DIST-01': {
    passes:
      'The distribution is one that Holdfast knows, and its version still gets fixes, or is at least the parameter minimumVersion.',
    needs: { K: `${clusterObjects}which include reading nodes` },
    waiving: {
      when: 'Right while the upgrade of the cluster has its date. If the distribution mends a version for longer than the project does, set minimumVersion instead.',
      instead: 'keep the API of the cluster to known networks, and workloads of strangers off it.',
      atMost: '60d',
      reason: 'upgraded node by node in the window of February',
    },
  },
  'K8S-NET-01': {
    passes:
      'Every database and broker of the model denies what no policy admits, admits only peers that relations or the parameters name, and the network plugin is known to enforce that.',
    waiving: {
      when: 'Right where something else keeps other pods away, such as a cluster that runs this model only, or a mesh that demands certificates on these ports.',
      instead: 'see that the workload itself demands TLS and a password of everybody.',
      atMost: '90d',
      reason: 'the cluster holds this model only, until the plugin is changed for one that enforces',
    },
  },
  'K8S-NET-02': {
    passes:
      'No NodePort, LoadBalancer or host port opens a data application, but for those of the parameter declared, within its cidrs.',
    waiving: {
      when: 'Right while clients outside are being moved into the cluster. What stays open belongs into the parameter declared, with the networks of its clients.',
      instead: 'limit who reaches the address by the firewall in front of the nodes or of the load balancer.',
      atMost: '30d',
      reason: 'the last client outside moves into the cluster this month',
    },
  },
  'K8S-POD-01': {
    passes:
      'No container of the model runs as root, and each says so, but for those of the parameter rootAllowed.',
    waiving: {
      when: 'Right where the charm gives no other user and no newer revision does. A workload that must have root belongs into the parameter rootAllowed.',
      instead: 'see that the namespace keeps privileged pods and host paths out (K8S-NS-01).',
      compensatedBy: 'K8S-NS-01',
      atMost: '180d',
      reason: 'the image of this charm knows no other user; the namespace enforces baseline',
    },
  },
  'K8S-NS-01': {
    passes:
      'The namespace carries the labels enforce, audit and warn at the levels of the parameters, or stricter ones.',
    waiving: {
      when: 'Right while pods that violate the level are being mended, so that warn and audit are set and enforce is not; or where another admission controller does the same.',
      instead:
        'look at the warnings of the audit label each week, and name the other controller in the reason.',
      atMost: '90d',
      reason: 'Kyverno enforces the same rules on this cluster',
    },
  },
  'K8S-IMG-01': {
    passes:
      'Every container of every unit runs the digest of the resource that the deployed charm revision pins.',
    needs: { H: 'no right in Juju: the digests that Charmhub lists for the revision, or those of the data' },
    waiving: {
      when: 'Right while a fix is on trial that no revision pins yet.',
      instead: 'keep the digest of the trial in the reason, and watch for advisories yourself.',
      atMost: '30d',
      reason: 'a hotfix of the vendor by digest, until the next charm revision',
    },
  },
  'K8S-IMG-02': {
    passes:
      'Every image comes from a registry that is known or that the parameter registries names, by digest.',
    waiving: {
      when: 'Right for images by tag that your own pipeline alone can push. A mirror of your own belongs into the parameter registries.',
      instead: 'have the registry refuse to move tags that are in use.',
      atMost: '90d',
      reason: 'the pipeline switches to digests in the first quarter; tags are immutable there',
    },
  },
};
