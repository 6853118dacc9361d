import { describe, expect, test } from '@jest/globals';
import { etcdWorld, findingOn, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import {
  application,
  machine,
  unit,
  unknownFact,
  type ApplicationSpec,
} from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { FilterRule, PacketFilter } from '../../core/evidence/system.js';
import type { WorkloadEvidence } from '../../core/evidence/workload.js';
import { inside } from '../../../test/support/inside.js';
import { etcdBestPractice } from './index.js';

const says = (id: string, world: EtcdWorld, params: Dict<unknown> = {}) =>
  saysOn(etcdBestPractice, id, etcdWorld(world), { params });

describe('EBP-NET-02: only authorised networks', () => {
  test.each<[string, string, EtcdWorld, Dict<unknown>]>([
    ['not exposed behind a firewall passes', 'pass AsRequired', {}, {}],
    [
      'not exposed without a firewall proves nothing',
      'unknown NoFirewall',
      { info: { provider: 'lxd' } },
      {},
    ],
    ['exposed fails', 'fail Exposed', { etcd: { exposure: { exposed: true } } }, {}],
    ['an undeclared space fails', 'fail UndeclaredSpace', {}, { spaces: ['private'] }],
  ])('%s', (_, expected, world, params) => {
    expect(says('EBP-NET-02', world, params)).toBe(expected);
  });

  const filter = (tool: PacketFilter['tool'], incoming: PacketFilter['incoming'], ...rules: FilterRule[]) =>
    inside('etcd', 2, { packetFilter: { tool, incoming, rules } });
  const accept = (from?: string, ports?: string): FilterRule => ({
    verdict: 'accept',
    ...(from === undefined ? {} : { from }),
    ...(ports === undefined ? {} : { ports }),
  });

  test.each<[string, string, WorkloadEvidence, readonly string[]]>([
    ['none at all fails', 'fail NoPacketFilter', filter('none', 'accept'), []],
    [
      'closed to all but its units passes',
      'pass AsRequired',
      filter('ufw', 'drop', accept(undefined, '22')),
      [],
    ],
    [
      'open to what is declared passes',
      'pass AsRequired',
      filter('iptables', 'drop', accept('10.2.0.0/16', '2379:2380')),
      ['10.0.0.0/8'],
    ],
    [
      'open to more fails',
      'fail FilterTooOpen',
      filter('iptables', 'drop', accept('10.2.0.0/16', '2379')),
      ['10.3.0.0/16'],
    ],
    ['open to everybody fails', 'fail FilterTooOpen', filter('ufw', 'drop', accept()), ['10.0.0.0/8']],
    ['open unless a rule closes it fails', 'fail FilterTooOpen', filter('iptables', 'accept'), []],
    [
      'closed by its last rule passes',
      'pass AsRequired',
      filter('iptables', 'accept', { verdict: 'drop' }),
      [],
    ],
    [
      'a rule that is not read proves nothing',
      'unknown NoFirewall',
      filter('iptables', 'drop', { verdict: 'other' }),
      [],
    ],
    ['rules of nft are not read', 'unknown NoFirewall', filter('nft', 'accept'), []],
  ])('where the cloud has no firewall, that of the machines counts: %s', (_, expected, workload, cidrs) => {
    const world: EtcdWorld = { info: { provider: 'lxd' }, etcd: { workload } };
    expect(says('EBP-NET-02', world, { cidrs })).toBe(expected);
  });

  test('where the cloud has a firewall, that of the machines is not needed', () => {
    expect(says('EBP-NET-02', { etcd: { workload: filter('none', 'accept') } })).toBe('pass AsRequired');
  });

  test('putting it right is left to ETCD-NET-01', () => {
    expect(
      findingOn(etcdBestPractice, 'EBP-NET-02', etcdWorld({ etcd: { exposure: { exposed: true } } }))
        .remedies,
    ).toEqual([]);
  });
});

describe('EBP-NET-03: a private network of its own', () => {
  const at = (...addresses: readonly (string | undefined)[]): EtcdWorld => ({
    machines: {},
    etcd: {
      units: Object.fromEntries(
        addresses.map((address, n) => [
          `etcd/${n}`,
          unit(`etcd/${n}`, address === undefined ? {} : { address }),
        ]),
      ),
    },
  });
  const world = { endpoints: { '': { cidrs: ['0.0.0.0/0'], spaces: [] } }, exposed: true };
  const beside = (spec: ApplicationSpec): EtcdWorld => ({ applications: { shop: application(spec) } });
  test.each<[string, string, EtcdWorld]>([
    [
      'private addresses pass',
      'pass AsRequired',
      at('10.0.0.4', '172.31.0.9', '192.168.4.4', '100.64.1.1', 'fd00::4'),
    ],
    ['public ones fail', 'fail PublicAddress', at('8.8.8.8', '2001:4860::8')],
    [
      'addresses just outside the private ranges are public',
      'fail PublicAddress',
      at('172.32.0.1', '11.0.0.1'),
    ],
    ['units that differ are inconsistent', 'inconsistent UnitsDiffer', at('10.0.0.4', '8.8.8.8')],
    ['a name instead of an address is unknown', 'unknown AddressNotShown', at('etcd-0.example')],
    ['no address is unknown', 'unknown AddressNotShown', at(undefined)],
    [
      'a public address of the machine counts',
      'fail PublicAddress',
      { etcd: { units: 1 }, machines: { 0: machine('0', { addresses: ['10.0.0.10', '9.9.9.9'] }) } },
    ],
    ['unread units are unknown', 'unknown NotObserved', { etcd: { units: unknownFact('bundle') } }],
    [
      'an application open to the world in the same space fails',
      'fail SpaceShared',
      beside({ exposure: world }),
    ],
    [
      'exposed with no addresses named is open to the world',
      'fail SpaceShared',
      beside({ exposure: { exposed: true, endpoints: { '': { cidrs: [], spaces: [] } } } }),
    ],
    [
      'one of which only the flag is shown leaves it open',
      'unknown NeighbourNotShown',
      beside({ exposure: { exposed: true } }),
    ],
    [
      'one whose space is not shown leaves it open',
      'unknown NeighbourNotShown',
      beside({ exposure: world, bindings: unknownFact('bundle') }),
    ],
    [
      'one in another space does not matter',
      'pass AsRequired',
      beside({ exposure: world, bindings: { '': 'dmz' } }),
    ],
    [
      'one exposed to few does not matter',
      'pass AsRequired',
      beside({ exposure: { exposed: true, endpoints: { '': { cidrs: ['10.0.0.0/8'], spaces: [] } } } }),
    ],
    [
      'an unread exposure beside it leaves it open',
      'unknown NeighbourNotShown',
      beside({ exposure: unknownFact('gone') }),
    ],
    [
      'one that is surely open beats one that may be',
      'fail SpaceShared',
      {
        applications: {
          shop: application({ exposure: world }),
          dark: application({ exposure: unknownFact('gone') }),
        },
      },
    ],
    ['unread bindings are unknown', 'unknown NotObserved', { etcd: { bindings: unknownFact('bundle') } }],
  ])('%s', (_, expected, given) => {
    expect(says('EBP-NET-03', given)).toBe(expected);
  });

  test.each([
    [10, /: app0, app1, .* app9$/],
    [11, /: app0, app1, .* app9 and others$/],
    [200, /: app0, app1, .* app9 and others$/],
  ])('of %i that are open to the world the first ten are named', (count, expected) => {
    const names = Array.from({ length: count }, (_, n) => `app${n}`);
    const open = Object.fromEntries(names.map((name) => [name, application({ exposure: world })]));
    const own = { exposure: world };
    const { judgement } = findingOn(
      etcdBestPractice,
      'EBP-NET-03',
      etcdWorld({ etcd: own, applications: open }),
    );
    expect(judgement.message).toMatch(expected);
    expect(judgement.message).not.toContain('etcd,');
  });
});
