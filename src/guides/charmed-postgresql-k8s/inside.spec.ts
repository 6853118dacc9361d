import { describe, expect, it, test } from '@jest/globals';
import type { PgbouncerSettings, PostgresqlSettings } from '../../core/evidence/postgresql.js';
import { inside } from '../../../test/support/inside.js';
import {
  postgresqlWorld,
  saysOn,
  type PostgresqlWorld,
  type ReleaseName,
} from '../../../test/support/postgresql.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import { charmedPostgresqlK8s as guide } from './index.js';

const rule = (type: 'hostssl' | 'host' | 'local', method: string, more: object = {}) => ({
  type,
  databases: ['all'],
  users: ['all'],
  ...(type === 'local' ? {} : { address: '0.0.0.0/0' }),
  method,
  ...more,
});

const hardened: PostgresqlSettings = {
  ssl: true,
  passwordEncryption: 'scram-sha-256',
  logConnections: true,
  logDisconnections: true,
  archiving: 'pgbackrest',
  rules: [rule('local', 'peer'), rule('hostssl', 'scram-sha-256')],
  restCertificate: true,
  restAuthentication: true,
};
const pooler: PgbouncerSettings = {
  authType: 'scram-sha-256',
  clientTls: 'require',
  serverTls: 'prefer',
  listenAddress: '*',
};
const patroni = (mode: number) => ({
  '/var/lib/postgresql/data/patroni.yml': {
    path: '/var/lib/postgresql/data/patroni.yml',
    mode,
    owner: 'postgres',
    group: 'postgres',
  },
});
const none = { security: 0, restartNeeded: false };
const end = (notAfter: string, path = '/x/cert.pem') => ({
  [path]: { subject: 'CN=a', issuer: 'CN=b', notBefore: '2026-11-01T00:00:00Z', notAfter },
});

type Shown = Parameters<typeof inside>[2];
const s3 = [relate('db:s3-parameters', 's3:s3-credentials', 's3')];
const tls = [relate('db:certificates', 'ca:certificates', 'tls-certificates')];
const fit: PostgresqlWorld['applications'] = {};
const vault: PostgresqlWorld['applications'] = {
  ca: application({ charm: { name: 'vault-k8s' }, config: { pki_allow_ip_sans: true } }),
};

function says(id: string, release: ReleaseName, shown: readonly Shown[], more: PostgresqlWorld = {}): string {
  return saysOn(
    guide,
    id,
    postgresqlWorld(release, { ...more, db: { ...more.db, workload: inside('db', 2, ...shown) } }),
  );
}

const put = (settings: Partial<PostgresqlSettings>): Shown => ({ postgresql: { ...hardened, ...settings } });
const pool = (settings: Partial<PgbouncerSettings>): Shown => ({ pgbouncer: { ...pooler, ...settings } });
const backup = (at: string, status = 'finished') => ({ id: at, at, type: 'full', status });

