import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';
import { inCluster, ofCluster } from './in-cluster.js';

const section = 'Kubernetes';

const policies = defineControl({
  ...ofCluster,
  id: 'K8S-NET-01',
  title: 'The ports of databases and brokers are limited by a NetworkPolicy that is enforced',
  severity: 'high',
  section,
  rationale:
    'In a cluster every pod may reach every other one unless a policy says otherwise, and a policy says nothing where the network plugin does not enforce it.',
  references: [documents.networkPolicies, documents.guide],
  evidence: ['K', 'P'],
  params: z.object({
    peers: names().meta({ description: 'Who may come in, as NAMESPACE/APPLICATION.' }),
  }),
  manual:
    "Write a NetworkPolicy that selects the application's pods and lets in its peers, the clients, Juju's controller, scrapers and consumers of other models; " +
    "for PostgreSQL port 8008 between members too. 'kubectl -n MODEL apply -f POLICY', then try the port from another namespace: it must be refused.",
  hazards: [
    'A peer that was forgotten is cut off: members that cannot reach each other elect anew, or stop.',
    'Pods on the network of their host are not held by policies.',
  ],
  evaluate: inCluster("which NetworkPolicies hold the applications' ports, and whether they are enforced"),
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
  }),
  manual:
    "List 'kubectl -n MODEL get services'. Where a charm has an option for it, run 'juju config -m MODEL APPLICATION expose-external=false' (track 3 of Kafka: expose_external=false); " +
    'delete services that somebody added by hand.',
  hazards: ['Clients that use the address from outside are cut off.'],
  evaluate: inCluster('which services are open to the outside'),
});

const distribution = defineControl({
  ...ofCluster,
  id: 'K8S-DIST-01',
  title: 'The Kubernetes distribution is known, and its version still supported',
  severity: 'medium',
  section,
  rationale:
    'Each distribution has a security guide of its own, and a version without support gets no fixes for holes that are published.',
  references: [documents.guide, documents.hardening, documents.releases, documents.jujuClouds],
  params: z.object({}),
  manual:
    "Run 'kubectl version' and 'kubectl get nodes -o wide'. Follow the security guide of the distribution (MicroK8s, Canonical Kubernetes, Charmed Kubernetes, EKS, GKE, AKS and others), " +
    'and bring the cluster to a supported version, one minor version at a time.',
  hazards: ['An upgrade of the cluster moves pods: drain one node at a time, and see that members are back.'],
  evaluate: inCluster('which distribution and version the cluster is'),
});

export const network: readonly Control[] = [distribution, policies, services];
