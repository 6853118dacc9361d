import { describe, expect, it, test } from '@jest/globals';
import {
  beside,
  etcdWorld,
  findingOn,
  linesOf,
  saysOn,
  undoLinesOf,
  type EtcdWorld,
} from '../../../test/support/etcd.js';
import { application, relate, unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import type { Charm } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const says = (id: string, world: EtcdWorld, asOf?: string) =>
  saysOn(charmedEtcd, id, etcdWorld(world), asOf === undefined ? {} : { asOf });

function withCompanion(
  charm: string,
  spec: ApplicationSpec,
  more: { status?: string; related?: boolean } = {},
): EtcdWorld {
  const endpoint = charm === 'landscape-client' ? 'container' : 'juju-info';
  const relation = relate('etcd:juju-info', `${charm}:${endpoint}`, 'juju-info', {
    scope: 'container',
    status: more.status ?? 'joined',
  });
  return {
    applications: { [charm]: application(spec) },
    relations: more.related === false ? [] : [relation],
  };
}

const landscape = (...messages: Parameters<typeof beside>[1][]) => ({
  units: beside('landscape-client', ...messages),
});
const pro = (...messages: Parameters<typeof beside>[1][]) => ({ units: beside('ubuntu-pro', ...messages) });
const attached = 'Attached (esm-apps,esm-infra,livepatch)';

describe('ETCD-OS-01: Landscape Client beside every unit', () => {
  test.each<[string, string, EtcdWorld]>([
    [
      'it passes when each client says that it is registered',
      'pass AsRequired',
      withCompanion('landscape-client', landscape('Client registered!', 'Client registered!')),
    ],
    [
      'it passes with the words of older revisions',
      'pass AsRequired',
      withCompanion(
        'landscape-client',
        landscape('System successfully registered', 'System successfully registered'),
      ),
    ],
    [
      'it fails when no client is related',
      'fail NotRelated',
      withCompanion('landscape-client', landscape(), { related: false }),
    ],
    [
      'it fails when another subordinate is related instead',
      'fail NotRelated',
      {
        applications: { nrpe: application({}) },
        relations: [relate('etcd:juju-info', 'nrpe:general-info', 'juju-info')],
      },
    ],
    [
      'it fails when the clients are there but not registered',
      'fail NotRegistered',
      withCompanion(
        'landscape-client',
        landscape({ workload: 'blocked', workloadMessage: 'account-name not set' }, ''),
      ),
    ],
    [
      'it fails when no unit has a client, as with another base',
      'fail UnitWithout',
      withCompanion('landscape-client', landscape(undefined, undefined)),
    ],
    [
      'it is inconsistent when one unit has none',
      'inconsistent UnitsDiffer',
      withCompanion('landscape-client', landscape('Client registered!', undefined)),
    ],
    [
      'it fails when the relation is suspended',
      'fail RelationDown',
      withCompanion('landscape-client', landscape('Client registered!', 'Client registered!'), {
        status: 'suspended',
      }),
    ],
    [
      'it is unknown while the units were not read',
      'unknown NotObserved',
      withCompanion('landscape-client', { units: unknownFact('a bundle does not tell what is running') }),
    ],
    [
      'it is unknown while etcd has no units',
      'unknown NoUnits',
      { ...withCompanion('landscape-client', landscape()), etcd: { units: 0 } },
    ],
    [
      'it is unknown when the relations were not read',
      'unknown NotObserved',
      { etcd: { relations: unknownFact('unreadable') } },
    ],
  ])('%s', (_, expected, world) => {
    expect(says('ETCD-OS-01', world)).toBe(expected);
  });

  it('relates the client that is there, and can take it back', () => {
    const finding = findingOn(
      charmedEtcd,
      'ETCD-OS-01',
      etcdWorld(withCompanion('landscape-client', landscape(), { related: false })),
    );
    expect(linesOf(finding)).toEqual([
      'juju integrate -m prod:admin/data landscape-client:container etcd:juju-info',
    ]);
    expect(undoLinesOf(finding)).toEqual([
      'juju remove-relation -m prod:admin/data landscape-client:container etcd:juju-info',
    ]);
    expect(finding.remedies[0]).toMatchObject({ disruptive: false, repeatable: true, cutsOff: [] });
  });

  test.each<[string, EtcdWorld]>([
    ['there is none', {}],
    [
      'it is on another base',
      withCompanion('landscape-client', { charm: { base: 'ubuntu@22.04' } }, { related: false }),
    ],
    [
      'it is being removed',
      withCompanion('landscape-client', { status: { life: 'dying' } }, { related: false }),
    ],
    [
      'there are two to choose from',
      {
        applications: {
          one: application({ charm: { name: 'landscape-client' } }),
          two: application({ charm: { name: 'landscape-client' } }),
        },
      },
    ],
    [
      "the model's owner is not known, as in a status file",
      {
        ...withCompanion('landscape-client', {}, { related: false }),
        info: { owner: '' },
      },
    ],
    ['it is related already and only not registered', withCompanion('landscape-client', landscape('', ''))],
  ])('proposes nothing when %s', (_, world) => {
    expect(findingOn(charmedEtcd, 'ETCD-OS-01', etcdWorld(world)).remedies).toEqual([]);
  });
});

describe('ETCD-OS-02: Ubuntu Pro on every machine', () => {
  test.each<[string, string, EtcdWorld]>([
    [
      'it passes when every machine is attached with both services',
      'pass AsRequired',
      withCompanion('ubuntu-pro', pro(attached, attached)),
    ],
    [
      'it passes under the old name of the charm',
      'pass AsRequired',
      withCompanion('ubuntu-advantage', { units: beside('ubuntu-advantage', attached, attached) }),
    ],
    ['it fails when no Pro charm is related', 'fail NotRelated', {}],
    [
      'it fails without a token',
      'fail NotAttached',
      withCompanion(
        'ubuntu-pro',
        pro({ workload: 'blocked', workloadMessage: 'No token configured' }, { workload: 'blocked' }),
      ),
    ],
    [
      'it fails when a service is off',
      'fail EsmServiceOff',
      withCompanion('ubuntu-pro', pro('Attached (esm-infra,livepatch)', 'Attached (esm-infra)')),
    ],
    [
      'it is inconsistent when one machine is not attached',
      'inconsistent UnitsDiffer',
      withCompanion('ubuntu-pro', pro(attached, { workload: 'blocked' })),
    ],
    [
      'it is unknown when the status names no services',
      'unknown ServicesNotShown',
      withCompanion('ubuntu-pro', pro('Attached', 'Attached')),
    ],
    [
      'it is not taken in by a text that only begins alike',
      'fail NotAttached',
      withCompanion('ubuntu-pro', pro('Attachedness pending', 'Attachedness pending')),
    ],
  ])('%s', (_, expected, world) => {
    expect(says('ETCD-OS-02', world)).toBe(expected);
  });

  it('says that the status text is all it looked at', () => {
    const finding = findingOn(
      charmedEtcd,
      'ETCD-OS-02',
      etcdWorld(withCompanion('ubuntu-pro', pro(attached, attached))),
    );
    expect(finding.judgement.message).toContain('by its own status');
    expect(finding.judgement.evidence.map(({ unit }) => unit)).toEqual(['etcd/0', 'etcd/1']);
  });

  it('relates the charm that is there', () => {
    const finding = findingOn(
      charmedEtcd,
      'ETCD-OS-02',
      etcdWorld(withCompanion('ubuntu-pro', pro(), { related: false })),
    );
    expect(linesOf(finding)).toEqual([
      'juju integrate -m prod:admin/data ubuntu-pro:juju-info etcd:juju-info',
    ]);
  });
});

describe('ETCD-OS-03: the base', () => {
  const on = (base: string): EtcdWorld => ({ etcd: { charm: { name: 'charmed-etcd', track: '3.6', base } } });
  test.each<[string, string, EtcdWorld, string | undefined]>([
    ['it passes on 24.04', 'pass AsRequired', on('ubuntu@24.04'), undefined],
    ['it fails on another base', 'fail OtherBase', on('ubuntu@22.04'), undefined],
    ['it fails once support has ended', 'fail BaseUnsupported', on('ubuntu@24.04'), '2030-01-01T00:00:00Z'],
    [
      'it is unknown when the charm was not read',
      'unknown NotObserved',
      { etcd: { charm: unknownFact('unreadable') } },
      undefined,
    ],
  ])('%s', (_, expected, world, asOf) => {
    expect(says('ETCD-OS-03', world, asOf)).toBe(expected);
  });

  it('is judged again when support ends', () => {
    const finding = findingOn(charmedEtcd, 'ETCD-OS-03', etcdWorld());
    expect(finding.validUntil).toBe(Date.parse('2029-05-31'));
  });

  it('is unknown where the road shows no base, or nothing is known of one that the policy wants', () => {
    const hidden = { name: 'charmed-etcd', base: undefined } as unknown as Partial<Charm>;
    expect(says('ETCD-OS-03', { etcd: { charm: hidden } })).toBe('unknown BaseNotShown');
    const wanted = saysOn(charmedEtcd, 'ETCD-OS-03', etcdWorld(on('ubuntu@30.04')), {
      params: { base: 'ubuntu@30.04' },
    });
    expect(wanted).toBe('unknown SupportNotKnown');
  });
});

it('ETCD-OS-04 says that nobody looked, and which permission it takes', () => {
  const { judgement } = findingOn(charmedEtcd, 'ETCD-OS-04', etcdWorld());
  expect(judgement).toMatchObject({ outcome: 'unknown', reason: 'WorkloadEvidenceOff' });
  expect(judgement.message).toContain('needs workload evidence: a prober identity with model admin');
});
