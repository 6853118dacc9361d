import type { ApplicationView } from '../../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../../core/fact.js';
import {
  evidenceOf,
  fail,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../../core/judgement.js';
import type { Dict } from '../../../core/dict.js';
import { dictOf } from '../../../core/dict.js';
import { applicationLabel } from '../../../core/kube/juju-labels.js';
import { holding } from '../../../core/kube/network-policy/connect.js';
import { imagined } from '../../../core/kube/network-policy/witnesses.js';
import type { PolicyPod, PolicyWorld } from '../../../core/kube/network-policy/world.js';
import type { NetworkPolicy } from '../../../core/kube/network.js';
import type { Pod } from '../../../core/kube/pods.js';
import { listed } from '../../shared/gather.js';
import { seeing } from '../../shared/kubernetes-evidence.js';
import { podsOf } from '../../shared/kubernetes-pods.js';
import type { WorkloadPorts } from '../../shared/workload-ports.js';
import { dataReasons, eachDataApplication } from '../data-applications.js';
import type { Subject } from '../in-cluster.js';
import { enforcement } from './enforcement.js';
import { guardedPorts, inboundOf, type Declared } from './needs.js';
import { intruders, type Intruder } from './reach.js';

/** The reasons that `networkPolicyJudgement` gives. */
export const networkPolicyReasons = {
  OpenToEverybody: 'A port of a database or broker may be reached by whoever is in the cluster, or outside.',
  AdmitsUnlisted: 'A policy admits pods that no relation and no entry of the policy needs.',
  AdmitsUnlistedAddresses: 'A policy admits addresses that the policy of Holdfast does not name.',
  OnHostNetwork: 'A pod is on the network of its node, where no NetworkPolicy holds it.',
  EnforcementNotSeen: 'The policies are right, but whether the network plugin enforces them was not seen.',
  ...dataReasons,
} as const;

/** The policy's word on who may come in. */
export interface NetworkPolicyParams extends Declared {
  /** Whether a person vouches for it that the network plugin enforces policies. */
  readonly enforced: boolean;
}

/**
 * Whether the ports of all databases and brokers of a model are closed to everybody who is not related to them, by what
 * the policies of its namespace really select and allow, and by a plugin that holds them.
 */
export function networkPolicyJudgement(subject: Subject, params: NetworkPolicyParams): Judgement {
  const met = 'databases and brokers are reached by those alone who need them';
  const all = eachDataApplication(subject.model, met, (app, ports) =>
    applicationJudgement(app, { subject, ports, params }),
  );
  return all.outcome === 'pass' ? held(all, subject, params) : all;
}

interface Asked {
  readonly subject: Subject;
  readonly ports: WorkloadPorts;
  readonly params: NetworkPolicyParams;
}

function applicationJudgement(app: ApplicationView, { subject, ports, params }: Asked): Judgement {
  const { namespace } = subject;
  const wanted = `${app.name} reached by its relations and ${namedText(params)} alone`;
  const facts = { pods: namespace.get('pods'), policies: namespace.get('networkPolicies') };
  return seeing(facts, wanted, ({ pods, policies }) => {
    const inbound = inboundOf(app, ports, params);
    const allowed = 'unknown' in inbound ? [] : inbound.needs.flatMap(({ who }) => who);
    const own = podsOf(pods.value, app.name);
    const onHost = own.find(({ hostNetwork }) => hostNetwork);
    if (onHost !== undefined)
      return fail(
        'OnHostNetwork',
        `${onHost.name} of ${app.name} is on the network of its node`,
        evidenceOf(pods, `${onHost.name}: hostNetwork`, wanted),
      );
    const world = worldOf(subject, policies.value);
    const found = distinctly(own, app.name, { world, namespace: namespace.name }).flatMap((pod) =>
      intruders({ world, pod, ports: guardedPorts(ports), allowed }),
    );
    const evidence = evidenceFor(policies, found, wanted);
    if ('unknown' in inbound && !found.some(({ kind }) => kind === 'anybody'))
      return notSeen(inbound, wanted);
    return verdict(app.name, found, evidence);
  });
}

function namedText({ peers, cidrs }: Declared): string {
  const all = [...peers, ...cidrs];
  return all.length === 0 ? 'nobody else' : listed(all, ', ');
}

const reasonFor = {
  anybody: 'OpenToEverybody',
  unlisted: 'AdmitsUnlisted',
  addresses: 'AdmitsUnlistedAddresses',
} as const satisfies Readonly<Record<Intruder['kind'], keyof typeof networkPolicyReasons>>;

function verdict(name: string, found: readonly Intruder[], evidence: readonly Evidence[]): Judgement {
  const [first] = found;
  if (first === undefined) return pass(`${name} is reached by those alone who need it`, ...evidence);
  const same = found.filter(({ kind }) => kind === first.kind);
  const words = byPorts(same).map(([ports, who]) => `${listed(who, ', ')} at ${ports}`);
  return fail(reasonFor[first.kind], `${name} may be reached by ${listed(words)}`, ...evidence);
}

/** Those who get at the same ports, told together. */
function byPorts(found: readonly Intruder[]): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, Set<string>>();
  for (const { who, ports } of found) {
    const group = groups.get(portText(ports)) ?? new Set();
    groups.set(portText(ports), group.add(who));
  }
  return [...groups].map(([ports, who]) => [ports, [...who]]);
}

