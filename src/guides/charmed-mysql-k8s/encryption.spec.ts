import { describe, expect, it, test } from '@jest/globals';
import { effectOn } from '../../../test/support/effect.js';
import { controlOf, linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import { mysqlWorld, type MysqlWorld, type ReleaseName } from '../../../test/support/mysql.js';
import { findingOn, saysOn } from '../../../test/support/postgresql.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import { charmedMysqlK8s as guide } from './index.js';

const vault = application({ charm: { name: 'vault-k8s' }, config: { pki_allow_ip_sans: true } });
const ca = application({ charm: { name: 'self-signed-certificates' } });
const unread: MysqlWorld = { db: { relations: unknownFact('forbidden', 'model read') } };

const sides = [
  { id: 'MYSQL-ENC-01', release: 'mysql80', endpoint: 'certificates', disabled: 'ClientTlsNotDemanded' },
  {
    id: 'MYSQL-ENC-01',
    release: 'mysql84',
    endpoint: 'client-certificates',
    disabled: 'ClientTlsNotDemanded',
  },
  { id: 'MYSQL-ENC-02', release: 'mysql84', endpoint: 'peer-certificates', disabled: 'PeerProviderMissing' },
  { id: 'MYR-ENC-01', release: 'router80', endpoint: 'certificates', disabled: 'ClientTlsNotDemanded' },
] as const;

describe.each(sides)(
  '$id on $release: a TLS provider at $endpoint',
  ({ id, release, endpoint, disabled }) => {
    const at = relate(`db:${endpoint}`, 'ca:certificates', 'tls-certificates');
    test.each<[string, string, MysqlWorld]>([
      ['a joined relation passes', 'pass AsRequired', { applications: { ca }, relations: [at] }],
      ['nothing related fails', `fail ${disabled}`, { applications: { ca } }],
      [
        'a suspended relation fails',
        'fail CertificateRelationDown',
        { applications: { ca }, relations: [{ ...at, status: 'suspended' }] },
      ],
      [
        'a relation still being made is unknown',
        'unknown RelationForming',
        { applications: { ca }, relations: [{ ...at, status: 'joining' }] },
      ],
      ['unread relations are unknown', 'unknown PermissionMissing', unread],
    ])('%s', (_, expected, world) => {
      expect(saysOn(guide, id, mysqlWorld(release, world))).toBe(expected);
    });

    it('is integrated with the provider that is fit for production', () => {
      const finding = findingOn(guide, id, mysqlWorld(release, { applications: { vault, ca } }));
      const ends = `vault:vault-pki db:${endpoint}`;
      expect(linesOf(finding)).toEqual([`juju integrate -m prod:admin/data ${ends}`]);
      expect(undoLinesOf(finding)).toEqual([`juju remove-relation -m prod:admin/data ${ends}`]);
    });

    it('is never taken for done: MySQL is not probed', () => {
      const world = mysqlWorld(release, { applications: { ca }, relations: [at] });
      const { outcome, reason } = effectOn(controlOf(guide, id), world, 'data', 'db');
      expect(`${outcome} ${reason}`).toBe('unknown EffectNotSeen');
    });
  },
);

it('says by name who is cut off', () => {
  const world: MysqlWorld = {
    applications: { vault, shop: application({}), old: application({}) },
    relations: [
      relate('db:database', 'shop:database', 'mysql_client'),
      relate('db:mysql', 'old:db', 'mysql'),
      relate('db:certificates-elsewhere', 'old:x', 'other'),
    ],
  };
  const [remedy] = findingOn(guide, 'MYSQL-ENC-01', mysqlWorld('mysql80', world)).remedies;
  expect(remedy?.cutsOff).toEqual(['shop', 'old', 'every client that connects without TLS']);
});

const tls = relate('db:certificates', 'ca:certificates', 'tls-certificates');
const graded = (name: string): MysqlWorld => ({
  applications: { ca: application({ charm: { name } }) },
  relations: [tls],
});

describe('MYSQL-ENC-04: the provider', () => {
  test.each<[string, string, ReleaseName, MysqlWorld]>([
    [
      'Vault passes',
      'pass AsRequired',
      'mysql80',
      {
        applications: { ca: vault },
        relations: [relate('db:certificates', 'ca:vault-pki', 'tls-certificates')],
      },
    ],
    ['a self-signed one fails', 'fail SelfSignedProvider', 'mysql80', graded('self-signed-certificates')],
    ['a retired one fails', 'fail RetiredProvider', 'mysql80', graded('tls-certificates-operator')],
    ['one that signs no IP addresses fails', 'fail ProviderSignsNoIpSans', 'mysql80', graded('lego')],
    [
      'one that a person works fails without an owner',
      'fail ManualProviderWithoutOwner',
      'mysql80',
      graded('manual-tls-certificates'),
    ],
    [
      'one of which nothing is known a person grades',
      'manual ProviderNotGraded',
      'mysql80',
      graded('our-ca'),
    ],
    ['unread relations are unknown', 'unknown PermissionMissing', 'mysql80', unread],
    ['none is none to grade', 'not-applicable NoTlsProvider', 'mysql84', {}],
  ])('%s', (...[, expected, release, world]) => {
    expect(saysOn(guide, 'MYSQL-ENC-04', mysqlWorld(release, world))).toBe(expected);
  });
});

const s3 = relate('db:s3-parameters', 's3:s3-credentials', 's3');
const stored = (endpoint: unknown): MysqlWorld => ({
  applications: { s3: application({ charm: { name: 's3-integrator' }, config: { endpoint } }) },
  relations: [s3],
});

describe('MYSQL-ENC-03 and MYSQL-BKP-01: backups', () => {
  test.each<[string, string, string, MysqlWorld]>([
    ['https passes', 'MYSQL-ENC-03', 'pass AsRequired', stored('https://s3.example.com')],
    ['http fails', 'MYSQL-ENC-03', 'fail StoreNotHttps', stored('http://s3.example.com')],
    [
      'an integrator in another model is unknown',
      'MYSQL-ENC-03',
      'unknown IntegratorNotSeen',
      { relations: [relate('db:s3-parameters', '@far:s3-credentials', 's3')] },
    ],
    ['no store has no way to it', 'MYSQL-ENC-03', 'not-applicable NoBackupStore', {}],
    ['unread relations are unknown', 'MYSQL-ENC-03', 'unknown PermissionMissing', unread],
    ['no store fails', 'MYSQL-BKP-01', 'fail NoBackupStore', {}],
    [
      'a suspended relation to it fails',
      'MYSQL-BKP-01',
      'fail BackupStoreDown',
      { ...stored(''), relations: [{ ...s3, status: 'suspended' }] },
    ],
    ['a store leaves the age of backups open', 'MYSQL-BKP-01', 'unknown BackupAgeNotObserved', stored('')],
  ])('%s', (...[, id, expected, world]) => {
    expect(saysOn(guide, id, mysqlWorld('mysql80', world))).toBe(expected);
  });

  it('the only integrator is integrated', () => {
    const applications = { s3: application({ charm: { name: 's3-integrator' } }) };
    expect(linesOf(findingOn(guide, 'MYSQL-BKP-01', mysqlWorld('mysql80', { applications })))).toEqual([
      'juju integrate -m prod:admin/data s3:s3-credentials db:s3-parameters',
    ]);
  });

  it('the store is asked over https', () => {
    const params = { endpoint: 'https://s3.example.com' };
    const world = mysqlWorld('mysql80', stored('http://s3.example.com'));
    expect(linesOf(findingOn(guide, 'MYSQL-ENC-03', world, { params }))).toEqual([
      'juju config -m prod:admin/data s3 endpoint=https://s3.example.com',
    ]);
  });
});
