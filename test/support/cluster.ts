/**
 * Builds Kubernetes clusters for tests: one in which all that a test does not mention is present, known, and as the
 * guides want it. Every field takes a plain value or a whole fact (`unknownFact(…)`).
 */
import { type Dict, dictOf, mapDict } from '../../src/core/dict.js';
import type { Fact } from '../../src/core/fact.js';
import type { AccessRule, Binding, Role, Subject } from '../../src/core/kube/access.js';
import type { ClusterState, NamespaceState } from '../../src/core/kube/cluster.js';
import { jujuPermissions } from '../../src/core/kube/juju-permissions.js';
import type { EndpointSlice, NetworkPolicySpec, Service } from '../../src/core/kube/network.js';
import type { KubeObject, Node } from '../../src/core/kube/object.js';
import type { Container, Pod, StatefulSet } from '../../src/core/kube/pods.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { knownFact, model, prod, type ModelSpec } from './world.js';

type Given<T> = T | Fact<T>;

function fact<T>(given: Given<T> | undefined, otherwise: T): Fact<T> {
  if (given === undefined) return knownFact(otherwise);
  return typeof given === 'object' && given !== null && 'source' in given && 'at' in given
    ? given
    : knownFact(given as T);
}

function byName<T extends { readonly name: string }>(all: readonly T[]): Dict<T> {
  return dictOf(all.map((one) => [one.name, one]));
}

function object(name: string, labels: Readonly<Record<string, string>> = {}): KubeObject {
  return { name, uid: `uid-${name}`, labels, jujuAnnotations: {} };
}

export interface ClusterSpec {
  readonly version?: Given<ClusterState['version'] extends Fact<infer V> ? V : never>;
  readonly gitVersion?: string;
  readonly apiGroups?: Given<readonly string[]>;
  readonly nodes?: Given<Dict<Node>>;
  readonly clusterRoles?: Given<readonly Role[]>;
  readonly clusterRoleBindings?: Given<readonly Binding[]>;
  readonly jujuAccess?: ClusterState['jujuAccess'];
  readonly namespaces?: Dict<NamespaceSpec>;
}

/** A Canonical Kubernetes of a supported version with Cilium, where Juju may do all and nobody else anything. */
export function cluster(spec: ClusterSpec = {}): ClusterState {
  const version = { gitVersion: spec.gitVersion ?? 'v1.36.3', platform: 'linux/amd64' };
  return {
    name: 'k8s',
    version: fact(spec.version, version),
    apiGroups: fact(spec.apiGroups, ['apps', 'cilium.io', 'networking.k8s.io']),
    nodes: fact(spec.nodes, byName([node('n-0', { labels: { 'k8sd.io/role': 'control-plane' } })])),
    clusterRoles: named(spec.clusterRoles ?? [role('cluster-admin', ['*'], ['*'], { apiGroups: ['*'] })]),
    clusterRoleBindings: named(
      spec.clusterRoleBindings ?? [
        binding('cluster-admin', 'ClusterRole/cluster-admin', { kind: 'Group', name: 'system:masters' }),
      ],
    ),
    jujuAccess: spec.jujuAccess ?? knownFact(jujuPermissions.map((check) => ({ ...check, allowed: true }))),
    namespaces: mapDict(spec.namespaces ?? {}, (own, name) => namespace(name, own)),
  };
}

function named<T extends { readonly name: string }>(given: Given<readonly T[]>): Fact<Dict<T>> {
  const whole = fact(given, []);
  return 'value' in whole ? { ...whole, value: byName(whole.value) } : whole;
}

export interface NamespaceSpec {
  readonly labels?: Readonly<Record<string, string>>;
  readonly namespace?: NamespaceState['namespace'];
  readonly pods?: Given<readonly Pod[]>;
  readonly statefulSets?: Given<readonly StatefulSet[]>;
  readonly services?: Given<readonly Service[]>;
  readonly endpointSlices?: Given<readonly EndpointSlice[]>;
  /** Specifications; they are named after their place. */
  readonly networkPolicies?: Given<readonly NetworkPolicySpec[]>;
  readonly roles?: Given<readonly Role[]>;
  readonly roleBindings?: Given<readonly Binding[]>;
}

