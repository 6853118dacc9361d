import { describe, expect, test } from '@jest/globals';
import type { Guide } from '../../core/control.js';
import type { Dict } from '../../core/dict.js';
import type { WorkloadEvidence } from '../../core/evidence/workload.js';
import type { EtcdUser } from '../../core/evidence/etcd-users.js';
import { etcdWorld, findingOn, saysOn } from '../../../test/support/etcd.js';
import { inside, members } from '../../../test/support/inside.js';
import { knownFact, relate, unknownFact } from '../../../test/support/world.js';
import { etcdBestPractice } from '../etcd-best-practice/index.js';
import { charmedEtcd } from './index.js';

const side = (prefix: string, urls: string): Dict<string> => ({
  [urls]: 'https://10.0.0.10:2379',
  [`${prefix}cert-file`]: '/c',
  [`${prefix}key-file`]: '/k',
  [`${prefix}client-cert-auth`]: 'true',
  [`${prefix}trusted-ca-file`]: '/ca',
});
const hardened = { ...side('', 'listen-client-urls'), ...side('peer-', 'listen-peer-urls') };
const set = (...settings: readonly Dict<string>[]): WorkloadEvidence => members('etcd', 2, ...settings);
const show = (...shown: readonly Parameters<typeof inside>[2][]): WorkloadEvidence =>
  inside('etcd', 2, ...shown);
const key = (mode: number) => ({
  files: { '/x/tls/client.key': { path: '/x/tls/client.key', mode, owner: 'root', group: 'root' } },
});
const ending = (file: string) => ({
  certificates: {
    [`/x/tls/${file}`]: {
      ...{ subject: 'CN=a', issuer: 'CN=b' },
      ...{ notBefore: '2026-11-01T00:00:00Z', notAfter: '2026-11-25T00:00:00Z' },
    },
  },
});
const peer = (n: number) => ({ name: `etcd${n}`, peerUrls: [`https://10.0.0.${10 + n}:2380`] });
const strong = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const s3 = [relate('etcd:s3-credentials', 's3:s3-credentials', 's3')];
const backups = (id: string) => {
  const time = id.endsWith('Z') ? { at: id } : {};
  return { backups: [{ id, ...time, type: 'full', status: 'finished' }] };
};

