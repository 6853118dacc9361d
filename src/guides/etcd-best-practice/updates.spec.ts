import { describe, expect, test } from '@jest/globals';
import { etcdWorld, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { unknownFact } from '../../../test/support/world.js';
import { etcdBestPractice } from './index.js';

describe('EBP-UPD-01: announcements are followed', () => {
  const running = (workloadVersion: string): EtcdWorld => ({ etcd: { status: { workloadVersion } } });
  test.each<[string, string, EtcdWorld, string]>([
    ['fresh data and no flagged version pass', 'pass AsRequired', running('3.6.14'), '2026-11-22T06:00:00Z'],
    ['a flagged version fails', 'fail BelowPatchedFloor', running('3.6.1'), '2026-11-22T06:00:00Z'],
    [
      'data that nobody looked through for long fail',
      'fail AdvisoriesOld',
      running('3.6.14'),
      '2027-03-01T00:00:00Z',
    ],
    ['a version that is not told is unknown', 'unknown VersionNotShown', {}, '2026-11-22T06:00:00Z'],
  ])('%s', (_, expected, world, asOf) => {
    expect(saysOn(etcdBestPractice, 'EBP-UPD-01', etcdWorld(world), { asOf })).toBe(expected);
  });
});

describe('EBP-UPD-04: a way back', () => {
  const pending = { upgrade: { to: 'ch:amd64/charmed-etcd-190' } };
  const atRevision = (revision: number) => ({ name: 'charmed-etcd', track: '3.6', revision });
  const printed = (revision: number) => ({
    id: '1',
    action: 'pre-refresh-check',
    units: ['etcd/0'],
    status: 'completed',
    enqueued: '2026-11-22T05:00:00Z',
    completed: '2026-11-22T05:00:05Z',
    rollback: `juju refresh etcd --revision ${revision}`,
  });
  test.each<[string, string, EtcdWorld]>([
    ['nothing pending needs none', 'not-applicable NothingPending', {}],
    [
      'a waiting refresh without a recorded one needs a person',
      'manual RollbackNotRecorded',
      { etcd: { upgrade: { to: 'ch:amd64/charmed-etcd-182' } } },
    ],
    [
      'updates of a charm from a file are not seen',
      'unknown UpdateNotSeen',
      { etcd: { charm: { name: 'charmed-etcd', origin: 'local' } } },
    ],
    [
      'a way back that the check of this revision printed is one',
      'pass AsRequired',
      { etcd: { charm: atRevision(182), ...pending }, operations: [printed(182)] },
    ],
    [
      'that of another revision is none',
      'manual RollbackNotRecorded',
      { etcd: { charm: atRevision(183), ...pending }, operations: [printed(182)] },
    ],
    ['an unread fact is unknown', 'unknown NotObserved', { etcd: { upgrade: unknownFact('gone') } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(etcdBestPractice, 'EBP-UPD-04', etcdWorld(world))).toBe(expected);
  });
});
