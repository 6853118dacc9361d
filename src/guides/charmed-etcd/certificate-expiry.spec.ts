import { describe, expect, it, test } from '@jest/globals';
import {
  allAnswer,
  etcdWorld,
  findingOn,
  probes,
  saysOn,
  type EtcdWorld,
} from '../../../test/support/etcd.js';
import { application, relate, type ApplicationSpec } from '../../../test/support/world.js';
import type { PortProbe, Relation } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const bothRelated: readonly Relation[] = [
  relate('etcd:peer-certificates', 'ca:certificates', 'tls-certificates'),
  relate('etcd:client-certificates', 'ca:certificates', 'tls-certificates'),
];
const ca = (charm: string, spec: ApplicationSpec = {}) => ({
  ca: application({ charm: { name: charm }, ...spec }),
});
const mutual = 'tls-client-certificate';

describe('ETCD-ENC-05: certificates before their end', () => {
  const serving = (
    ...ends: readonly (readonly [notBefore: string | undefined, notAfter: string])[]
  ): EtcdWorld => {
    const answers = ends.map(([notBefore, notAfter]): Omit<PortProbe, 'port'> => ({
      answer: mutual,
      certificate: {
        subject: 'CN=etcd',
        issuer: 'CN=ca',
        ...(notBefore === undefined ? {} : { notBefore }),
        notAfter,
      },
    }));
    const units = answers.map((answer, n) => [`etcd/${n}`, [answer, answer]] as const);
    return {
      applications: ca('vault'),
      relations: bothRelated,
      etcd: { units: ends.length, probes: probes(Object.fromEntries(units)) },
    };
  };
  const ninetyDays = ['2026-11-01T00:00:00Z', '2027-01-30T00:00:00Z'] as const;
  test.each<[string, string, EtcdWorld, string]>([
    ['far from the end passes', 'pass AsRequired', serving(ninetyDays), '2026-11-22T06:00:00Z'],
    [
      'inside the last third fails',
      'fail CertificateExpiresSoon',
      serving(ninetyDays),
      '2027-01-02T00:00:00Z',
    ],
    [
      'a 30 day certificate may come to its last ten days',
      'pass AsRequired',
      serving(['2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z']),
      '2026-11-20T00:00:00Z',
    ],
    [
      'and not further',
      'fail CertificateExpiresSoon',
      serving(['2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z']),
      '2026-11-21T00:00:01Z',
    ],
    [
      'a year-long one is wanted for the notice, not for a third',
      'pass AsRequired',
      serving(['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']),
      '2026-11-22T06:00:00Z',
    ],
    ['an expired one fails', 'fail CertificateExpired', serving(ninetyDays), '2027-02-01T00:00:00Z'],
    [
      'an expired one fails without a beginning too',
      'fail CertificateExpired',
      serving([undefined, '2026-11-01T00:00:00Z']),
      '2026-11-22T06:00:00Z',
    ],
    [
      'without a beginning a near end is unknown',
      'unknown LifetimeNotSeen',
      serving([undefined, '2026-12-01T00:00:00Z']),
      '2026-11-22T06:00:00Z',
    ],
    [
      'without a beginning a far end passes',
      'pass AsRequired',
      serving([undefined, '2027-06-01T00:00:00Z']),
      '2026-11-22T06:00:00Z',
    ],
    [
      'an end that is no time is unknown',
      'unknown CertificateNotSeen',
      serving([undefined, 'soon']),
      '2026-11-22T06:00:00Z',
    ],
    [
      'units that differ are inconsistent',
      'inconsistent UnitsDiffer',
      serving(ninetyDays, ['2026-10-01T00:00:00Z', '2026-12-01T00:00:00Z']),
      '2026-11-22T06:00:00Z',
    ],
    [
      'a port without a certificate shows nothing',
      'unknown CertificateNotSeen',
      { applications: ca('vault'), relations: bothRelated, etcd: { probes: allAnswer(mutual) } },
      '2026-11-22T06:00:00Z',
    ],
    ['without TLS there is none', 'not-applicable NoTlsProvider', {}, '2026-11-22T06:00:00Z'],
  ])('%s', (_, expected, world, asOf) => {
    expect(saysOn(charmedEtcd, 'ETCD-ENC-05', etcdWorld(world), { asOf })).toBe(expected);
  });

  it('only looks at the side that has a provider', () => {
    const certificate = { subject: 'CN=etcd', issuer: 'CN=ca', notAfter: '2027-06-01T00:00:00Z' };
    const answer = { answer: mutual, certificate } as const;
    const world: EtcdWorld = {
      applications: ca('vault'),
      relations: bothRelated.slice(0, 1),
      etcd: { units: 1, probes: probes({ 'etcd/0': ['plaintext', answer] }) },
    };
    expect(saysOn(charmedEtcd, 'ETCD-ENC-05', etcdWorld(world))).toBe('pass AsRequired');
  });

  it('is judged again when the certificate comes near its end', () => {
    const finding = findingOn(charmedEtcd, 'ETCD-ENC-05', etcdWorld(serving(ninetyDays)));
    expect(finding.validUntil).toBe(Date.parse('2026-12-31T00:00:00Z'));
  });
});
