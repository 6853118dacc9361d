import { describe, expect, it, test } from '@jest/globals';
import { allAnswer, etcdWorld, probes, remote, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedEtcd } from './index.js';

describe('ETCD-AUTH-02: clients authenticate by certificate', () => {
  const related = [relate('etcd:client-certificates', 'ca:certificates', 'tls-certificates')];
  test.each<[string, string, EtcdWorld]>([
    [
      'callers turned away without one pass',
      'pass AsRequired',
      { etcd: { probes: allAnswer('tls-client-certificate') } },
    ],
    [
      'only the client port counts',
      'pass AsRequired',
      { etcd: { units: 1, probes: probes({ 'etcd/0': ['tls-client-certificate', 'plaintext'] }) } },
    ],
    [
      'TLS that serves anyone fails',
      'fail ClientCertificateNotDemanded',
      { etcd: { probes: allAnswer('tls') } },
    ],
    ['plain text fails', 'fail TlsNotInEffect', { etcd: { probes: allAnswer('plaintext') } }],
    [
      'units that differ are inconsistent',
      'inconsistent UnitsDiffer',
      { etcd: { probes: probes({ 'etcd/0': ['tls'], 'etcd/1': ['tls-client-certificate'] }) } },
    ],
    [
      'without probes a missing relation fails',
      'fail NoTlsRelation',
      { etcd: { probes: unknownFact('a status file') } },
    ],
    [
      'without probes a relation proves nothing',
      'unknown NotObserved',
      { etcd: { probes: unknownFact('a status file') }, relations: related },
    ],
    ['without units there is nothing to ask', 'not-applicable NoUnits', { etcd: { units: 0 } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(charmedEtcd, 'ETCD-AUTH-02', etcdWorld(world))).toBe(expected);
  });
});

describe('ETCD-AUTHZ-02: nobody asks for admin', () => {
  const asking = (roles: unknown): EtcdWorld => ({
    applications: {
      wide: application({ charm: { name: 'data-integrator' }, config: { 'extra-user-roles': roles } }),
      shop: application({}),
    },
    relations: [
      relate('etcd:etcd-client', 'wide:etcd', 'etcd_client'),
      relate('etcd:etcd-client', 'shop:etcd', 'etcd_client'),
    ],
  });
  test.each<[string, string, EtcdWorld, Dict<unknown>]>([
    ['no extra role passes', 'pass AsRequired', asking(''), {}],
    ['another role passes', 'pass AsRequired', asking('readers'), {}],
    ['admin fails', 'fail AdminRequested', asking('admin'), {}],
    ['admin among others fails', 'fail AdminRequested', asking('readers, Admin'), {}],
    ['declared by the policy it passes', 'pass AsRequired', asking('admin'), { adminClients: ['wide'] }],
    [
      'roles that were not kept are unknown',
      'unknown RolesRedacted',
      asking({ source: 'user', redacted: true }),
      {},
    ],
    [
      'an integrator that is not related does not count',
      'not-applicable NoDataIntegrator',
      { ...asking('admin'), relations: [] },
      {},
    ],
    [
      'options that were not read are unknown',
      'unknown NotObserved',
      {
        applications: {
          wide: application({ charm: { name: 'data-integrator' }, config: unknownFact('bundle') }),
        },
        relations: [relate('etcd:etcd-client', 'wide:etcd', 'etcd_client')],
      },
      {},
    ],
    [
      'a client of another model is unknown',
      'unknown ClientNotSeen',
      {
        remoteApplications: {
          far: remote('far', 'far:admin/shop.etcd', {
            name: 'etcd',
            interface: 'etcd_client',
            role: 'requirer',
          }),
        },
        relations: [relate('etcd:etcd-client', '@far:etcd', 'etcd_client')],
      },
      {},
    ],
    ['unread relations are unknown', 'unknown NotObserved', { etcd: { relations: unknownFact('gone') } }, {}],
  ])('%s', (_, expected, world, params) => {
    expect(saysOn(charmedEtcd, 'ETCD-AUTHZ-02', etcdWorld(world), { params })).toBe(expected);
  });
});

it('ETCD-AUTH-01 is unknown until units may be looked into', () => {
  expect(saysOn(charmedEtcd, 'ETCD-AUTH-01', etcdWorld())).toBe('unknown WorkloadEvidenceOff');
});

it('ETCD-AUTHZ-01 is unknown as long as nobody lends an identity of etcd', () => {
  expect(saysOn(charmedEtcd, 'ETCD-AUTHZ-01', etcdWorld())).toBe('unknown EtcdIdentityNeeded');
});
