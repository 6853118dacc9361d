import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { someParty, somePod, someWorld } from '../../../../test/support/policy-world.js';
import { coveredBy } from '../../../core/cidr.js';
import { mayConnect } from '../../../core/kube/network-policy/connect.js';
import { isPod, type Party } from '../../../core/kube/network-policy/world.js';
import type { NetworkPeer } from '../../../core/kube/network.js';
import type { Caller } from './callers.js';
import { intruders } from './reach.js';

const someCallers: fc.Arbitrary<readonly Caller[]> = fc.subarray<Caller>([
  { kind: 'application', namespace: 'data', application: 'a' },
  { kind: 'application', namespace: 'other', application: 'b' },
  { kind: 'namespace', namespace: 'other' },
  { kind: 'block', cidr: '10.1.0.0/16' },
  { kind: 'block', cidr: '0.0.0.0/0' },
]);

function isCaller(party: Party, caller: Caller): boolean {
  if (caller.kind === 'block') {
    const addresses = isPod(party) ? party.addresses : [party.address];
    return addresses.some((address) => coveredBy([caller.cidr], address));
  }
  if (!isPod(party) || party.namespace !== caller.namespace) return false;
  return caller.kind === 'namespace' || party.labels['app.kubernetes.io/name'] === caller.application;
}

describe('who gets in', () => {
  it('is told of any policies: where nobody is, none but those allowed can connect, whoever tries', () => {
    let clean = 0;
    fc.assert(
      fc.property(someWorld, somePod, someParty, someCallers, (world, target, source, allowed) => {
        const pod = { ...target, namespace: 'data' };
        const ports = [80, 81];
        if (intruders({ world, pod, ports, allowed }).length > 0) return;
        clean += 1;
        if (allowed.some((caller) => isCaller(source, caller))) return;
        for (const port of ports)
          expect(mayConnect(world, { from: source, to: pod, port, protocol: 'TCP' })).toBe(false);
      }),
      { numRuns: 4000 },
    );
    expect(clean).toBeGreaterThan(100);
  });

  const pod = {
    namespace: 'data',
    labels: { 'app.kubernetes.io/name': 'pg' },
    addresses: [],
    hostNetwork: false,
    ports: [],
  };
  const through = (peer: NetworkPeer) =>
    intruders({
      world: {
        data: {
          labels: {},
          policies: [{ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [peer] }] }],
        },
      },
      pod,
      ports: [5432],
      allowed: [{ kind: 'application', namespace: 'data', application: 'v0' }],
    }).map(({ who }) => who);
  const values = Array.from({ length: 40 }, (_, n) => `v${n}`);
  const named = (count: number) => ({
    key: 'app.kubernetes.io/name',
    operator: 'In' as const,
    values: values.slice(0, count),
  });

  test.each<[string, NetworkPeer, number]>([
    [
      'is nobody by the name of the one that is allowed',
      { podSelector: { matchExpressions: [named(1)] } },
      0,
    ],
    ['is everybody else in a long list of names', { podSelector: { matchExpressions: [named(40)] } }, 39],
    [
      'is told at once where the kinds are too many to count',
      {
        podSelector: {
          matchExpressions: [named(40), { ...named(40), key: 'a' }, { ...named(40), key: 'b' }],
        },
      },
      1,
    ],
    [
      'is a namespace that nobody has made yet, by its label',
      { namespaceSelector: { matchLabels: { team: 'web' } } },
      1,
    ],
    [
      'is nobody where a selector contradicts itself',
      {
        podSelector: { matchLabels: { a: 'x' }, matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] },
      },
      0,
    ],
  ])('%s', (_, peer, count) => {
    expect(through(peer)).toHaveLength(count);
  });
});
