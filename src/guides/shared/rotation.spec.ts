import { describe, expect, it, test } from '@jest/globals';
import { effectOn } from '../../../test/support/effect.js';
import { controlOf, etcdWorld, findingOn as onEtcd, linesOf } from '../../../test/support/etcd.js';
import { findingOf } from '../../../test/support/kafka.js';
import { findingOn as onPostgresql, postgresqlWorld } from '../../../test/support/postgresql.js';
import { unit, unknownFact, type ControllerSpec } from '../../../test/support/world.js';
import type { Finding } from '../../core/finding.js';
import type { RotationRule } from '../../core/policy/rotation.js';
import type { PasswordChange, SecretMeta } from '../../core/snapshot.js';
import { charmedEtcd } from '../charmed-etcd/index.js';
import { charmedKafkaK8s } from '../charmed-kafka-k8s/index.js';
import { charmedPostgresqlK8s } from '../charmed-postgresql-k8s/index.js';

const of = (application: string, ...users: string[]): RotationRule => ({
  match: { model: 'data', application },
  users,
  every: 90 * 86_400,
});
const changed = (application: string, user: string, at = '2026-11-01T00:00:00Z'): PasswordChange => ({
  model: 'admin/data',
  application,
  user,
  at,
});
const units = { 'db/0': unit('db/0'), 'db/1': unit('db/1', { leader: true }) };

interface Given {
  readonly rotations?: ControllerSpec['rotations'];
  readonly secrets?: readonly SecretMeta[];
  readonly systemUsers?: string;
}

function said({ judgement: { outcome, reason } }: Finding): string {
  return `${outcome} ${reason}`;
}

function postgresql(
  release: 'machine14' | 'k8s16',
  rule: RotationRule,
  { rotations = [], secrets = [], systemUsers }: Given = {},
): Finding {
  const config = systemUsers === undefined ? {} : { config: { 'system-users': systemUsers } };
  const world = postgresqlWorld(release, { db: { units, ...config }, prod: { rotations }, secrets });
  return onPostgresql(charmedPostgresqlK8s, 'PG-AUTH-04', world, { rotation: [rule] });
}

function etcd(rotations: NonNullable<Given['rotations']>, rule = of('etcd', 'root')): Finding {
  return onEtcd(charmedEtcd, 'ETCD-AUTH-03', etcdWorld({ prod: { rotations } }), { rotation: [rule] });
}

describe('system users that the policy has changed', () => {
  test.each<[string, () => Finding, string]>([
    ['are due where we never changed them', () => etcd([]), 'fail RotationDue'],
    ['are due again', () => etcd([changed('etcd', 'root', '2026-08-01T00:00:00Z')]), 'fail RotationDue'],
    ['are satisfied by our own change', () => etcd([changed('etcd', 'root')]), 'pass AsRequired'],
    [
      'are not satisfied by a change in a model of another owner',
      () => etcd([{ ...changed('etcd', 'root'), model: 'bob/data' }]),
      'fail RotationDue',
    ],
    ['are not known without the journal', () => etcd([], of('kafka', 'admin')), 'manual RotationNotSeen'],
    [
      'are for a person where nothing keeps a history',
      () => onEtcd(charmedEtcd, 'ETCD-AUTH-03', etcdWorld(), { rotation: [of('etcd', 'root')] }),
      'manual RotationNotSeen',
    ],
    [
      'are not known where the journal cannot be used',
      () =>
        onEtcd(charmedEtcd, 'ETCD-AUTH-03', etcdWorld({ prod: { rotations: unknownFact('broken') } }), {
          rotation: [of('etcd', 'root')],
        }),
      'unknown NotObserved',
    ],
    ['must be ones that the charm takes', () => etcd([], of('etcd', 'root', 'admin')), 'fail UserNotTaken'],
    [
      'are due as long as one of them is',
      () => postgresql('machine14', of('db', 'operator', 'rewind'), { rotations: [changed('db', 'rewind')] }),
      'fail RotationDue',
    ],
  ])('%s', (_, judged, expected) => {
    expect(said(judged())).toBe(expected);
  });

  it('whom the charm does not take are proposed to nobody', () => {
    expect(etcd([], of('etcd', 'root', 'admin')).remedies).toEqual([]);
  });
});

