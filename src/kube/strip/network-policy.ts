import type { NetworkPeer, NetworkPolicy, NetworkPolicySpec, PolicyPort } from '../../core/kube/network.js';
import { branch, items, number, present, text, texts, type Raw } from '../raw.js';
import { filled, metaOf, selectorOf } from './meta.js';

export function networkPolicyOf(raw: Raw): NetworkPolicy {
  return { ...metaOf(raw), spec: specOf(branch(raw, 'spec')) };
}

function specOf(spec: Raw): NetworkPolicySpec {
  const ingress = items(spec, 'ingress').map((rule) =>
    present({ from: peers(rule, 'from'), ports: ports(rule) }),
  );
  const egress = items(spec, 'egress').map((rule) => present({ to: peers(rule, 'to'), ports: ports(rule) }));
  return {
    podSelector: selectorOf(spec, 'podSelector') ?? {},
    policyTypes: policyTypes(spec, egress.length > 0),
    ...present({ ingress: filled(ingress), egress: filled(egress) }),
  };
}

/** Where they are left out, Kubernetes means ingress, and egress too once there is a rule for it. */
function policyTypes(spec: Raw, hasEgress: boolean): NetworkPolicySpec['policyTypes'] {
  const told = texts(spec, 'policyTypes');
  const types = (['Ingress', 'Egress'] as const).filter((type) => told.includes(type));
  if (types.length > 0) return types;
  return hasEgress ? ['Ingress', 'Egress'] : ['Ingress'];
}

function peers(rule: Raw, key: 'from' | 'to'): readonly NetworkPeer[] | undefined {
  return filled(
    items(rule, key).map((peer) =>
      present({
        podSelector: selectorOf(peer, 'podSelector'),
        namespaceSelector: selectorOf(peer, 'namespaceSelector'),
        ipBlock: blockOf(peer),
      }),
    ),
  );
}

function blockOf(peer: Raw): NetworkPeer['ipBlock'] {
  const block = branch(peer, 'ipBlock');
  const cidr = text(block, 'cidr');
  return cidr === undefined ? undefined : { cidr, ...present({ except: filled(texts(block, 'except')) }) };
}

function ports(rule: Raw): readonly PolicyPort[] | undefined {
  return filled(
    items(rule, 'ports').map((port) =>
      present({
        protocol: text(port, 'protocol'),
        port: number(port, 'port') ?? text(port, 'port'),
        endPort: number(port, 'endPort'),
      }),
    ),
  );
}
