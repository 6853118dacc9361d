import { describe, expect, it, test } from '@jest/globals';
import { linesOf } from '../../../test/support/etcd.js';
import {
  findingOn,
  postgresqlWorld,
  saysOn,
  type PostgresqlWorld,
  type ReleaseName,
} from '../../../test/support/postgresql.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedPostgresqlK8s as guide } from './index.js';

const tls = (...endpoints: readonly string[]) =>
  endpoints.map((endpoint) => relate(`db:${endpoint}`, 'ca:certificates', 'tls-certificates'));

const byRelation = ['PG-ENC-03', 'PG-ENC-06', 'PGB-ENC-02'];

describe.each(byRelation)('%s where no port was asked', (id) => {
  const release: ReleaseName = id.startsWith('PGB') ? 'pgbouncer' : 'k8s14';
  test.each<[string, string, PostgresqlWorld]>([
    ['it is surely off where nothing is related', 'fail NoTlsRelation', {}],
    ['a relation proves nothing', 'unknown NotProbedYet', { relations: tls('certificates') }],
    ['unread relations prove nothing', 'unknown NotProbedYet', { db: { relations: unknownFact('gone') } }],
    [
      'a road that asks no ports says so',
      'unknown NotObserved',
      { relations: tls('certificates'), db: { probes: unknownFact('a saved status') } },
    ],
  ])('%s', (_, expected, world) => {
    expect(saysOn(guide, id, postgresqlWorld(release, world))).toBe(expected);
  });
});

describe('on track 16, where no port was asked', () => {
  test.each<[string, string, string, PostgresqlWorld]>([
    [
      'the endpoint of the clients decides',
      'PG-ENC-03',
      'fail NoTlsRelation',
      { relations: tls('peer-certificates') },
    ],
    [
      'that of the members does not',
      'PG-ENC-03',
      'unknown NotProbedYet',
      { relations: tls('client-certificates') },
    ],
    ["Patroni has a CA of the charm's own", 'PG-ENC-06', 'unknown NotProbedYet', {}],
  ])('%s', (_, id, expected, world) => {
    expect(saysOn(guide, id, postgresqlWorld('k8s16', world))).toBe(expected);
  });
});

it('a missing relation of PgBouncer is for the operator to make, though its TLS mode is the charm’s', () => {
  const { control, judgement } = findingOn(guide, 'PGB-ENC-02', postgresqlWorld('pgbouncer'));
  expect([control.fixableBy, judgement.fixableBy]).toEqual(['charm', 'operator']);
});

describe('PG-ENC-04: backups over https', () => {
  const s3 = relate('db:s3-parameters', 's3:s3-credentials', 's3');
  const store = (endpoint: unknown): PostgresqlWorld => ({
    applications: { s3: application({ charm: { name: 's3-integrator' }, config: { endpoint } }) },
    relations: [s3, relate('etcd:s3-credentials', 's3:s3-credentials', 's3')],
  });
  test.each<[string, string, PostgresqlWorld]>([
    ['an https endpoint passes', 'pass AsRequired', store('https://store.example')],
    ['an empty one is AWS by https', 'pass AsRequired', store('')],
    ['http fails', 'fail StoreNotHttps', store('http://store.example')],
    ['without a store there is nothing to judge', 'not-applicable NoBackupStore', {}],
    [
      'an endpoint that was not kept is unknown',
      'unknown EndpointRedacted',
      store({ source: 'user', redacted: true }),
    ],
    [
      'options that were not read are unknown',
      'unknown PermissionMissing',
      {
        applications: {
          s3: application({
            charm: { name: 's3-integrator' },
            config: unknownFact('forbidden', 'model read'),
          }),
        },
        relations: [s3],
      },
    ],
    [
      'an integrator in another model is unknown',
      'unknown IntegratorNotSeen',
      { relations: [relate('db:s3-parameters', '@far:s3-credentials', 's3')] },
    ],
    ['unread relations are unknown', 'unknown NotObserved', { db: { relations: unknownFact('gone') } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(guide, 'PG-ENC-04', postgresqlWorld('k8s14', world))).toBe(expected);
  });

  test.each<[string, Dict<unknown>, readonly string[]]>([
    [
      'sets the endpoint that the policy gives',
      { endpoint: 'https://s.example' },
      ['juju config -m prod:admin/data s3 endpoint=https://s.example'],
    ],
    ['leaves it to a person without one', {}, []],
  ])('%s', (_, params, expected) => {
    const finding = findingOn(guide, 'PG-ENC-04', postgresqlWorld('k8s16', store('http://old.example')), {
      params,
    });
    expect(linesOf(finding)).toEqual(expected);
    expect(finding.remedies.flatMap(({ cutsOff }) => cutsOff)).toEqual(expected.map(() => 'etcd'));
  });
});

describe('PG-ENC-05: the provider', () => {
  const by = (charm: string, config: Dict<unknown> = {}): PostgresqlWorld => ({
    applications: { ca: application({ charm: { name: charm }, config }) },
    relations: tls('certificates'),
  });
  test.each<[string, string, PostgresqlWorld, Dict<unknown>]>([
    ['a self-signed one fails', 'fail SelfSignedProvider', by('self-signed-certificates'), {}],
    ['a retired one fails', 'fail RetiredProvider', by('tls-certificates-operator'), {}],
    ['one that signs no IP addresses fails', 'fail ProviderSignsNoIpSans', by('lego'), {}],
    [
      'Vault as it comes fails',
      'fail ProviderSignsNoIpSans',
      by('vault-k8s', { pki_allow_ip_sans: false }),
      {},
    ],
    [
      'a manual one fails without an owner',
      'fail ManualProviderWithoutOwner',
      by('manual-tls-certificates'),
      {},
    ],
    [
      'with an owner the ends of certificates remain',
      'unknown NotProbedYet',
      by('manual-tls-certificates'),
      { manualOwner: 'alice' },
    ],
    [
      'so they do with Vault set up',
      'unknown NotProbedYet',
      by('vault-k8s', { pki_allow_ip_sans: true }),
      {},
    ],
    ['Vault whose options were not read is unknown', 'unknown IpSansNotSeen', by('vault-k8s'), {}],
    ['an unknown one is for a person to grade', 'manual ProviderNotGraded', by('our-ca'), {}],
    ['without a provider there is none to grade', 'not-applicable NoTlsProvider', {}, {}],
    ['unread relations are unknown', 'unknown NotObserved', { db: { relations: unknownFact('gone') } }, {}],
  ])('%s', (_, expected, world, params) => {
    expect(saysOn(guide, 'PG-ENC-05', postgresqlWorld('k8s14', world), { params })).toBe(expected);
  });

  it('grades both providers of 16, and the worse one counts', () => {
    const world: PostgresqlWorld = {
      applications: {
        vault: application({ charm: { name: 'vault-k8s' }, config: { pki_allow_ip_sans: true } }),
        ca: application({ charm: { name: 'self-signed-certificates' } }),
      },
      relations: [
        relate('db:client-certificates', 'vault:vault-pki', 'tls-certificates'),
        relate('db:peer-certificates', 'ca:certificates', 'tls-certificates'),
      ],
    };
    expect(saysOn(guide, 'PG-ENC-05', postgresqlWorld('k8s16', world))).toBe('fail SelfSignedProvider');
  });
});

it('PG-FILE-01 is unknown until units may be looked into', () => {
  expect(saysOn(guide, 'PG-FILE-01', postgresqlWorld('k8s14'))).toBe('unknown WorkloadEvidenceOff');
});
