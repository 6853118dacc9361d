import { describe, expect, it, test } from '@jest/globals';
import { linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import {
  findingOn,
  postgresqlWorld,
  saysOn,
  type PostgresqlWorld,
  type ReleaseName,
} from '../../../test/support/postgresql.js';
import { unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { SecretMeta } from '../../core/snapshot.js';
import { charmedPostgresqlK8s as guide } from './index.js';

const underscored = (value: unknown): Dict<unknown> => ({ instance_password_encryption: value });
const hyphened = (value: unknown): Dict<unknown> => ({ 'instance-password-encryption': value });

describe('PG-AUTH-01: scram-sha-256', () => {
  test.each<[string, string, ReleaseName, Dict<unknown>]>([
    ['14 spells it with underscores', 'pass AsRequired', 'k8s14', underscored('scram-sha-256')],
    ['16 spells it with hyphens', 'pass AsRequired', 'k8s16', hyphened('scram-sha-256')],
    ['capitals do not matter', 'pass AsRequired', 'k8s16', hyphened('SCRAM-SHA-256')],
    ['md5 on 14 fails', 'fail WeakPasswordEncryption', 'k8s14', underscored('md5')],
    ['md5 on 16 fails', 'fail WeakPasswordEncryption', 'k8s16', hyphened('md5')],
    [
      "another track's spelling is not looked at",
      'unknown OptionNotShown',
      'k8s14',
      hyphened('scram-sha-256'),
    ],
    ['the machine charm of 14', 'pass AsRequired', 'machine14', underscored('scram-sha-256')],
    [
      'the machine charm of 16 takes the older spelling where the newer has no value',
      'fail WeakPasswordEncryption',
      'machine16',
      { ...hyphened({ source: 'unset' }), ...underscored('md5') },
    ],
    [
      'and the newer where it has one',
      'pass AsRequired',
      'machine16',
      { ...hyphened('scram-sha-256'), ...underscored('md5') },
    ],
    ['no value proves nothing', 'unknown OptionNotShown', 'k8s16', hyphened({ source: 'unset' })],
    [
      'a value that was not kept proves nothing',
      'unknown OptionNotShown',
      'k8s16',
      hyphened({ source: 'user', redacted: true }),
    ],
  ])('%s', (_, expected, release, config) => {
    expect(saysOn(guide, 'PG-AUTH-01', postgresqlWorld(release, { db: { config } }))).toBe(expected);
  });

  it('options that may not be read are unknown with the permission', () => {
    const world = postgresqlWorld('k8s14', { db: { config: unknownFact('forbidden', 'model read') } });
    expect(findingOn(guide, 'PG-AUTH-01', world).judgement).toMatchObject({
      outcome: 'unknown',
      reason: 'PermissionMissing',
      message: 'forbidden; needs model read',
    });
  });

  test.each<[ReleaseName, Dict<unknown>, string]>([
    ['k8s14', underscored('md5'), 'instance_password_encryption'],
    ['k8s16', hyphened('md5'), 'instance-password-encryption'],
    ['machine16', underscored('md5'), 'instance_password_encryption'],
  ])('on %s it is set as the track spells it, and disturbs nobody', (release, config, name) => {
    const finding = findingOn(guide, 'PG-AUTH-01', postgresqlWorld(release, { db: { config } }));
    expect(linesOf(finding)).toEqual([`juju config -m prod:admin/data db ${name}=scram-sha-256`]);
    expect(undoLinesOf(finding)).toEqual([`juju config -m prod:admin/data db ${name}=md5`]);
    expect(finding.remedies).toMatchObject([{ disruptive: false, cutsOff: [], repeatable: true }]);
  });
});

describe("PG-AUTH-04: the system users' passwords", () => {
  const id = 'd4c2m7vmp25c7fd9n3k0';
  const secret = (revisionCreated?: string): SecretMeta => ({
    id,
    owner: '<model>',
    ...(revisionCreated === undefined ? {} : { revisionCreated }),
  });
  const given = (secrets: PostgresqlWorld['secrets'], uri: unknown = `secret:${id}`): PostgresqlWorld => ({
    db: { config: { 'system-users': uri } },
    ...(secrets === undefined ? {} : { secrets }),
  });
  test.each<[string, string, ReleaseName, PostgresqlWorld]>([
    ['a young secret passes', 'pass AsRequired', 'k8s16', given([secret('2026-10-01T00:00:00Z')])],
    [
      'so does one named with its model',
      'pass AsRequired',
      'k8s16',
      given([secret('2026-10-01T00:00:00Z')], `secret://d4a5f6c0-0000-4000-8000-000000000001/${id}`),
    ],
    ['an old one fails', 'fail PasswordsTooOld', 'machine16', given([secret('2026-01-01T00:00:00Z')])],
    ['one that is being removed has no age', 'unknown SecretNotSeen', 'k8s16', given([secret()])],
    ['one that is not listed has none', 'unknown SecretNotSeen', 'k8s16', given([])],
    ['passwords of the charm’s own making have none', 'unknown RotationNotSeen', 'k8s16', given([], '')],
    ['on 14 nothing shows the age', 'unknown RotationNotSeen', 'k8s14', {}],
    [
      'unread secrets are unknown',
      'unknown PermissionMissing',
      'k8s16',
      given(unknownFact('forbidden', 'model read')),
    ],
    ['unread options are unknown', 'unknown NotObserved', 'k8s16', { db: { config: unknownFact('bundle') } }],
  ])('%s', (_, expected, release, world) => {
    expect(saysOn(guide, 'PG-AUTH-04', postgresqlWorld(release, world))).toBe(expected);
  });

  it('takes the age from the policy', () => {
    const world = postgresqlWorld('k8s16', given([secret('2026-11-01T00:00:00Z')]));
    expect(saysOn(guide, 'PG-AUTH-04', world, { params: { age: '7d' } })).toBe('fail PasswordsTooOld');
  });
});

test.each<[string, ReleaseName]>([
  ['PG-AUTH-02', 'k8s14'],
  ['PG-AUTH-03', 'machine16'],
  ['PGB-AUTH-01', 'pgbouncer'],
])('%s is unknown until units may be looked into', (id, release) => {
  expect(saysOn(guide, id, postgresqlWorld(release))).toBe('unknown WorkloadEvidenceOff');
});
