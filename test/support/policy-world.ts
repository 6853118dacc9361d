/** Small worlds of NetworkPolicies in which everything meets everything, and a naive reading of what they allow. */
import fc from 'fast-check';
import type { NetworkPeer, NetworkPolicySpec, PolicyPort } from '../../src/core/kube/network.js';
import type { LabelSelector } from '../../src/core/kube/object.js';
import type { Party, PolicyPod, PolicyWorld, PortUse } from '../../src/core/kube/network-policy/world.js';

const keys = ['app.kubernetes.io/name', 'tier'];
const values = ['a', 'b'];
const spaces = ['data', 'other'];
const someLabels = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...values));
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

const aSelector: fc.Arbitrary<LabelSelector> = fc.record(
  {
    matchLabels: someLabels,
    matchExpressions: fc.array(
      fc.record({
        key: fc.constantFrom(...keys),
        operator: fc.constantFrom(...operators),
        values: fc.subarray(values),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

/** Selectors that select everything come often, so that policies meet pods. */
const someSelector = fc.oneof(fc.constant<LabelSelector>({}), aSelector);

const aBlock = fc.record(
  {
    cidr: fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0'),
    except: fc.subarray(['10.1.0.0/24', '10.2.0.0/16']),
  },
  { requiredKeys: ['cidr'] },
);

const somePeer: fc.Arbitrary<NetworkPeer> = fc.oneof(
  fc.record({ podSelector: someSelector, namespaceSelector: someSelector }, { requiredKeys: [] }),
  fc.record({ ipBlock: aBlock }),
);

const somePort: fc.Arbitrary<PolicyPort> = fc.record(
  {
    protocol: fc.constantFrom('TCP', 'UDP'),
    port: fc.constantFrom<number | string>(80, 81, 'http', 'other'),
    endPort: fc.constantFrom(81, 90),
  },
  { requiredKeys: [] },
);

const somePeers = fc.array(somePeer, { maxLength: 2 });
const somePorts = fc.array(somePort, { maxLength: 2 });

const somePolicy: fc.Arbitrary<NetworkPolicySpec> = fc.record(
  {
    podSelector: someSelector,
    policyTypes: fc.subarray(['Ingress' as const, 'Egress' as const]),
    ingress: fc.array(fc.record({ from: somePeers, ports: somePorts }, { requiredKeys: [] }), {
      maxLength: 2,
    }),
    egress: fc.array(fc.record({ to: somePeers, ports: somePorts }, { requiredKeys: [] }), { maxLength: 2 }),
  },
  { requiredKeys: ['podSelector', 'policyTypes'] },
);

const aNamespace = fc.record({ labels: someLabels, policies: fc.array(somePolicy, { maxLength: 3 }) });

export const someWorld: fc.Arbitrary<PolicyWorld> = fc
  .tuple(aNamespace, aNamespace)
  .map((both) => Object.fromEntries(spaces.map((name, at) => [name, both[at]!])));

export const somePod: fc.Arbitrary<PolicyPod> = fc.record({
  namespace: fc.constantFrom(...spaces, 'unseen'),
  labels: someLabels,
  addresses: fc.subarray(['10.1.0.5', '10.1.2.3', '10.2.0.1', 'fd00::1']),
  hostNetwork: fc.boolean(),
  ports: fc.subarray([
    { port: 80, protocol: 'TCP', name: 'http' },
    { port: 81, protocol: 'UDP', name: 'http' },
  ]),
});

export const someParty: fc.Arbitrary<Party> = fc.oneof(
  { weight: 4, arbitrary: somePod },
  fc.record({ address: fc.constantFrom('10.1.0.5', '10.2.3.4', '192.0.2.1', 'fd00::1') }),
);

/**
 * The rules of the reference said another way: what is allowed is spread out into pairs of one peer and one port, of
 * which one has to fit at each end that policies hold.
 */
export function naiveMayConnect(
  world: PolicyWorld,
  [source, target]: readonly [Party, Party],
  use: PortUse,
): boolean {
  const entering = pairsFor(world, target, 'Ingress');
  const leaving = pairsFor(world, source, 'Egress');
  const fits = (other: Party) => (pair: Pair) =>
    peerFits(world, pair, other) && portFits(pair.port, use, target);
  return (entering?.some(fits(source)) ?? true) && (leaving?.some(fits(target)) ?? true);
}

interface Pair {
  readonly namespace: string;
  readonly peer: NetworkPeer | 'everybody';
  readonly port: PolicyPort | 'all';
}

/** Undefined: nothing holds this end. */
function pairsFor(world: PolicyWorld, held: Party, type: 'Ingress' | 'Egress'): readonly Pair[] | undefined {
  if (!('labels' in held) || held.hostNetwork) return undefined;
  const { namespace, labels } = held;
  const mine = (world[namespace]?.policies ?? [])
    .filter(({ policyTypes }) => policyTypes.some((one) => one === type))
    .filter(({ podSelector }) => selectedBy(podSelector, labels));
  if (mine.length === 0) return undefined;
  const rules =
    type === 'Ingress'
      ? mine.flatMap(({ ingress = [] }) => ingress.map(({ from, ports }) => ({ peers: from, ports })))
      : mine.flatMap(({ egress = [] }) => egress.map(({ to, ports }) => ({ peers: to, ports })));
  return rules.flatMap(({ peers, ports }) =>
    orAll(peers, 'everybody' as const).flatMap((peer) =>
      orAll(ports, 'all' as const).map((port) => ({ namespace, peer, port })),
    ),
  );
}

function orAll<T, U>(list: readonly T[] | undefined, all: U): readonly (T | U)[] {
  return list === undefined || list.length === 0 ? [all] : list;
}

function peerFits(world: PolicyWorld, { namespace, peer }: Pair, other: Party): boolean {
  if (peer === 'everybody') return true;
  if (peer.ipBlock !== undefined)
    return inBlock(peer.ipBlock, 'labels' in other ? other.addresses : [other.address]);
  return 'labels' in other && !other.hostNetwork && podFits(world, { namespace, peer }, other);
}

function podFits(
  world: PolicyWorld,
  { namespace, peer }: { readonly namespace: string; readonly peer: NetworkPeer },
  other: PolicyPod,
): boolean {
  const { podSelector, namespaceSelector } = peer;
  if (namespaceSelector === undefined)
    return (
      podSelector !== undefined && other.namespace === namespace && selectedBy(podSelector, other.labels)
    );
  const labels = { ...world[other.namespace]?.labels, 'kubernetes.io/metadata.name': other.namespace };
  return selectedBy(namespaceSelector, labels) && selectedBy(podSelector ?? {}, other.labels);
}

function inBlock(
  { cidr, except = [] }: NonNullable<NetworkPeer['ipBlock']>,
  addresses: readonly string[],
): boolean {
  return addresses.some(
    (address) => startsAs(address, cidr) && !except.some((hole) => startsAs(address, hole)),
  );
}

/** By the dotted text alone: all blocks of these worlds end at a dot. */
function startsAs(address: string, block: string): boolean {
  const [base = '', length = ''] = block.split('/');
  const parts = Number(length) / 8;
  const head = (text: string): string => text.split('.').slice(0, parts).join('.');
  return address.includes('.') && head(address) === head(base);
}

function portFits(port: PolicyPort | 'all', use: PortUse, target: Party): boolean {
  if (port === 'all') return true;
  if ((port.protocol ?? 'TCP') !== use.protocol) return false;
  if (port.port === undefined) return true;
  return numbersOf(port, use.protocol, target).includes(use.port);
}

/** All port numbers that a port of a rule stands for. */
function numbersOf({ port, endPort }: PolicyPort, protocol: string, target: Party): readonly number[] {
  if (typeof port === 'string') {
    const named = 'labels' in target ? target.ports : [];
    return named.filter((one) => one.name === port && one.protocol === protocol).map((one) => one.port);
  }
  const first = port ?? 0;
  const count = Math.max(0, (endPort ?? first) - first + 1);
  return Array.from({ length: count }, (_, at) => first + at);
}

function selectedBy(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const asked = Object.entries(selector.matchLabels ?? {});
  if (!asked.every(([key, value]) => labels[key] === value)) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values: wanted = [] }) => {
    const has = Object.keys(labels).includes(key);
    const listed = has && wanted.includes(labels[key] ?? '');
    return { In: listed, NotIn: !listed, Exists: has, DoesNotExist: !has }[operator];
  });
}