describe('what units show', () => {
  test.each<[string, string, WorkloadEvidence]>([
    ['ETCD-ENC-03', 'pass AsRequired', set(hardened)],
    ['ETCD-ENC-03', 'fail TlsNotSetUp', set({})],
    [
      'ETCD-ENC-03',
      'fail PlainUrlSetUp',
      set({ ...hardened, 'listen-client-urls': 'https://10.0.0.1:1,http://10.0.0.1:2' }),
    ],
    ['ETCD-ENC-03', 'fail DemandNotSetUp', set({ ...hardened, 'peer-client-cert-auth': 'false' })],
    ['ETCD-ENC-03', 'inconsistent UnitsDiffer', set(hardened, {})],
    ['ETCD-AUTH-02', 'pass AsRequired', set(side('', 'listen-client-urls'))],
    ['ETCD-ENC-06', 'pass AsRequired', set({ 'tls-min-version': 'TLS1.2', 'cipher-suites': strong })],
    ['ETCD-ENC-06', 'fail WeakSuites', set({ 'cipher-suites': `${strong},TLS_RSA_WITH_AES_128_CBC_SHA` })],
    ['ETCD-ENC-06', 'fail OldTlsAllowed', set({ 'tls-min-version': 'TLS1.0' })],
    ['ETCD-ENC-06', 'unknown SuitesNotLimited', set({})],
    ['ETCD-DBG-01', 'fail DebugEndpointsOn', set({ 'enable-pprof': 'true' })],
    ['ETCD-DBG-01', 'pass AsRequired', set({})],
    [
      'ETCD-AUTH-01',
      'pass AsRequired',
      show({ etcdAuthentication: { state: 'on', shown: 'permission denied' } }),
    ],
    [
      'ETCD-AUTH-01',
      'fail AuthenticationOff',
      show({ etcdAuthentication: { state: 'off', shown: 'Authentication Status: false' } }),
    ],
    ['ETCD-AUTH-01', 'unknown UnitNotSeen', show({ etcdAuthentication: 'unseen' })],
    ['ETCD-FILE-01', 'pass AsRequired', show(key(0o600))],
    ['ETCD-FILE-01', 'fail FileTooOpen', show(key(0o640))],
    ['ETCD-OS-04', 'pass AsRequired', show({ updates: { security: 0, restartNeeded: true } })],
    ['ETCD-OS-04', 'unknown UpdatesPending', show({ updates: { security: 2, restartNeeded: true } })],
    [
      'ETCD-UPG-02',
      'fail SnapNotHeld',
      show({ snap: { name: 'charmed-etcd', version: '3.6', revision: 1, held: false } }),
    ],
    [
      'ETCD-UPG-02',
      'unknown SnapPinNotKnown',
      show({ snap: { name: 'charmed-etcd', version: '3.6', revision: 1, held: true } }),
    ],
    ['EBP-AUTHN-04', 'pass AsRequired', show(key(0o400))],
    ['EBP-AUTHN-04', 'fail FileTooOpen', show(key(0o444))],
    ['EBP-AUTHZ-01', 'fail AuthenticationOff', show({ etcdAuthentication: { state: 'off', shown: '' } })],
    ['EBP-AUTHZ-01', 'unknown EtcdIdentityNeeded', show({ etcdAuthentication: { state: 'on', shown: '' } })],
    [
      'EBP-REST-01',
      'pass AsRequired',
      show({ disk: { device: '/dev/mapper/x', layers: ['lvm', 'crypt', 'disk'] } }),
    ],
    ['EBP-REST-01', 'manual NoCryptLayer', show({ disk: { device: '/dev/vda1', layers: ['part', 'disk'] } })],
    ['EBP-REST-01', 'unknown VolumeNotTold', show({ disk: { device: 'zfs/x', layers: [] } })],
    ['EBP-NET-01', 'pass AsRequired', set(hardened)],
    ['EBP-NET-01', 'fail ListensEverywhere', set({ 'listen-client-urls': 'https://0.0.0.0:2379' })],
    ['EBP-NET-01', 'fail ListensEverywhere', set({ 'listen-peer-urls': 'https://[::]:2380' })],
    ['EBP-NET-01', 'fail ListensEverywhere', set({ 'listen-peer-urls': 'https://8.8.8.8:2380' })],
    ['EBP-NET-04', 'manual MetricsInClear', set({ 'listen-metrics-urls': 'http://10.0.0.1:9100' })],
    ['EBP-NET-04', 'pass AsRequired', set({ 'listen-metrics-urls': 'http://127.0.0.1:9100' })],
    ['EBP-NET-06', 'pass AsRequired', show({ etcdPeers: [peer(0), peer(1)] })],
    ['EBP-NET-06', 'fail StrangeMember', show({ etcdPeers: [peer(0), peer(1), peer(7)] })],
    ['EBP-NET-06', 'fail MemberMissing', show({ etcdPeers: [peer(0)] })],
  ])('%s is %s', (id, expected, workload) => {
    expect(saysOn(guideOf(id), id, etcdWorld({ etcd: { workload } }))).toBe(expected);
  });

  test.each([
    'ETCD-ENC-06',
    'ETCD-DBG-01',
    'ETCD-AUTH-01',
    'ETCD-FILE-01',
    'ETCD-OS-04',
    'ETCD-UPG-02',
    'EBP-AUTHN-04',
    'EBP-AUTHZ-01',
    'EBP-REST-01',
    'EBP-NET-01',
    'EBP-NET-06',
  ])('%s has nothing to look at without units', (id) => {
    const workload = { ...set({}), ...show({}) };
    expect(saysOn(guideOf(id), id, etcdWorld({ etcd: { units: 0, workload } }))).toBe(
      'not-applicable NoUnits',
    );
  });

  test.each([
    ['updates that wait', { security: 1, restartNeeded: false }, 'fail UpdatesOverdue'],
    ['a restart that waits', { security: 0, restartNeeded: true }, 'fail RestartNeeded'],
  ])('%s for longer than the policy allows', (_, updates, expected) => {
    const world = etcdWorld({ etcd: { workload: show({ updates }) } });
    expect(saysOn(charmedEtcd, 'ETCD-OS-04', world, { asOf: '2026-12-22T00:00:00Z' })).toBe(expected);
  });

  test.each([
    ['peer.pem', 'fail CertificateExpiresSoon'],
    ['peer_ca.pem', 'fail CaExpiresSoon'],
  ])('%s that ends in days: %s', (file, expected) => {
    const relations = [relate('etcd:peer-certificates', 'ca:certificates', 'tls-certificates')];
    const world = etcdWorld({ etcd: { workload: show(ending(file)) }, relations });
    expect(saysOn(charmedEtcd, 'ETCD-ENC-05', world)).toBe(expected);
  });

  test.each([
    [38, 'pass AsRequired'],
    [2, 'fail SnapNotPinned'],
  ])('snap revision %i below revision 182 of the charm: %s', (revision, expected) => {
    const charm = { name: 'charmed-etcd', track: '3.6', revision: 182 };
    const snap = { name: 'charmed-etcd', version: '3.6.13', revision, held: true };
    expect(saysOn(charmedEtcd, 'ETCD-UPG-02', etcdWorld({ etcd: { charm, workload: show({ snap }) } }))).toBe(
      expected,
    );
  });

  test.each([
    ['2026-11-21T00:00:00Z', 'pass AsRequired'],
    ['2026-11-01T00:00:00Z', 'fail BackupTooOld'],
    ['no time that is told', 'unknown BackupAgeNotTold'],
  ])('a newest backup of %s: %s', (at, expected) => {
    const world = etcdWorld({ etcd: { workload: show(backups(at)) }, relations: s3 });
    expect(saysOn(charmedEtcd, 'ETCD-BKP-01', world)).toBe(expected);
  });
});

