/** What NetworkPolicies are judged in: pods, real or imagined, namespaces with their labels, and addresses outside. */
import { dictOf, type Dict } from '../../dict.js';
import type { NetworkPolicySpec } from '../network.js';

/** A pod as policies see it. */
export interface PolicyPod {
  readonly namespace: string;
  readonly labels: Dict<string>;
  readonly addresses: readonly string[];
  /** Such a pod has its node's addresses: selectors do not find it, and no policy holds it. */
  readonly hostNetwork: boolean;
  /** Ports that the containers name. */
  readonly ports: readonly { readonly port: number; readonly protocol: string; readonly name?: string }[];
}

/** Somebody who is no pod of the cluster. */
export interface Outsider {
  readonly address: string;
}

export type Party = PolicyPod | Outsider;

export interface PolicyNamespace {
  readonly labels: Dict<string>;
  readonly policies: readonly NetworkPolicySpec[];
}

/** Namespaces by name. One that is missing has no policies, and no label but that of its name. */
export type PolicyWorld = Dict<PolicyNamespace>;

/** `TCP`, `UDP` or `SCTP`, and the port on which the target listens. */
export interface PortUse {
  readonly port: number;
  readonly protocol: string;
}

/** The label that the API server itself puts on every namespace. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

export function isPod(party: Party): party is PolicyPod {
  return 'namespace' in party;
}

/** A namespace's labels, that of its name always among them: nobody can take that away. */
export function namespaceLabels(world: PolicyWorld, name: string): Dict<string> {
  const labels = Object.hasOwn(world, name) ? (world[name]?.labels ?? {}) : {};
  return dictOf([...Object.entries(labels), [namespaceNameLabel, name]]);
}

export function policiesIn(world: PolicyWorld, namespace: string): readonly NetworkPolicySpec[] {
  return Object.hasOwn(world, namespace) ? (world[namespace]?.policies ?? []) : [];
}
