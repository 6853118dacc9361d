import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { naiveMayConnect, someParty, someWorld } from '../../../../test/support/policy-world.js';
import type { NetworkPeer, NetworkPolicySpec, PolicyPort } from '../network.js';
import { mayConnect } from './connect.js';
import type { Party, PolicyPod, PolicyWorld } from './world.js';

const tcp = (port: number) => ({ port, protocol: 'TCP' });

function pod(namespace: string, labels: Record<string, string>, more: Partial<PolicyPod> = {}): PolicyPod {
  return { namespace, labels, addresses: [], hostNetwork: false, ports: [], ...more };
}

const db = pod('data', { app: 'db' }, { ports: [{ port: 5432, protocol: 'TCP', name: 'pg' }] });
const client = pod('data', { app: 'client' }, { addresses: ['10.1.0.7'] });
const stranger = pod('other', { app: 'client' });

function world(...policies: readonly Partial<NetworkPolicySpec>[]): PolicyWorld {
  const whole = policies.map((policy) => ({
    podSelector: {},
    policyTypes: ['Ingress'] as const,
    ...policy,
  }));
  return {
    data: { labels: { team: 'db' }, policies: whole },
    other: { labels: { team: 'web' }, policies: [] },
  };
}

function from(...peers: readonly NetworkPeer[]): Partial<NetworkPolicySpec> {
  return { ingress: [{ from: peers }] };
}

function on(...ports: readonly PolicyPort[]): Partial<NetworkPolicySpec> {
  return { ingress: [{ ports }] };
}

describe('who may connect', () => {
  test.each<[string, boolean, PolicyWorld, Party?]>([
    ['everybody may where there is no policy', true, world()],
    ['nobody may where a policy without rules selects the pod', false, world({})],
    ['nobody may where the rules are an empty list', false, world({ ingress: [] })],
    ['everybody may by an empty rule', true, world({ ingress: [{}] })],
    ['everybody may by a rule whose list of peers is empty', true, world(from())],
    [
      'a policy that selects other pods holds nothing',
      true,
      world({ podSelector: { matchLabels: { app: 'x' } } }),
    ],
    ['one policy that allows is enough beside one that denies', true, world({}, { ingress: [{}] })],
    ['a policy on what leaves does not hold what enters', true, world({ policyTypes: ['Egress'] }), stranger],
    [
      'what leaves is held at the source',
      false,
      world({ podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] }),
    ],
    ['a pod selector alone finds pods of the same namespace', true, world(from({ podSelector: {} }))],
    ['a pod selector alone finds no pods elsewhere', false, world(from({ podSelector: {} })), stranger],
    [
      'a namespace selector alone finds all pods there',
      true,
      world(from({ namespaceSelector: { matchLabels: { team: 'web' } } })),
      stranger,
    ],
    [
      'both selectors in one peer must hold',
      false,
      world(
        from({
          namespaceSelector: { matchLabels: { team: 'web' } },
          podSelector: { matchLabels: { app: 'x' } },
        }),
      ),
      stranger,
    ],
    [
      'two peers in a list are alternatives',
      true,
      world(
        from(
          { namespaceSelector: { matchLabels: { team: 'web' } } },
          { podSelector: { matchLabels: { app: 'x' } } },
        ),
      ),
      stranger,
    ],
    [
      'namespaces are found by the label that the server puts on them',
      true,
      world(from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } })),
      stranger,
    ],
    ['a peer that says nothing is nobody', false, world(from({}))],
    [
      'a block holds addresses outside',
      true,
      world(from({ ipBlock: { cidr: '192.0.2.0/24' } })),
      { address: '192.0.2.9' },
    ],
    [
      'what a block leaves out is out',
      false,
      world(from({ ipBlock: { cidr: '192.0.2.0/24', except: ['192.0.2.8/29'] } })),
      { address: '192.0.2.9' },
    ],
    ['a block holds addresses of pods, too', true, world(from({ ipBlock: { cidr: '10.1.0.0/16' } }))],
    [
      'selectors find no pod on the network of its node',
      false,
      world(from({ podSelector: {} })),
      { ...client, hostNetwork: true },
    ],
    ['a port alone lets everybody in there', true, world(on({ port: 5432 }))],
    ['another port stays closed', false, world(on({ port: 8008 }))],
    ['another protocol is another port', false, world(on({ port: 5432, protocol: 'UDP' }))],
    ['a protocol without port is all of its ports', true, world(on({ protocol: 'TCP' }))],
    ['a range holds its last port', true, world(on({ port: 5000, endPort: 5432 }))],
    ['a range ends there', false, world(on({ port: 5000, endPort: 5431 }))],
    ["a name is that of the target's port", true, world(on({ port: 'pg' }))],
    ['a name that the target does not have is no port', false, world(on({ port: 'postgres' }))],
  ])('%s', (_, expected, placed, who = client) => {
    expect(mayConnect(placed, { from: who, to: db, ...tcp(5432) })).toBe(expected);
  });

  it('holds no pod that is on the network of its node', () => {
    expect(mayConnect(world({}), { from: stranger, to: { ...db, hostNetwork: true }, ...tcp(5432) })).toBe(
      true,
    );
  });
});

describe('any policies', () => {
  it('allow exactly what a naive reading of the reference allows', () => {
    let allowed = 0;
    let tried = 0;
    fc.assert(
      fc.property(
        fc.tuple(someWorld, someParty, someParty),
        fc.constantFrom(79, 80, 81, 85, 91),
        fc.constantFrom('TCP', 'UDP'),
        ([placed, source, target], port, protocol) => {
          const seen = mayConnect(placed, { from: source, to: target, port, protocol });
          tried += 1;
          if (seen) allowed += 1;
          expect(seen).toBe(naiveMayConnect(placed, [source, target], { port, protocol }));
        },
      ),
      { numRuns: 3000 },
    );
    // Both answers are common, so that agreement means something.
    expect(Math.min(allowed, tried - allowed)).toBeGreaterThan(tried / 10);
  });
});