function guideOf(id: string): Guide {
  return id.startsWith('EBP') ? etcdBestPractice : charmedEtcd;
}

describe('users and roles', () => {
  const all = { access: 'readwrite', from: '\\x00', to: '\\x00' } as const;
  const below = (prefix: string, to: string) => ({ access: 'readwrite', from: prefix, to }) as const;
  const root = { name: 'root', roles: ['root'] };
  const app = (name: string, ...roles: string[]) => ({ name, roles });
  const roles = [
    { name: 'root', permissions: [all] },
    { name: 'a', permissions: [below('/a/', '/a0')] },
    { name: 'b', permissions: [below('/b/', '/b0'), { access: 'read', from: '/shared' } as const] },
    { name: 'wide', permissions: [all] },
  ];
  const told = (...users: readonly EtcdUser[]): WorkloadEvidence => ({
    ...show({ etcdAuthentication: { state: 'on', shown: '' } }),
    etcdUsers: knownFact({ users, roles, askedAs: 'audit' }),
  });

  test.each<[string, WorkloadEvidence, Dict<unknown>, string]>([
    ['root alone', told(root), {}, 'pass AsRequired'],
    ['each with a role of its own', told(root, app('x', 'a'), app('y', 'b')), {}, 'pass AsRequired'],
    ['a user without a role', told(root, app('x')), {}, 'pass AsRequired'],
    ['the role root elsewhere', told(root, app('x', 'root')), {}, 'fail RootRoleBeyondRoot'],
    [
      'the role root where it is declared',
      told(root, app('x', 'root')),
      { rootUsers: ['x'] },
      'pass AsRequired',
    ],
    ['every key', told(root, app('x', 'wide')), {}, 'fail WholeKeySpace'],
    [
      'every key where it is declared',
      told(root, app('x', 'wide')),
      { wholeKeySpace: ['x'] },
      'pass AsRequired',
    ],
    ['a shared role', told(root, app('x', 'a'), app('y', 'a')), {}, 'fail RoleShared'],
    [
      'keys within what is granted',
      told(root, app('x', 'a')),
      { prefixes: { x: ['/a/'] } },
      'pass AsRequired',
    ],
    [
      'keys beyond what is granted',
      told(root, app('y', 'b')),
      { prefixes: { y: ['/b/'] } },
      'fail BeyondPrefix',
    ],
    [
      'nobody may ask',
      show({ etcdAuthentication: { state: 'on', shown: '' } }),
      {},
      'unknown EtcdIdentityNeeded',
    ],
    [
      'asked as one who may not',
      { ...told(root), etcdUsers: unknownFact('permission denied', 'an etcd user with the role root') },
      {},
      'unknown EtcdIdentityNeeded',
    ],
    ['no unit answers', { ...told(root), etcdUsers: unknownFact('refused') }, {}, 'unknown UsersNotTold'],
  ])('%s: %s', (_, workload, params, expected) => {
    const world = etcdWorld({ etcd: { workload } });
    expect(saysOn(charmedEtcd, 'ETCD-AUTHZ-01', world, { params })).toBe(expected);
    expect(saysOn(etcdBestPractice, 'EBP-AUTHZ-01', world, { params })).toBe(expected);
  });

  test('the evidence names whom was asked as, users, roles and ranges', () => {
    const { evidence } = findingOn(
      charmedEtcd,
      'ETCD-AUTHZ-01',
      etcdWorld({ etcd: { workload: told(root, app('x', 'a')) } }),
    ).judgement;
    expect(evidence[0]?.seen).toBe('asked as audit: root (root: \\x00 to (end)); x (a: /a/ to /a0)');
  });
});
