import type { ModelView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';

/** Providers on which Juju has no firewall of its own: whatever a unit listens on is reachable on its network. */
const withoutFirewall: ReadonlySet<string> = new Set(['unmanaged', 'manual', 'maas', 'lxd', 'kubernetes']);

/** Providers that apply the model's `ssh-allow`. */
const withSshAllow: ReadonlySet<string> = new Set(['ec2', 'gce', 'openstack']);

/** The model's provider; undefined where the road does not show it. */
export function providerOf(model: ModelView): string | undefined {
  const info = valueOf(model.get('info'));
  return info?.provider ?? (info?.type === 'caas' ? 'kubernetes' : undefined);
}

export function isKubernetes(model: ModelView): boolean {
  return valueOf(model.get('info'))?.type === 'caas' || providerOf(model) === 'kubernetes';
}

/** Whether Juju can close ports on the model's cloud; undefined where the provider is not shown. */
export function hasFirewall(model: ModelView): boolean | undefined {
  const provider = providerOf(model);
  return provider === undefined ? undefined : !withoutFirewall.has(provider);
}

export function honoursSshAllow(model: ModelView): boolean | undefined {
  const provider = providerOf(model);
  return provider === undefined ? undefined : withSshAllow.has(provider);
}
