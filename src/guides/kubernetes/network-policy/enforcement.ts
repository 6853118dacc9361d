/** API groups that only plugins serve which enforce NetworkPolicies. */
const plugins: readonly (readonly [string, string])[] = [
  ['cilium.io', 'Cilium'],
  ['crd.projectcalico.org', 'Calico'],
  ['projectcalico.org', 'Calico'],
  ['operator.tigera.io', 'Calico'],
  ['crd.antrea.io', 'Antrea'],
  ['k8s.ovn.org', 'OVN-Kubernetes'],
  ['networking.k8s.aws', 'the policy controller of the Amazon VPC plugin'],
];

/** What is known to enforce NetworkPolicies in a cluster; undefined where nothing tells. k3s brings its own part for it. */
export function enforcement(apiGroups: readonly string[], gitVersion: string): string | undefined {
  const found = plugins.find(([group]) => apiGroups.includes(group));
  if (found !== undefined) return found[1];
  return gitVersion.includes('+k3s') ? 'k3s' : undefined;
}
