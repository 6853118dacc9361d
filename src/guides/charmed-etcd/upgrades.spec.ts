import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { unknownFact } from '../../../test/support/world.js';
import { charmedEtcd } from './index.js';

const local = { name: 'charmed-etcd', origin: 'local' } as const;

describe('ETCD-UPG-01: the charm is current', () => {
  const at = (revision: number, more: NonNullable<EtcdWorld['etcd']> = {}): EtcdWorld => ({
    etcd: { charm: { name: 'charmed-etcd', track: '3.6', revision }, ...more },
  });
  const waiting = at(182, { upgrade: { to: 'ch:amd64/charmed-etcd-190' } });
  test.each<[string, string, EtcdWorld, string]>([
    [
      'a newer revision seen just now settles nothing yet',
      'unknown ReleaseDateNotSeen',
      waiting,
      '2026-11-22T06:00:00Z',
    ],
    [
      'a newer revision seen for longer than the age fails',
      'fail CharmBehindTooLong',
      waiting,
      '2026-12-23T06:00:00Z',
    ],
    ['no named revision proves nothing', 'unknown NothingOffered', at(182), '2026-11-22T06:00:00Z'],
    [
      'one older than a revision known to be in its channel for long fails, named or not',
      'fail CharmBehindTooLong',
      at(144),
      '2026-11-22T06:00:00Z',
    ],
    [
      'the newest known revision of another architecture is no newer one',
      'unknown NothingOffered',
      at(181),
      '2026-11-22T06:00:00Z',
    ],
    [
      'another risk of the track has its own revisions',
      'unknown NothingOffered',
      { etcd: { charm: { name: 'charmed-etcd', track: '3.6', revision: 144, risk: 'edge' } } },
      '2026-11-22T06:00:00Z',
    ],
    [
      'within the age a known revision settles nothing yet',
      'unknown NothingOffered',
      at(144),
      '2026-09-29T00:00:00Z',
    ],
    [
      'a charm from a file has no channel',
      'unknown LocalCharm',
      { etcd: { charm: local } },
      '2026-11-22T06:00:00Z',
    ],
    [
      'an unread fact stays unknown',
      'unknown NotObserved',
      at(182, { upgrade: unknownFact('gone') }),
      '2026-11-22T06:00:00Z',
    ],
  ])('%s', (_, expected, world, asOf) => {
    expect(saysOn(charmedEtcd, 'ETCD-UPG-01', etcdWorld(world), { asOf })).toBe(expected);
  });

  it('takes the age from the policy, and is judged again when it has passed', () => {
    const finding = findingOn(charmedEtcd, 'ETCD-UPG-01', etcdWorld(waiting), { params: { age: '7d' } });
    expect(finding.validUntil).toBe(Date.parse('2026-11-29T06:00:00Z'));
  });
});

describe('ETCD-UPG-03: the patched floor', () => {
  const running = (workloadVersion: string, track: string | undefined = '3.6'): EtcdWorld => ({
    etcd: {
      charm: track === 'local' ? local : { name: 'charmed-etcd', track },
      status: { workloadVersion },
    },
  });
  test.each<[string, string, EtcdWorld]>([
    ['the floor itself passes', 'pass AsRequired', running('3.6.14')],
    ['numbers are compared as numbers', 'fail BelowPatchedFloor', running('3.6.9')],
    ['a version below fails', 'fail BelowPatchedFloor', running('3.6.13')],
    ['each track has its own floor', 'pass AsRequired', running('3.5.33', '3.5')],
    [
      'a charm from a file is judged by the series of the version',
      'fail BelowPatchedFloor',
      running('3.5.1', 'local'),
    ],
    ['a series of which nothing is known is unknown', 'unknown NoFloorKnown', running('3.9.1', '3.9')],
    [
      'a name from outside finds nothing in the table',
      'unknown NoFloorKnown',
      running('constructor', 'constructor'),
    ],
    ['what is no version is unknown', 'unknown VersionNotUnderstood', running('3.6.x')],
    ['no version told is unknown', 'unknown VersionNotShown', {}],
    ['an unread status is unknown', 'unknown NotObserved', { etcd: { status: unknownFact('bundle') } }],
    ['an unread charm is unknown', 'unknown NotObserved', { etcd: { charm: unknownFact('bundle') } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(charmedEtcd, 'ETCD-UPG-03', etcdWorld(world))).toBe(expected);
  });
});

it('ETCD-UPG-02 is unknown until units may be looked into', () => {
  expect(saysOn(charmedEtcd, 'ETCD-UPG-02', etcdWorld())).toBe('unknown WorkloadEvidenceOff');
});