describe('what units show', () => {
  test.each<[string, string, ReleaseName, readonly Shown[], PostgresqlWorld]>([
    ['PG-ENC-03', 'pass AsRequired', 'k8s14', [put({})], {}],
    ['PG-ENC-03', 'fail SslOff', 'k8s14', [put({ ssl: false })], {}],
    ['PG-ENC-03', 'fail PlainRuleForNetwork', 'k8s14', [put({ rules: [rule('host', 'md5')] })], {}],
    [
      'PG-ENC-03',
      'pass AsRequired',
      'k8s14',
      [
        put({
          rules: [
            rule('host', 'md5', { address: '127.0.0.1/32' }),
            rule('host', 'reject'),
            rule('hostssl', 'md5'),
          ],
        }),
      ],
      {},
    ],
    ['PG-ENC-03', 'inconsistent UnitsDiffer', 'k8s14', [put({}), put({ ssl: false })], {}],
    ['PG-ENC-06', 'pass AsRequired', 'k8s14', [put({})], {}],
    ['PG-ENC-06', 'fail PatroniWithoutCertificate', 'k8s16', [put({ restCertificate: false })], {}],
    ['PGB-ENC-02', 'pass AsRequired', 'pgbouncer', [pool({})], {}],
    ['PGB-ENC-02', 'fail TlsNotDemanded', 'pgbouncer', [pool({ clientTls: 'prefer' })], {}],
    ['PGB-ENC-02', 'fail PoolerTlsOff', 'pgbouncer', [pool({ clientTls: 'disable' })], {}],
    ['PG-FILE-01', 'pass AsRequired', 'k8s14', [{ files: patroni(0o600) }], {}],
    ['PG-FILE-01', 'fail FileTooOpen', 'k8s14', [{ files: patroni(0o644) }], {}],
    ['PG-FILE-01', 'unknown UnitNotSeen', 'k8s14', [{ files: 'unseen' }], {}],
    ['PG-FILE-01', 'not-applicable NoUnits', 'k8s14', [], { db: { units: 0 } }],
    ['PG-AUTH-02', 'pass AsRequired', 'k8s14', [{ verifiers: { scram: 4, none: 2 } }], {}],
    ['PG-AUTH-02', 'fail WeakVerifiers', 'k8s14', [{ verifiers: { scram: 4, md5: 1 } }], {}],
    ['PG-AUTH-02', 'not-applicable NoUnits', 'k8s14', [], { db: { units: 0 } }],
    ['PG-AUTH-03', 'pass AsRequired', 'k8s16', [put({})], {}],
    ['PG-AUTH-03', 'fail TrustRule', 'k8s16', [put({ rules: [rule('local', 'trust')] })], {}],
    ['PG-AUTH-03', 'fail ClearPasswordRule', 'k8s14', [put({ rules: [rule('hostssl', 'password')] })], {}],
    ['PG-AUTH-03', 'fail WeakRule', 'k8s16', [put({ rules: [rule('hostssl', 'md5')] })], {}],
    [
      'PG-AUTH-03',
      'pass AsRequired',
      'k8s16',
      [put({ rules: [rule('hostssl', 'md5', { users: ['pgbouncer_auth_relation_7'] })] })],
      {},
    ],
    [
      'PG-AUTH-03',
      'pass AsRequired',
      'k8s14',
      [put({ rules: [rule('hostssl', 'md5'), rule('local', 'password')] })],
      {},
    ],
    ['PG-AUTH-03', 'not-applicable NoUnits', 'k8s14', [], { db: { units: 0 } }],
    ['PGB-AUTH-01', 'pass AsRequired', 'pgbouncer', [pool({})], {}],
    ['PGB-AUTH-01', 'fail WeakPoolerAuthentication', 'pgbouncer', [pool({ authType: 'md5' })], {}],
    ['PGB-AUTH-01', 'unknown RulesDecide', 'pgbouncer', [pool({ authType: 'hba' })], {}],
    ['PGB-AUTH-01', 'not-applicable NoUnits', 'pgbouncer', [], { db: { units: 0 } }],
    [
      'PG-BKP-01',
      'pass AsRequired',
      'k8s14',
      [{ ...put({}), backups: [backup('2026-11-21T00:00:00Z')] }],
      { relations: s3 },
    ],
    [
      'PG-BKP-01',
      'fail BackupTooOld',
      'k8s14',
      [{ ...put({}), backups: [backup('2026-10-01T00:00:00Z')] }],
      { relations: s3 },
    ],
    // The newest one counts, wherever it stands in the list, and one of no known time does not.
    [
      'PG-BKP-01',
      'pass AsRequired',
      'k8s14',
      [
        {
          ...put({}),
          backups: [
            { id: 'weekly', type: 'full', status: 'finished' },
            backup('2026-11-21T00:00:00Z'),
            backup('2026-10-01T00:00:00Z'),
          ],
        },
      ],
      { relations: s3 },
    ],
    [
      'PG-BKP-01',
      'fail BackupTooOld',
      'k8s14',
      [
        {
          ...put({}),
          backups: [backup('2026-10-01T00:00:00Z'), backup('2026-11-21T00:00:00Z', 'failed: x')],
        },
      ],
      { relations: s3 },
    ],
    [
      'PG-BKP-01',
      'fail NoBackup',
      'k8s14',
      [{ ...put({}), backups: [backup('2026-11-21T00:00:00Z', 'failed: x')] }],
      { relations: s3 },
    ],
    [
      'PG-BKP-01',
      'fail ArchivingOff',
      'k8s14',
      [{ ...put({ archiving: 'none' }), backups: [backup('2026-11-21T00:00:00Z')] }],
      { relations: s3 },
    ],
    [
      'PG-BKP-01',
      'unknown ArchivingUnknown',
      'k8s14',
      [{ ...put({ archiving: 'other' }), backups: [backup('2026-11-21T00:00:00Z')] }],
      { relations: s3 },
    ],
    [
      'PG-BKP-01',
      'unknown BackupAgeNotTold',
      'k8s14',
      [{ ...put({}), backups: [{ id: 'weekly', type: 'full', status: 'finished' }] }],
      { relations: s3 },
    ],
    ['PG-BKP-01', 'unknown UnitNotSeen', 'k8s14', [{ ...put({}), backups: 'unseen' }], { relations: s3 }],
    [
      'PG-ENC-05',
      'fail CertificateExpiresSoon',
      'k8s14',
      [{ certificates: end('2026-11-25T00:00:00Z') }],
      { relations: tls, applications: fit },
    ],
    [
      'PG-ENC-05',
      'pass AsRequired',
      'k8s14',
      [{ certificates: end('2027-02-01T00:00:00Z') }],
      { relations: tls, applications: vault },
    ],
    [
      'PG-ENC-05',
      'fail CertificateExpiresSoon',
      'k8s14',
      [{ certificates: end('2026-11-25T00:00:00Z') }],
      { relations: tls, applications: vault },
    ],
    [
      'PG-ENC-05',
      'fail CaExpiresSoon',
      'k8s14',
      [{ certificates: end('2026-11-25T00:00:00Z', '/x/ca.pem') }],
      { relations: tls, applications: vault },
    ],
    ['PG-OS-03', 'pass AsRequired', 'machine14', [{ updates: none }], {}],
    [
      'PG-OS-03',
      'unknown UpdatesPending',
      'machine14',
      [{ updates: { security: 3, restartNeeded: false } }],
      {},
    ],
    [
      'PG-OS-02',
      'pass AsRequired',
      'machine14',
      [{ pro: { attached: true, enabled: ['esm-apps', 'esm-infra'] } }],
      {},
    ],
    ['PG-OS-02', 'fail NotRelated', 'machine14', [{ pro: { attached: false, enabled: [] } }], {}],
    [
      'PG-IMG-01',
      'unknown SnapPinNotKnown',
      'machine14',
      [{ snap: { name: 'charmed-postgresql', version: '14', revision: 1, held: true } }],
      { db: { charm: { name: 'postgresql', track: '14', revision: 1 } } },
    ],
    [
      'PG-IMG-01',
      'fail SnapNotHeld',
      'machine14',
      [{ snap: { name: 'charmed-postgresql', version: '14', revision: 1, held: false } }],
      { db: { charm: { name: 'postgresql', track: '14', revision: 1 } } },
    ],
  ])('%s is %s (%s)', (id, expected, ...shown) => {
    expect(says(id, ...shown)).toBe(expected);
  });

  it.each([
    ['updates that have', { security: 3, restartNeeded: false }, 'fail UpdatesOverdue'],
    ['a restart that has', { security: 0, restartNeeded: true }, 'fail RestartNeeded'],
  ])('fails for %s been waiting for longer than the policy allows', (_, updates, expected) => {
    const world = postgresqlWorld('machine14', { db: { workload: inside('db', 2, { updates }) } });
    expect(saysOn(guide, 'PG-OS-03', world, { asOf: '2026-12-22T00:00:00Z' })).toBe(expected);
  });

  it('counts beside the option: new passwords are stored as the server is set up', () => {
    const world = (encryption: string) =>
      postgresqlWorld('k8s14', {
        db: {
          config: { instance_password_encryption: 'scram-sha-256' },
          workload: inside('db', 2, put({ passwordEncryption: encryption })),
        },
      });
    expect([
      saysOn(guide, 'PG-AUTH-01', world('scram-sha-256')),
      saysOn(guide, 'PG-AUTH-01', world('md5')),
    ]).toEqual(['pass AsRequired', 'fail WeakEncryptionInForce']);
  });

  it('counts beside the options for the log, too', () => {
    const config = {
      logging_log_connections: true,
      logging_log_disconnections: true,
      plugin_audit_enable: true,
    };
    const world = postgresqlWorld('k8s14', {
      db: { config, workload: inside('db', 2, put({ logConnections: false })) },
    });
    expect(saysOn(guide, 'PG-MON-03', world)).toBe('fail SwitchOff');
  });

  it('is unknown with its own reason where the prober could not look', () => {
    const gap = { unitsInside: unknownFact('the policy names no prober identity', 'a prober identity') };
    expect(saysOn(guide, 'PG-AUTH-02', postgresqlWorld('k8s14', { db: { workload: gap } }))).toBe(
      'unknown PermissionMissing',
    );
  });
});
