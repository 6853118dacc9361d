import type { NetworkPolicySpec } from '../network.js';
import { coversPeer, coversPort } from './matches.js';
import { selects } from './selector.js';
import { isPod, policiesIn, type Party, type PolicyPod, type PolicyWorld, type PortUse } from './world.js';

type Direction = NetworkPolicySpec['policyTypes'][number];

/**
 * Whether a set of policies lets one party open a connection to a port of another. As Kubernetes has it: a pod that no
 * policy of a direction selects is open in that direction; of one that some select, what any of them allows is
 * allowed. Both ends have to agree. Whether the network plugin enforces that, policies do not tell.
 */
export function mayConnect(
  world: PolicyWorld,
  { from, to, ...use }: PortUse & { readonly from: Party; readonly to: Party },
): boolean {
  return mayLeave(world, from, to, use) && mayEnter(world, from, to, use);
}

/** The policies that hold a pod in one direction; on the network of its node none does. */
export function holding(
  world: PolicyWorld,
  pod: PolicyPod,
  direction: Direction,
): readonly NetworkPolicySpec[] {
  if (pod.hostNetwork) return [];
  return policiesIn(world, pod.namespace).filter(
    ({ podSelector, policyTypes }) => policyTypes.includes(direction) && selects(podSelector, pod.labels),
  );
}

function mayEnter(world: PolicyWorld, from: Party, to: Party, use: PortUse): boolean {
  if (!isPod(to)) return true;
  const policies = holding(world, to, 'Ingress');
  if (policies.length === 0) return true;
  const place = { world, namespace: to.namespace };
  return policies.some(({ ingress = [] }) =>
    ingress.some((rule) => coversPort(rule.ports, use, to) && coversPeer(rule.from, from, place)),
  );
}

function mayLeave(world: PolicyWorld, from: Party, to: Party, use: PortUse): boolean {
  if (!isPod(from)) return true;
  const policies = holding(world, from, 'Egress');
  if (policies.length === 0) return true;
  const place = { world, namespace: from.namespace };
  return policies.some(({ egress = [] }) =>
    egress.some((rule) => coversPort(rule.ports, use, to) && coversPeer(rule.to, to, place)),
  );
}