function namespace(name: string, spec: NamespaceSpec): NamespaceState {
  const policies = fact(spec.networkPolicies, []);
  return {
    name,
    namespace: spec.namespace ?? knownFact({ ...object(name, spec.labels ?? {}), phase: 'Active' }),
    pods: named(spec.pods ?? []),
    statefulSets: named(spec.statefulSets ?? []),
    services: named(spec.services ?? []),
    endpointSlices: named(spec.endpointSlices ?? []),
    networkPolicies:
      'value' in policies
        ? knownFact(byName(policies.value.map((own, at) => ({ ...object(`policy-${at}`), spec: own }))))
        : policies,
    roles: named(spec.roles ?? []),
    roleBindings: named(spec.roleBindings ?? []),
    serviceAccounts: knownFact({}),
  };
}

export function node(name: string, more: Partial<Node> = {}): Node {
  return {
    ...object(name),
    kubeletVersion: 'v1.36.3',
    osImage: 'Ubuntu 24.04 LTS',
    kernelVersion: '6.8.0',
    containerRuntime: 'containerd://2.0.0',
    architecture: 'amd64',
    ...more,
  };
}

/** The n-th pod of an application as Juju makes it: its charm's container and one of the workload, both not root. */
export function pod(application: string, number = 0, more: Partial<Pod> = {}): Pod {
  return {
    ...object(`${application}-${number}`, { 'app.kubernetes.io/name': application }),
    jujuAnnotations: { 'unit.juju.is/id': `${application}/${number}` },
    serviceAccount: application,
    phase: 'Running',
    addresses: [`10.1.0.${10 + number}`],
    hostNetwork: false,
    hostPid: false,
    hostIpc: false,
    security: { sysctls: [] },
    volumeKinds: [],
    containers: [
      container('charm', { image: 'docker.io/jujusolutions/charm-base:ubuntu-24.04' }),
      container(application, {}),
    ],
    ...more,
  };
}

const someDigest = `sha256:${'a'.repeat(64)}`;

export function container(name: string, more: Partial<Container> = {}): Container {
  const image = more.image ?? `ghcr.io/canonical/${name}@${someDigest}`;
  return {
    name,
    kind: 'main',
    image,
    imageId: image,
    ports: [],
    security: { runAsUser: 170, capabilitiesAdded: [], capabilitiesDropped: [] },
    ...more,
  };
}

export function service(name: string, application: string, more: Partial<Service> = {}): Service {
  return {
    ...object(name),
    type: 'ClusterIP',
    selector: { 'app.kubernetes.io/name': application },
    ports: [{ protocol: 'TCP', port: 5432 }],
    clusterIps: ['10.96.0.9'],
    externalIps: [],
    loadBalancerSourceRanges: [],
    loadBalancerAddresses: [],
    ...more,
  };
}

export function role(
  name: string,
  verbs: readonly string[],
  resources: readonly string[],
  { apiGroups = [''], resourceNames = [] }: Partial<Pick<AccessRule, 'apiGroups' | 'resourceNames'>> = {},
): Role {
  return { ...object(name), rules: [{ verbs, apiGroups, resources, resourceNames }] };
}

/** A binding of a role, written as `ClusterRole/name`, to subjects. */
export function binding(name: string, to: string, ...subjects: readonly Subject[]): Binding {
  const [kind, roleName = ''] = to.split('/');
  return {
    ...object(name),
    role: { kind: kind === 'Role' ? 'Role' : 'ClusterRole', name: roleName },
    subjects,
  };
}

export function serviceAccount(namespaceName: string, name: string): Subject {
  return { kind: 'ServiceAccount', name, namespace: namespaceName };
}

/** The estate `prod` with one Kubernetes model, `data`, and the cluster that it lives in. */
export function onKubernetes(data: ModelSpec, spec: ClusterSpec = {}): Snapshot {
  const namespaces = { data: {}, ...spec.namespaces };
  return {
    ...prod({ models: { data: model({ type: 'caas', ...data }) } }),
    clusters: { k8s: cluster({ ...spec, namespaces }) },
  };
}
