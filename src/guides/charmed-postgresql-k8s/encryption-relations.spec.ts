import { describe, expect, it, test } from '@jest/globals';
import { linesOf, remote, undoLinesOf } from '../../../test/support/etcd.js';
import {
  findingOn,
  postgresqlWorld,
  saysOn,
  type PostgresqlWorld,
  type ReleaseName,
} from '../../../test/support/postgresql.js';
import { judge } from '../../../test/support/judge.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { plan } from '../../core/plan.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedPostgresqlK8s as guide } from './index.js';

const at = (endpoint: string, provider = 'ca:certificates', more: Partial<Relation> = {}) =>
  relate(`db:${endpoint}`, provider, 'tls-certificates', more);
const vault = application({ charm: { name: 'vault-k8s' }, config: { pki_allow_ip_sans: true } });
const selfSigned = application({ charm: { name: 'self-signed-certificates' } });
const pki = remote('pki', 'admin/pki.vault-pki', {
  name: 'vault-pki',
  interface: 'tls-certificates',
  role: 'provider',
});

const sides = [
  { id: 'PG-ENC-01', release: 'k8s14', endpoint: 'certificates', disabled: 'fail ClientTlsDisabled' },
  { id: 'PG-ENC-02', release: 'k8s14', endpoint: 'certificates', disabled: 'fail PeerTlsDisabled' },
  { id: 'PG-ENC-01', release: 'k8s16', endpoint: 'client-certificates', disabled: 'fail ClientTlsDisabled' },
  { id: 'PG-ENC-02', release: 'k8s16', endpoint: 'peer-certificates', disabled: 'fail PeerTlsDisabled' },
  { id: 'PG-ENC-01', release: 'machine14', endpoint: 'certificates', disabled: 'fail ClientTlsDisabled' },
  { id: 'PG-ENC-02', release: 'machine16', endpoint: 'peer-certificates', disabled: 'fail PeerTlsDisabled' },
  { id: 'PGB-ENC-01', release: 'pgbouncer', endpoint: 'certificates', disabled: 'fail ClientTlsDisabled' },
  {
    id: 'PGB-ENC-01',
    release: 'machinePgbouncer',
    endpoint: 'certificates',
    disabled: 'fail ClientTlsDisabled',
  },
] as const;

describe.each(sides)(
  '$id on $release: a TLS provider at $endpoint',
  ({ id, release, endpoint, disabled }) => {
    const says = (world: PostgresqlWorld) => saysOn(guide, id, postgresqlWorld(release, world));
    const other = endpoint === 'client-certificates' ? 'peer-certificates' : 'client-certificates';
    const here = { applications: { ca: selfSigned } };

    test.each<[string, string, PostgresqlWorld]>([
      ['a joined relation passes', 'pass AsRequired', { ...here, relations: [at(endpoint)] }],
      [
        'a provider in another model passes',
        'pass AsRequired',
        { remoteApplications: { pki }, relations: [at(endpoint, '@pki:vault-pki')] },
      ],
      ['nothing related fails', disabled, here],
      ['the other endpoint does not do', disabled, { ...here, relations: [at(other)] }],
      [
        'a suspended relation fails',
        'fail CertificateRelationDown',
        { ...here, relations: [at(endpoint, 'ca:certificates', { status: 'suspended' })] },
      ],
      [
        'a relation still being made is unknown',
        'unknown RelationForming',
        { ...here, relations: [at(endpoint, 'ca:certificates', { status: 'joining' })] },
      ],
      [
        'unread relations are unknown with the permission',
        'unknown PermissionMissing',
        { db: { relations: unknownFact('forbidden', 'model read') } },
      ],
    ])('%s', (_, expected, world) => {
      expect(says(world)).toBe(expected);
    });
  },
);

describe('a road that shows no endpoints', () => {
  const world: PostgresqlWorld = {
    applications: { ca: selfSigned },
    relations: [relate('db', 'ca', 'tls-certificates')],
  };
  test.each<[string, string, ReleaseName]>([
    ['tells the only TLS endpoint by its interface', 'pass AsRequired', 'k8s14'],
    ['leaves open which of two it is', 'unknown EndpointNotShown', 'k8s16'],
  ])('%s', (_, expected, release) => {
    expect(saysOn(guide, 'PG-ENC-01', postgresqlWorld(release, world))).toBe(expected);
  });
});

