import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, remote, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import {
  application,
  model,
  relate,
  unknownFact,
  type ApplicationSpec,
} from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const bothRelated: readonly Relation[] = [
  relate('etcd:peer-certificates', 'ca:certificates', 'tls-certificates'),
  relate('etcd:client-certificates', 'ca:certificates', 'tls-certificates'),
];
const ca = (charm: string, spec: ApplicationSpec = {}) => ({
  ca: application({ charm: { name: charm }, ...spec }),
});
describe('ETCD-ENC-04: the provider suits production', () => {
  const from = (charm: string, spec: ApplicationSpec = {}): EtcdWorld => ({
    applications: ca(charm, spec),
    relations: bothRelated,
  });
  test.each<[string, string, EtcdWorld, Dict<unknown>]>([
    [
      'Vault that signs IP addresses passes',
      'pass AsRequired',
      from('vault', { config: { pki_allow_ip_sans: true } }),
      {},
    ],
    [
      'Vault that does not fails',
      'fail ProviderSignsNoIpSans',
      from('vault', { config: { pki_allow_ip_sans: false } }),
      {},
    ],
    [
      'Vault whose options were not read is unknown',
      'unknown IpSansNotSeen',
      from('vault', { config: unknownFact('forbidden') }),
      {},
    ],
    ['Vault without such an option is unknown', 'unknown IpSansNotSeen', from('vault', { config: {} }), {}],
    ['a self-signed one fails', 'fail SelfSignedProvider', from('self-signed-certificates'), {}],
    ['a retired one fails', 'fail RetiredProvider', from('tls-certificates-operator'), {}],
    [
      'a manual one without an owner fails',
      'fail ManualProviderWithoutOwner',
      from('manual-tls-certificates'),
      {},
    ],
    [
      'a manual one with an owner passes',
      'pass AsRequired',
      from('manual-tls-certificates'),
      { manualOwner: 'pki team' },
    ],
    ['lego fails, it signs no IP addresses', 'fail ProviderSignsNoIpSans', from('lego'), {}],
    ['a charm that is not known needs a person', 'manual ProviderNotGraded', from('our-own-ca'), {}],
    ['nothing related has nothing to grade', 'not-applicable NoTlsProvider', {}, {}],
    ['unread relations are unknown', 'unknown NotObserved', { etcd: { relations: unknownFact('gone') } }, {}],
  ])('%s', (_, expected, world, params) => {
    expect(saysOn(charmedEtcd, 'ETCD-ENC-04', etcdWorld(world), { params })).toBe(expected);
  });

  it('grades the charm behind an offer, and says when it cannot see it', () => {
    const world = (url: string): EtcdWorld => ({
      prod: {
        models: {
          pki: model({
            applications: { signer: application({ charm: { name: 'self-signed-certificates' } }) },
            offers: { certificates: { name: 'certificates', application: 'signer', endpoints: [] } },
          }),
        },
      },
      remoteApplications: {
        ca: remote('ca', url, { name: 'certificates', interface: 'tls-certificates', role: 'provider' }),
      },
      relations: [relate('etcd:peer-certificates', '@ca:certificates', 'tls-certificates')],
    });
    expect(saysOn(charmedEtcd, 'ETCD-ENC-04', etcdWorld(world('prod:admin/pki.certificates')))).toBe(
      'fail SelfSignedProvider',
    );
    expect(saysOn(charmedEtcd, 'ETCD-ENC-04', etcdWorld(world('far:admin/pki.certificates')))).toBe(
      'unknown ProviderNotSeen',
    );
    expect(saysOn(charmedEtcd, 'ETCD-ENC-04', etcdWorld(world('prod:eve/pki.certificates')))).toBe(
      'unknown ProviderNotSeen',
    );
  });

  it('takes the worse of two providers', () => {
    const world: EtcdWorld = {
      applications: {
        vault: application({ config: { pki_allow_ip_sans: true } }),
        ca: application({ charm: { name: 'self-signed-certificates' } }),
      },
      relations: [
        relate('etcd:peer-certificates', 'vault:vault-pki', 'tls-certificates'),
        relate('etcd:client-certificates', 'ca:certificates', 'tls-certificates'),
      ],
    };
    const { judgement } = findingOn(charmedEtcd, 'ETCD-ENC-04', etcdWorld(world));
    expect(judgement).toMatchObject({ outcome: 'fail', reason: 'SelfSignedProvider' });
    expect(judgement.evidence).toHaveLength(2);
  });
});
