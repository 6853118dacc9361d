import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, linesOf, remote, type EtcdWorld } from '../../../test/support/etcd.js';
import {
  application,
  controller,
  model,
  relate,
  unit,
  unknownFact,
  type ApplicationSpec,
} from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const peer = (provider: string, more: Partial<Relation> = {}) =>
  relate('etcd:peer-certificates', provider, 'tls-certificates', more);
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

describe('choosing the provider', () => {
  const lines = (world: EtcdWorld, params: Dict<unknown> = {}) =>
    linesOf(findingOn(charmedEtcd, 'ETCD-ENC-02', etcdWorld(world), { params }));
  const withVault = ['juju integrate -m prod:admin/data vault:vault-pki etcd:peer-certificates'];
  const withCa = ['juju integrate -m prod:admin/data ca:certificates etcd:peer-certificates'];

  test.each<[string, EtcdWorld, Dict<unknown>, readonly string[]]>([
    [
      'the only one fit for production is taken',
      { applications: { vault: vault(), ca: selfSigned() } },
      {},
      withVault,
    ],
    ['the self-signed one is never a fallback', { applications: { ca: selfSigned() } }, {}, []],
    [
      'a self-signed one is taken when the policy names it',
      { applications: { ca: selfSigned(), vault: vault() } },
      { provider: 'ca' },
      withCa,
    ],
    [
      'a self-signed one is taken when the policy allows it and there is no other',
      { applications: { ca: selfSigned() } },
      { allowSelfSigned: true },
      withCa,
    ],
    [
      'one fit for production is preferred even then',
      { applications: { ca: selfSigned(), vault: vault() } },
      { allowSelfSigned: true },
      withVault,
    ],
    ['of two nothing is chosen', { applications: { vault: vault(), second: vault() } }, {}, []],
    [
      'of two the one that is named is taken',
      { applications: { vault: vault(), second: vault() } },
      { provider: 'vault' },
      withVault,
    ],
    [
      'one that signs no IP addresses is not taken',
      { applications: { vault: vault({ config: { pki_allow_ip_sans: false } }) } },
      {},
      [],
    ],
    [
      'nor when it is named',
      { applications: { vault: vault({ config: { pki_allow_ip_sans: false } }) } },
      { provider: 'vault' },
      [],
    ],
    [
      'one whose options were not read is not taken',
      { applications: { vault: vault({ config: unknownFact('forbidden') }) } },
      {},
      [],
    ],
    [
      'but may be named',
      { applications: { vault: vault({ config: unknownFact('forbidden') }) } },
      { provider: 'vault' },
      withVault,
    ],
    [
      'a provider with a unit at work is not taken',
      { applications: { vault: vault({ units: { 'vault/0': unit('vault/0', { agent: 'executing' }) } }) } },
      {},
      [],
    ],
    [
      'a sealed one is not taken',
      { applications: { vault: vault({ status: { status: 'blocked' } }) } },
      {},
      [],
    ],
    [
      'one that is about to go is not taken',
      { applications: { vault: vault({ status: { status: 'active', life: 'dying' } }) } },
      {},
      [],
    ],
    [
      'a provider of which one unit of several is at work is not taken',
      {
        applications: {
          vault: vault({
            units: {
              'vault/0': unit('vault/0'),
              'vault/1': unit('vault/1', { workload: 'maintenance' }),
            },
          }),
        },
      },
      {},
      [],
    ],
    ['a provider without units is not taken', { applications: { vault: vault({ units: 0 }) } }, {}, []],
    [
      'lego cannot be named, it signs no IP addresses',
      { applications: { lego: application({}) } },
      { provider: 'lego' },
      [],
    ],
    [
      'a person has to work the manual one',
      { applications: { manual: application({ charm: { name: 'manual-tls-certificates' } }) } },
      { provider: 'manual' },
      [],
    ],
    [
      'a retired one cannot be named',
      { applications: { old: application({ charm: { name: 'tls-certificates-operator' } }) } },
      { provider: 'old' },
      [],
    ],
    [
      'a name that is not there gives nothing',
      { applications: { vault: vault() } },
      { provider: 'nobody' },
      [],
    ],
    [
      'a charm that is no provider gives nothing',
      { applications: { constructor: application({}) } },
      { provider: 'constructor' },
      [],
    ],
  ])('%s', (_, world, params, expected) => {
    expect(lines(world, params)).toEqual(expected);
  });

  it('takes one of another model that the estate shows to be fit', () => {
    const world = (spec: ApplicationSpec): EtcdWorld => ({
      prod: {
        models: { pki: model({ applications: { vault: vault(spec) }, offers: { 'vault-pki': offer } }) },
      },
      remoteApplications: { saas: offered('prod:admin/pki.vault-pki', 'saas') },
    });
    const expected = ['juju integrate -m prod:admin/data saas:vault-pki etcd:peer-certificates'];
    expect(lines(world({}))).toEqual(expected);
    expect(lines(world({ status: { status: 'blocked' } }))).toEqual([]);
  });

  it('takes one of a model that is not watched only by name', () => {
    const world: EtcdWorld = { remoteApplications: { saas: offered('far:admin/pki.vault-pki', 'saas') } };
    expect(lines(world)).toEqual([]);
    expect(lines(world, { provider: 'saas' })).toEqual([
      'juju integrate -m prod:admin/data saas:vault-pki etcd:peer-certificates',
    ]);
  });

  it('takes nothing of another model that wants certificates itself', () => {
    const end = { name: 'certificates', interface: 'tls-certificates', role: 'requirer' };
    const world: EtcdWorld = { remoteApplications: { saas: remote('saas', 'far:admin/pki.shop', end) } };
    expect(lines(world, { provider: 'saas' })).toEqual([]);
  });

  it('finds the offering model on another controller of the estate', () => {
    const pki = model({ applications: { vault: vault() }, offers: { 'vault-pki': offer } });
    const world: EtcdWorld = {
      others: { far: controller({ models: { pki } }) },
      remoteApplications: { saas: offered('far:admin/pki.vault-pki', 'saas') },
    };
    expect(lines(world)).toEqual(['juju integrate -m prod:admin/data saas:vault-pki etcd:peer-certificates']);
  });

  it('proposes nothing where a relation stands badly, because it exists already', () => {
    expect(
      lines({ applications: { vault: vault() }, relations: [peer('vault:vault-pki', { status: 'broken' })] }),
    ).toEqual([]);
  });
});