function evidenceFor(
  policies: Known<Dict<NetworkPolicy>>,
  found: readonly Intruder[],
  wanted: string,
): readonly Evidence[] {
  const count = Object.keys(policies.value).length;
  const head = evidenceOf(policies, `${count} NetworkPolicies in the namespace`, wanted);
  return [head, ...found.map(({ who, ports }) => evidenceOf(policies, `${who}: ${portText(ports)}`, wanted))];
}

function portText(ports: readonly number[]): string {
  return `${ports.length === 1 ? 'port' : 'ports'} ${listed(ports.map(String), ', ')}`;
}

/** Who is let in by right policies still depends on a plugin that holds them. */
function held(right: Judgement, subject: Subject, { enforced }: NetworkPolicyParams): Judgement {
  if (enforced) return { ...right, message: `${right.message}; the policy says that they are enforced` };
  const groups = subject.cluster.get('apiGroups');
  const by = enforcement(valueOf(groups) ?? [], valueOf(subject.cluster.get('version'))?.gitVersion ?? '');
  if (by !== undefined) return { ...right, message: `${right.message}; ${by} enforces that` };
  const gap = isKnown(groups)
    ? 'no network plugin that is known to enforce them was seen'
    : groups.unknown.reason;
  return unsettled('EnforcementNotSeen', `${right.message}, but ${gap}`, ...right.evidence);
}

/** Only the policies of the pods' own namespace say who gets in; the others are told by their labels. */
function worldOf({ cluster, namespace }: Subject, policies: Dict<NetworkPolicy>): PolicyWorld {
  const own = Object.values(policies).map(({ spec }) => spec);
  return dictOf(
    cluster.namespaces().map((view) => {
      const labels = valueOf(view.get('namespace'))?.labels ?? {};
      return [view.name, { labels, policies: view === namespace ? own : [] }] as const;
    }),
  );
}

/** One pod for each set of policies that holds pods of the application; where none runs, one as Juju would make it. */
function distinctly(
  pods: readonly Pod[],
  application: string,
  { world, namespace }: { readonly world: PolicyWorld; readonly namespace: string },
): readonly PolicyPod[] {
  const placed = pods.map((pod) => ({
    namespace,
    labels: pod.labels,
    addresses: pod.addresses,
    hostNetwork: pod.hostNetwork,
    ports: pod.containers.flatMap(({ ports }) => ports),
  }));
  const all = placed.length > 0 ? placed : [imagined(namespace, { [applicationLabel]: application })];
  const byPolicies = new Map<string, PolicyPod>();
  const known = world[namespace]?.policies ?? [];
  for (const pod of all) {
    const key = holding(world, pod, 'Ingress')
      .map((policy) => known.indexOf(policy))
      .join();
    if (!byPolicies.has(key)) byPolicies.set(key, pod);
  }
  return [...byPolicies.values()];
}
