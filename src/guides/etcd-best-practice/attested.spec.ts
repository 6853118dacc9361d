import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { unknownFact } from '../../../test/support/world.js';
import type { Attestation, Policy } from '../../core/policy/policy.js';
import { etcdBestPractice } from './index.js';

/** A statement about one control, good throughout the autumn of 2026. */
function stated(control: string, more: Partial<Attestation> = {}): Attestation {
  return {
    id: 'a',
    match: { control },
    statement: 'looked at it',
    owner: 'ann@example.com',
    attested: '2026-11-01T00:00:00Z',
    expires: '2026-12-31T00:00:00Z',
    ...more,
  };
}

const pending: EtcdWorld = { etcd: { upgrade: { to: 'ch:amd64/charmed-etcd-190' } } };

describe.each([
  'EBP-REST-02',
  'EBP-NET-05',
  'EBP-MON-04',
  'EBP-MON-05',
  'EBP-MON-06',
  'EBP-UPD-02',
  'EBP-UPD-05',
])('%s: what only a person can state', (id) => {
  const says = (...attestations: readonly Attestation[]) =>
    saysOn(etcdBestPractice, id, etcdWorld(pending), { attestations });

  test.each<[string, string, readonly Attestation[]]>([
    ['passes with a current statement', 'pass Attested', [stated(id)]],
    ['needs a person where nobody stated it', 'manual AttestationMissing', []],
    [
      'fails once the statement has expired',
      'fail AttestationExpired',
      [stated(id, { expires: '2026-11-20T00:00:00Z' })],
    ],
    [
      'passes with a new statement beside an expired one',
      'pass Attested',
      [stated(id, { id: 'old', expires: '2026-11-20T00:00:00Z' }), stated(id)],
    ],
    [
      'does not take a statement that counts from tomorrow on',
      'manual AttestationMissing',
      [stated(id, { attested: '2026-11-23T00:00:00Z' })],
    ],
    ['does not take a statement about another control', 'manual AttestationMissing', [stated('EBP-OTHER-1')]],
    [
      'does not take a statement about another application',
      'manual AttestationMissing',
      [stated(id, { match: { control: id, application: 'other' } })],
    ],
  ])('%s', (_, expected, attestations) => {
    expect(says(...attestations)).toBe(expected);
  });
});

describe('a statement that is older than the policy believes', () => {
  test.each(['EBP-REST-02', 'EBP-NET-05', 'EBP-MON-04', 'EBP-MON-05', 'EBP-UPD-02', 'EBP-UPD-05'])(
    '%s: fails although it has not expired',
    (id) => {
      const attestations = [
        stated(id, { attested: '2024-01-01T00:00:00Z', expires: '2030-01-01T00:00:00Z' }),
      ];
      expect(saysOn(etcdBestPractice, id, etcdWorld(pending), { attestations })).toBe('fail AttestationOld');
    },
  );

  it('is as old as the policy says', () => {
    const attestations = [stated('EBP-MON-05')];
    const params = { age: '7d' };
    expect(saysOn(etcdBestPractice, 'EBP-MON-05', etcdWorld(), { attestations, params })).toBe(
      'fail AttestationOld',
    );
  });

  it('says who stated it, when, and where to state it anew', () => {
    const attestations = [stated('EBP-NET-05', { expires: '2026-11-20T00:00:00Z' })];
    const { judgement } = findingOn(etcdBestPractice, 'EBP-NET-05', etcdWorld(), { attestations });
    expect(judgement.message).toContain('ann@example.com stated it on 2026-11-01T00:00:00Z');
    expect(judgement.message).toContain('match: { control: EBP-NET-05 }');
  });
});

describe('EBP-UPD-02: rehearsals', () => {
  test.each<[string, string, EtcdWorld]>([
    ['nothing pending needs none', 'not-applicable NothingPending', {}],
    ['what is pending was not seen', 'unknown NotObserved', { etcd: { upgrade: unknownFact('gone') } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(etcdBestPractice, 'EBP-UPD-02', etcdWorld(world))).toBe(expected);
  });
});

describe('EBP-UPD-03: automated updates', () => {
  const window = {
    name: 'night',
    kind: 'allow',
    match: {},
    cron: '0 2 * * *',
    duration: 7200,
    timeZone: 'UTC',
  } as const;
  const enforced = { match: { control: 'ETCD-UPG-01' }, mode: 'enforce' } as const;

  test.each<[string, string, Partial<Policy>]>([
    ['enforced within a window pass', 'pass AsRequired', { rules: [enforced], windows: [window] }],
    ['enforced without any bound pass', 'pass AsRequired', { rules: [{ ...enforced, disruptive: 'allow' }] }],
    ['enforced, but each with an approval, fail', 'fail UpdatesNotAutomated', { rules: [enforced] }],
    [
      'proposed only fail',
      'fail UpdatesNotAutomated',
      { rules: [{ ...enforced, mode: 'propose' }], windows: [window] },
    ],
    [
      'a window in which nothing may be done is none',
      'fail UpdatesNotAutomated',
      { rules: [enforced], windows: [{ ...window, kind: 'deny' }] },
    ],
    [
      'what another tool owns is not enforced',
      'fail UpdatesNotAutomated',
      {
        rules: [enforced],
        windows: [window],
        managedBy: [{ match: {}, tool: 'terraform' }],
      },
    ],
  ])('%s', (_, expected, policy) => {
    expect(saysOn(etcdBestPractice, 'EBP-UPD-03', etcdWorld(), { policy })).toBe(expected);
  });

  test.each<[string, string, EtcdWorld, readonly Attestation[]]>([
    ['a statement of what else does it passes', 'pass Attested', {}, [stated('EBP-UPD-03')]],
    [
      'an expired one fails',
      'fail AttestationExpired',
      {},
      [stated('EBP-UPD-03', { expires: '2026-11-20T00:00:00Z' })],
    ],
    [
      'an old one fails',
      'fail AttestationOld',
      {},
      [stated('EBP-UPD-03', { attested: '2024-01-01T00:00:00Z' })],
    ],
    [
      'a charm from a file has no updates',
      'not-applicable UpdateNotSeen',
      { etcd: { charm: { name: 'charmed-etcd', origin: 'local' } } },
      [],
    ],
    ['an unread charm is unknown', 'unknown NotObserved', { etcd: { charm: unknownFact('gone') } }, []],
  ])('%s', (_, expected, world, attestations) => {
    expect(saysOn(etcdBestPractice, 'EBP-UPD-03', etcdWorld(world), { attestations })).toBe(expected);
  });
});
