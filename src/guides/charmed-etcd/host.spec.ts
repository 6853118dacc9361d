import { describe, expect, it, test } from '@jest/globals';
import {
  etcdWorld,
  findingOn,
  linesOf,
  saysOn,
  undoLinesOf,
  type EtcdWorld,
} from '../../../test/support/etcd.js';
import { unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedEtcd } from './index.js';

type Open = Dict<{ readonly cidrs: readonly string[]; readonly spaces: readonly string[] }>;
const to = (...cidrs: string[]) => ({ cidrs, spaces: [] });
const exposed = (endpoints?: Open): EtcdWorld => ({
  etcd: { exposure: { exposed: true, ...(endpoints === undefined ? {} : { endpoints }) } },
});
const declared = { cidrs: ['10.20.0.0/16'] };

describe('ETCD-NET-01: exposure and spaces', () => {
  test.each<[string, string, EtcdWorld, Dict<unknown>]>([
    ['not exposed passes where the cloud has a firewall', 'pass AsRequired', {}, {}],
    [
      'not exposed proves nothing on a cloud without one',
      'unknown NoFirewall',
      { info: { provider: 'unmanaged' } },
      {},
    ],
    [
      'nor does a declared network there',
      'unknown NoFirewall',
      { ...exposed({ '': to('10.20.3.0/24') }), info: { provider: 'maas' } },
      declared,
    ],
    ['nor on MAAS', 'unknown NoFirewall', { info: { provider: 'maas' } }, {}],
    [
      'what is declared to be open to the world, too, needs no firewall',
      'pass AsRequired',
      { ...exposed({ '': to('203.0.113.0/24') }), info: { provider: 'maas' } },
      { cidrs: ['10.20.0.0/16', '0.0.0.0/0'] },
    ],
    ['nor where the cloud is not known', 'unknown FirewallNotSeen', { info: unknownFact('status file') }, {}],
    ['exposed to everyone fails', 'fail Exposed', exposed({ '': to('0.0.0.0/0', '::/0') }), {}],
    ['exposed with no addresses named is everyone', 'fail Exposed', exposed({ '': to() }), declared],
    [
      'exposed to some undeclared network fails',
      'fail Exposed',
      exposed({ '': to('10.30.0.0/24') }),
      declared,
    ],
    [
      'exposed to a part of what is declared passes',
      'pass AsRequired',
      exposed({ 'etcd-client': to('10.20.3.0/24') }),
      declared,
    ],
    [
      'exposed to an undeclared space fails',
      'fail Exposed',
      exposed({ '': { cidrs: [], spaces: ['dmz'] } }),
      declared,
    ],
    [
      'exposed to a declared space passes',
      'pass AsRequired',
      { ...exposed({ '': { cidrs: [], spaces: ['alpha'] } }) },
      { ...declared, spaces: ['alpha'] },
    ],
    ['what is no block is never covered', 'fail Exposed', exposed({ '': to('10.20.0.0/99') }), declared],
    [
      'exposed to whom is not shown is unknown where some may',
      'unknown ExposureNotShown',
      exposed(),
      declared,
    ],
    ['and fails where none may', 'fail Exposed', exposed(), {}],
    [
      'exposed with no endpoints listed is not shown either',
      'unknown ExposureNotShown',
      exposed({}),
      declared,
    ],
    ['and fails where none may, too', 'fail Exposed', exposed({}), {}],
    ['an unread exposure is unknown', 'unknown NotObserved', { etcd: { exposure: unknownFact('gone') } }, {}],
    ['an undeclared space fails', 'fail UndeclaredSpace', {}, { spaces: ['private'] }],
    ['a declared space passes', 'pass AsRequired', {}, { spaces: ['alpha'] }],
    [
      'unread bindings are unknown where spaces are declared',
      'unknown NotObserved',
      { etcd: { bindings: unknownFact('bundle') } },
      { spaces: ['alpha'] },
    ],
  ])('%s', (_, expected, world, params) => {
    expect(saysOn(charmedEtcd, 'ETCD-NET-01', etcdWorld(world), { params })).toBe(expected);
  });

  const propose = (world: EtcdWorld, params: Dict<unknown>) =>
    findingOn(charmedEtcd, 'ETCD-NET-01', etcdWorld(world), { params });

  it('unexposes where nothing is declared, and can restore what was', () => {
    const finding = propose(
      exposed({ '': to('0.0.0.0/0'), 'etcd-client': to('10.1.0.0/16', 'fd00::/8') }),
      {},
    );
    expect(linesOf(finding)).toEqual(['juju unexpose -m prod:admin/data etcd']);
    expect(undoLinesOf(finding)).toEqual([
      'juju expose -m prod:admin/data etcd --to-cidrs 0.0.0.0/0',
      'juju expose -m prod:admin/data etcd --endpoints etcd-client --to-cidrs 10.1.0.0/16,fd00::/8',
    ]);
    expect(finding.remedies[0]).toMatchObject({
      disruptive: true,
      cutsOff: ['0.0.0.0/0', '10.1.0.0/16', 'fd00::/8'],
    });
  });

  it('narrows what is too open to what is declared', () => {
    const finding = propose(exposed({ '': to('0.0.0.0/0'), 'etcd-client': to('10.20.1.0/24') }), declared);
    expect(linesOf(finding)).toEqual(['juju expose -m prod:admin/data etcd --to-cidrs 10.20.0.0/16']);
    expect(undoLinesOf(finding)).toEqual(['juju expose -m prod:admin/data etcd --to-cidrs 0.0.0.0/0']);
  });

  it('says that it cannot restore spaces, or what was not shown', () => {
    const spaces = propose(exposed({ '': { cidrs: [], spaces: ['dmz'] } }), {});
    expect(undoLinesOf(spaces)).toEqual(['never: it was exposed to spaces, which is not restored by itself']);
    expect(spaces.remedies[0]?.cutsOff).toEqual(['space dmz']);
    const hidden = propose(exposed(), {});
    expect(undoLinesOf(hidden)).toEqual(['never: to whom the application was exposed before was not read']);
    expect(hidden.remedies[0]?.cutsOff).toEqual(['everyone outside the model']);
  });

  it('restores everyone as the addresses that mean everyone', () => {
    expect(undoLinesOf(propose(exposed({ '': to() }), {}))).toEqual([
      'juju expose -m prod:admin/data etcd --to-cidrs 0.0.0.0/0,::/0',
    ]);
  });

  it('leaves bindings to a person', () => {
    expect(propose({}, { spaces: ['private'] }).remedies).toEqual([]);
    expect(
      propose(exposed({ '': to('10.20.3.0/24') }), { ...declared, spaces: ['private'] }).remedies,
    ).toEqual([]);
  });
});

it.each(['ETCD-DBG-01', 'ETCD-FILE-01'])(
  '%s is unknown until units may be looked into, and for the charm to mend',
  (id) => {
    const { judgement, control } = findingOn(charmedEtcd, id, etcdWorld());
    expect(judgement).toMatchObject({ outcome: 'unknown', reason: 'WorkloadEvidenceOff' });
    expect(control.fixableBy).toBe('charm');
  },
);
