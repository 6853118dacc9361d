import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { openingReasons } from '../shared/kubernetes-services.js';
import { cidr, names } from '../shared/params.js';
import { dataReasons } from './data-applications.js';
import { distributionGuides } from './distributions.js';
import { documents } from './documents.js';
import { inCluster, ofCluster } from './in-cluster.js';
import { networkPolicyJudgement, networkPolicyReasons } from './network-policy/judge.js';
import { modelOpeningsJudgement } from './openings.js';
import { distributionJudgement, distributionReasons } from './supported-version.js';

const section = 'Kubernetes';

/** K8S-NET-01, whose parameters also say whom generated policies admit. */
export const policiesControl = defineControl({
  ...ofCluster,
  id: 'K8S-NET-01',
  title: 'The ports of databases and brokers are limited by a NetworkPolicy that is enforced',
  severity: 'high',
  section,
  rationale:
    'In a cluster every pod may reach every other one unless a policy says otherwise, and a policy says nothing where the network plugin does not enforce it.',
  references: [documents.networkPolicies, documents.guide],
  params: z.object({
    peers: names().meta({
      description:
        'Who may come in besides those whom the relations tell, as NAMESPACE/APPLICATION; NAMESPACE/* is all pods of a namespace.',
    }),
    cidrs: z
      .array(cidr)
      .default([])
      .meta({ description: 'Address blocks that may come in from outside, as in 10.0.0.0/8.' }),
    enforced: z.boolean().default(false).meta({
      description: 'Whether the network plugin enforces NetworkPolicies, where Holdfast cannot tell.',
    }),
  }),
  reasons: { ...ofCluster.reasons, ...networkPolicyReasons },
  manual:
    "Run 'holdfast network-policy --juju --model MODEL --output policies.yaml': it writes a policy for each database and broker from the model's relations, each rule with its reason. " +
    "Read it, name under 'peers' and 'cidrs' of this control whoever is missing, then 'kubectl apply --dry-run=server -f policies.yaml' and 'kubectl apply -f policies.yaml'. " +
    'Try a port from another namespace: it must be refused.',
  hazards: [
    'A peer that was forgotten is cut off: members that cannot reach each other elect anew, or stop.',
    'Pods on the network of their host are not held by policies.',
    'A relation that is made later needs the policies to be written anew.',
    'Probes of Holdfast itself come from where it runs: name it under peers, or what it sees of ports turns unknown.',
  ],
  evaluate: inCluster(
    "which NetworkPolicies hold the applications' ports, and whether they are enforced",
    (subject, { params }) => networkPolicyJudgement(subject, params),
  ),
});

const services = defineControl({
  ...ofCluster,
  id: 'K8S-NET-02',
  title: 'No service opens a data application to the outside unless that is declared',
  severity: 'high',
  section,
  rationale:
    'A NodePort is open on every node of the cluster, a LoadBalancer wherever its address is routed.',
  references: [documents.services, documents.guide],
  params: z.object({
    declared: names().meta({
      description: 'Applications, by name, that may have a NodePort or LoadBalancer.',
    }),
    cidrs: z.array(cidr).default([]).meta({
      description:
        'Address blocks that the load balancers of declared applications may let in; without them, all.',
    }),
  }),
  reasons: {
    ...ofCluster.reasons,
    ...openingReasons,
    ...dataReasons,
  },
  manual:
    "List 'kubectl -n MODEL get services'. Where a charm has an option for it, run 'juju config -m MODEL APPLICATION expose-external=false' (track 3 of Kafka: expose_external=false); " +
    'delete services that somebody added by hand.',
  hazards: ['Clients that use the address from outside are cut off.'],
  evaluate: inCluster('which services are open to the outside', ({ model }, { params }) =>
    modelOpeningsJudgement(model, params),
  ),
});

const distribution = defineControl({
  ...ofCluster,
  id: 'K8S-DIST-01',
  title: 'The Kubernetes distribution is known, and its version still supported',
  severity: 'medium',
  section,
  rationale:
    'Each distribution has a security guide of its own, and a version without support gets no fixes for holes that are published.',
  references: [
    documents.guide,
    documents.hardening,
    documents.releases,
    documents.jujuClouds,
    ...distributionGuides,
  ],
  params: z.object({
    minimumVersion: z
      .string()
      .regex(/^\d+\.\d+$/, 'must be a minor version such as 1.33')
      .optional()
      .meta({
        description:
          'The lowest minor version to accept, as in 1.33, where the distribution mends versions longer than the project does.',
      }),
  }),
  reasons: { ...ofCluster.reasons, ...distributionReasons },
  manual:
    "Run 'kubectl version' and 'kubectl get nodes -o wide'. Follow the security guide of the distribution (MicroK8s, Canonical Kubernetes, Charmed Kubernetes, EKS, GKE, AKS and others), " +
    'and bring the cluster to a supported version, one minor version at a time.',
  hazards: ['An upgrade of the cluster moves pods: drain one node at a time, and see that members are back.'],
  evaluate: inCluster('which distribution and version the cluster is', distributionJudgement),
});

export const network: readonly Control[] = [distribution, policiesControl, services];