describe('the remedies', () => {
  const line = (provider: string, endpoint: string) => [
    `juju integrate -m prod:admin/data ${provider} db:${endpoint}`,
  ];
  const both = { vault, ca: selfSigned };
  test.each<[string, string, ReleaseName, PostgresqlWorld, Dict<unknown>, readonly string[]]>([
    [
      'the clients of 14',
      'PG-ENC-01',
      'k8s14',
      { applications: both },
      {},
      line('vault:vault-pki', 'certificates'),
    ],
    [
      'the members of 14 by the same step',
      'PG-ENC-02',
      'k8s14',
      { applications: both },
      {},
      line('vault:vault-pki', 'certificates'),
    ],
    [
      'the clients of 16',
      'PG-ENC-01',
      'k8s16',
      { applications: both },
      {},
      line('vault:vault-pki', 'client-certificates'),
    ],
    [
      'the members of 16',
      'PG-ENC-02',
      'k8s16',
      { applications: both },
      {},
      line('vault:vault-pki', 'peer-certificates'),
    ],
    [
      'PgBouncer',
      'PGB-ENC-01',
      'pgbouncer',
      { applications: both },
      {},
      line('vault:vault-pki', 'certificates'),
    ],
    [
      'by the provider that the policy names',
      'PG-ENC-01',
      'k8s14',
      { applications: both },
      { provider: 'ca' },
      line('ca:certificates', 'certificates'),
    ],
    ['never by a self-signed one alone', 'PG-ENC-01', 'k8s14', { applications: { ca: selfSigned } }, {}, []],
    [
      'unless the policy allows that',
      'PG-ENC-01',
      'k8s14',
      { applications: { ca: selfSigned } },
      { allowSelfSigned: true },
      line('ca:certificates', 'certificates'),
    ],
    [
      'not by a provider that signs no IP addresses',
      'PG-ENC-01',
      'k8s14',
      { applications: { acme: application({ charm: { name: 'lego' } }) } },
      {},
      [],
    ],
    [
      'not where a relation is there and suspended',
      'PG-ENC-01',
      'k8s14',
      { applications: both, relations: [at('certificates', 'ca:certificates', { status: 'suspended' })] },
      {},
      [],
    ],
  ])('secure %s', (...[, id, release, world, params, expected]) => {
    expect(linesOf(findingOn(guide, id, postgresqlWorld(release, world), { params }))).toEqual(expected);
  });

  const clients: PostgresqlWorld = {
    applications: { vault, shop: application({}), old: application({}), pooler: application({}) },
    relations: [
      relate('db:database', 'shop:database', 'postgresql_client'),
      relate('db:db', 'old:db', 'pgsql'),
      relate('db', 'pooler', 'postgresql_client'),
      relate('db:replication', 'old:replication-offer', 'postgresql_async'),
    ],
  };

  it('say by name who is cut off, and how to go back', () => {
    const finding = findingOn(guide, 'PG-ENC-01', postgresqlWorld('k8s14', clients));
    expect(finding.remedies).toMatchObject([
      {
        disruptive: true,
        risk: 'high',
        cutsOff: ['shop', 'old', 'pooler', 'every client that connects without TLS'],
      },
    ]);
    expect(undoLinesOf(finding)).toEqual([
      'juju remove-relation -m prod:admin/data vault:vault-pki db:certificates',
    ]);
  });

  it('count the database behind PgBouncer among nobody who is cut off', () => {
    const world: PostgresqlWorld = {
      applications: { vault, shop: application({}), pg: application({}) },
      relations: [
        relate('db:database', 'shop:database', 'postgresql_client'),
        relate('db:backend-database', 'pg:database', 'postgresql_client'),
      ],
    };
    const [remedy] = findingOn(guide, 'PGB-ENC-01', postgresqlWorld('pgbouncer', world)).remedies;
    expect(remedy?.cutsOff).toEqual(['shop']);
  });

  const steps = (release: ReleaseName) => {
    const findings = guide.controls
      .filter(({ id }) => ['PG-ENC-01', 'PG-ENC-02'].includes(id))
      .flatMap((control) => judge(control, postgresqlWorld(release, clients)))
      .map((finding) => ({ ...finding, settings: { ...finding.settings, mode: 'propose' as const } }));
    return plan(findings, 0).flatMap(({ plan: { actions } }) => actions);
  };

  it('secure the members of 16 before its clients', () => {
    expect(steps('k8s16').map(({ argv, cutsOff }) => [argv.at(-1), cutsOff.length])).toEqual([
      ['db:peer-certificates', 0],
      ['db:client-certificates', 4],
    ]);
  });

  it('are one step on 14, which cuts off the clients', () => {
    expect(steps('k8s14')).toMatchObject([
      {
        controls: ['PG-ENC-02', 'PG-ENC-01'],
        cutsOff: ['shop', 'old', 'pooler', 'every client that connects without TLS'],
      },
    ]);
  });
});