describe('the way to new passwords', () => {
  it('of PostgreSQL 14 is its action on the leader, user by user, without a password', () => {
    const finding = postgresql('machine14', of('db', 'operator', 'rewind', 'backup'), {
      rotations: [changed('db', 'backup')],
    });
    expect(linesOf(finding)).toEqual(
      ['operator', 'rewind'].map(
        (user) =>
          `juju run -m prod:admin/data db/1 set-password username=${user} --format json --utc --wait 10m`,
      ),
    );
    expect(finding.remedies[0]?.undo).toEqual({ irreversible: 'a password that was replaced is gone' });
    expect(finding.remedies[0]?.effect).toContain('whoever may read the model can read it');
  });

  it('of PostgreSQL 16 is a secret with all users that the policy names', () => {
    const finding = postgresql('k8s16', of('db', 'operator', 'backup'), {
      rotations: [changed('db', 'backup')],
    });
    expect(finding.remedies).toMatchObject([
      { action: { by: 'system-users', users: ['operator', 'backup'], application: 'db' } },
    ]);
    expect(linesOf(finding)).toEqual([
      'juju update-secret -m prod:admin/data holdfast-db-system-users --file PRIVATE-FILE',
    ]);
  });

  test.each([
    ['our own secret is used again', 'holdfast-db-system-users', 1],
    ["a person's is left alone", 'db-passwords', 0],
  ])('%s', (_, label, remedies) => {
    const id = 'd4c2m7vmp25c7fd9n3k0';
    const finding = postgresql('k8s16', of('db', 'operator'), {
      systemUsers: `secret:${id}`,
      secrets: [{ id, owner: '<model>', label, revisionCreated: '2026-01-01T00:00:00Z' }],
    });
    expect(finding.remedies).toHaveLength(remedies);
    expect(finding.judgement.message.includes('Holdfast did not make')).toBe(remedies === 0);
  });

  const kafka = (product: 'k8s3' | 'k8s4' | 'zookeeper', application: string, user: string): Finding =>
    findingOf(charmedKafkaK8s, 'KAFKA-AUTH-05', product, {
      it: { units: { 'k/0': unit('k/0', { leader: true }) } },
      prod: { rotations: [] },
      judging: { rotation: [of(application, user)] },
    });

  test.each([
    ['k8s3', 'kafka', 'admin', 'set-password'],
    ['k8s4', 'kafka', 'operator', 'system-users'],
    ['zookeeper', 'zookeeper', 'super', 'set-password'],
  ] as const)('of %s is for the user of %s called %s by %s', (product, application, user, by) => {
    const finding = kafka(product, application, user);
    expect(said(finding)).toBe('fail RotationDue');
    expect(finding.remedies).toMatchObject([{ action: { by, users: [user] } }]);
  });

  it('of Kafka 4 is not for whom its description names, and its code drops', () => {
    expect(said(kafka('k8s4', 'kafka', 'sync'))).toBe('fail UserNotTaken');
  });
});

describe('whether the charm took the passwords over', () => {
  const ours = (at: string): SecretMeta => ({
    id: 'a',
    owner: '<model>',
    label: 'holdfast-etcd-system-users',
    revisionCreated: at,
  });
  const own = (at: string): SecretMeta => ({ id: 'b', owner: 'etcd', revisionCreated: at });
  const [before, after] = ['2026-11-22T05:00:00.100Z', '2026-11-22T05:00:02.500Z'];
  const control = controlOf(charmedEtcd, 'ETCD-AUTH-03');

  test.each<[string, readonly SecretMeta[] | ReturnType<typeof unknownFact>, string]>([
    ['shows in a younger revision of its own secret', [ours(before), own(after)], 'pass AsRequired'],
    ['does not show in an older one', [ours(after), own(before)], 'unknown TakeOverNotSeen'],
    ['does not show without one', [ours(before)], 'unknown TakeOverNotSeen'],
    [
      'does not show where secrets are not read',
      unknownFact('forbidden', 'model read'),
      'unknown PermissionMissing',
    ],
  ])('%s', (_, secrets, expected) => {
    const { outcome, reason } = effectOn(control, etcdWorld({ secrets }), 'data', 'etcd');
    expect(`${outcome} ${reason}`).toBe(expected);
  });

  it.each([
    ['is taken from the charm’s word where it has an action', 'k8s14', 'pass AsRequired'],
    ['does not show where its secret is not listed', 'k8s16', 'unknown TakeOverNotSeen'],
  ] as const)('%s', (_, release, expected) => {
    const pg = controlOf(charmedPostgresqlK8s, 'PG-AUTH-04');
    const { outcome, reason } = effectOn(pg, postgresqlWorld(release, { secrets: [] }), 'data', 'db');
    expect(`${outcome} ${reason}`).toBe(expected);
  });
});
