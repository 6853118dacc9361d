import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, remote, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import {
  application,
  model,
  relate,
  unknownFact,
  type ApplicationSpec,
} from '../../../test/support/world.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const peer = (provider: string, more: Partial<Relation> = {}) =>
  relate('etcd:peer-certificates', provider, 'tls-certificates', more);
const client = (provider: string, more: Partial<Relation> = {}) =>
  relate('etcd:client-certificates', provider, 'tls-certificates', more);
const offered = (url: string, name = 'pki') =>
  remote(name, url, { name: 'vault-pki', interface: 'tls-certificates', role: 'provider' });
const selfSigned = (spec: ApplicationSpec = {}) =>
  application({ charm: { name: 'self-signed-certificates' }, ...spec });
const vault = (spec: ApplicationSpec = {}) =>
  application({ charm: { name: 'vault' }, config: { pki_allow_ip_sans: true }, ...spec });

const offer = {
  name: 'vault-pki',
  application: 'vault',
  endpoints: [{ name: 'vault-pki', interface: 'tls-certificates' }],
};

describe.each([
  { id: 'ETCD-ENC-01', at: client, disabled: 'fail ClientTlsDisabled', other: peer },
  { id: 'ETCD-ENC-02', at: peer, disabled: 'fail PeerTlsDisabled', other: client },
])('$id: a TLS provider is related', ({ id, at, disabled, other }) => {
  const says = (world: EtcdWorld) => saysOn(charmedEtcd, id, etcdWorld(world));
  const ca = { applications: { ca: selfSigned() } };

  test.each<[string, string, EtcdWorld]>([
    ['a joined relation passes', 'pass AsRequired', { ...ca, relations: [at('ca:certificates')] }],
    [
      'it passes where the road shows no relation status',
      'pass AsRequired',
      { ...ca, relations: [{ interface: 'tls-certificates', ends: at('ca:certificates').ends }] },
    ],
    [
      'a provider in another model passes',
      'pass AsRequired',
      {
        remoteApplications: { pki: offered('other:admin/pki.vault-pki') },
        relations: [at('@pki:vault-pki')],
      },
    ],
    ['it passes where the far endpoint is not shown', 'pass AsRequired', { ...ca, relations: [at('ca')] }],
    ['nothing related fails', disabled, ca],
    ['the other endpoint alone does not do', disabled, { ...ca, relations: [other('ca:certificates')] }],
    [
      'a broken relation fails',
      'fail CertificateRelationDown',
      { ...ca, relations: [at('ca:certificates', { status: 'broken' })] },
    ],
    [
      'a suspended relation fails',
      'fail CertificateRelationDown',
      {
        remoteApplications: { pki: offered('admin/pki.vault-pki') },
        relations: [at('@pki:vault-pki', { status: 'suspended' })],
      },
    ],
    [
      'a provider that is being removed fails',
      'fail CertificateRelationDown',
      { applications: { ca: selfSigned({ status: { life: 'dying' } }) }, relations: [at('ca:certificates')] },
    ],
    [
      'a provider that is gone fails',
      'fail CertificateRelationDown',
      { applications: { ca: selfSigned({ status: { life: 'dead' } }) }, relations: [at('ca:certificates')] },
    ],
    [
      'an offer that is going fails',
      'fail CertificateRelationDown',
      {
        remoteApplications: { pki: { ...offered('admin/pki.vault-pki'), life: 'dying' } },
        relations: [at('@pki:vault-pki')],
      },
    ],
    [
      'a relation still being made is unknown',
      'unknown RelationForming',
      { ...ca, relations: [at('ca:certificates', { status: 'joining' })] },
    ],
    [
      'a relation without a status, as while it is being removed, is unknown',
      'unknown RelationForming',
      { ...ca, relations: [at('ca:certificates', { status: '' })] },
    ],
    [
      'a relation at an endpoint that is not shown is unknown',
      'unknown EndpointNotShown',
      { ...ca, relations: [relate('etcd', 'ca:certificates', 'tls-certificates')] },
    ],
    [
      'a relation of which neither endpoint nor interface is shown is unknown',
      'unknown EndpointNotShown',
      { ...ca, relations: [relate('etcd', 'ca', '')] },
    ],
    [
      'a relation of another interface at an endpoint that is not shown does not count',
      disabled,
      { ...ca, relations: [relate('etcd', 'ca', 's3')] },
    ],
    [
      'unread relations are unknown',
      'unknown PermissionMissing',
      { etcd: { relations: unknownFact('forbidden', 'model read') } },
    ],
  ])('%s', (_, expected, world) => {
    expect(says(world)).toBe(expected);
  });

  it('names the provider, its charm and where it is offered', () => {
    const world: EtcdWorld = {
      prod: { models: { pki: model({ applications: { vault: vault() }, offers: { 'vault-pki': offer } }) } },
      remoteApplications: { pki: offered('admin/pki.vault-pki') },
      relations: [at('@pki:vault-pki')],
    };
    const { judgement } = findingOn(charmedEtcd, id, etcdWorld(world));
    expect(judgement.message).toContain('pki:vault-pki (vault at admin/pki.vault-pki)');
  });
});
