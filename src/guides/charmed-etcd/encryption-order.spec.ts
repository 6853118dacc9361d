import { describe, expect, it, test } from '@jest/globals';
import { effectOn } from '../../../test/support/effect.js';
import {
  allAnswer,
  controlOf,
  etcdWorld,
  findingOn,
  probes,
  undoLinesOf,
} from '../../../test/support/etcd.js';
import { application, relate, unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import { charmedEtcd } from './index.js';

const vault = (spec: ApplicationSpec = {}) =>
  application({ charm: { name: 'vault' }, config: { pki_allow_ip_sans: true }, ...spec });

describe('the order of the two sides', () => {
  const world = etcdWorld({
    applications: { vault: vault(), shop: application({}), 'data-integrator': application({}) },
    relations: [
      relate('etcd:etcd-client', 'shop:database', 'etcd_client'),
      relate('etcd:etcd-client', 'data-integrator:etcd', 'etcd_client'),
    ],
  });

  it('members come before clients', () => {
    expect(controlOf(charmedEtcd, 'ETCD-ENC-02').order).toBe(10);
    expect(controlOf(charmedEtcd, 'ETCD-ENC-01').order).toBe(20);
  });

  it('clients wait until the members are related and the application is settled', () => {
    const [remedy] = findingOn(charmedEtcd, 'ETCD-ENC-01', world).remedies;
    expect(remedy?.preconditions).toEqual([
      { type: 'relation-absent', application: 'etcd', endpoint: 'client-certificates' },
      { type: 'related', application: 'etcd', endpoint: 'peer-certificates' },
      { type: 'application-settled', application: 'etcd' },
      { type: 'application-present', application: 'vault' },
      { type: 'application-settled', application: 'vault' },
    ]);
  });

  it('clients that are cut off are named, members restart only', () => {
    const clients = findingOn(charmedEtcd, 'ETCD-ENC-01', world);
    expect(clients.remedies[0]).toMatchObject({
      disruptive: true,
      risk: 'high',
      cutsOff: ['shop', 'data-integrator', 'every client that shows no certificate'],
    });
    expect(findingOn(charmedEtcd, 'ETCD-ENC-02', world).remedies[0]).toMatchObject({
      disruptive: true,
      risk: 'medium',
      cutsOff: [],
    });
  });

  it('is taken back by removing the relation', () => {
    expect(undoLinesOf(findingOn(charmedEtcd, 'ETCD-ENC-01', world))).toEqual([
      'juju remove-relation -m prod:admin/data vault:vault-pki etcd:client-certificates',
    ]);
  });
});

describe('the effect is judged by the ports, not by the relation', () => {
  const effect = (id: string, answers: ApplicationSpec['probes']) => {
    const world = etcdWorld(answers === undefined ? {} : { etcd: { probes: answers } });
    const { outcome, reason } = effectOn(controlOf(charmedEtcd, id), world, 'data', 'etcd');
    return `${outcome} ${reason}`;
  };

  test.each<[string, string, ApplicationSpec['probes'], string]>([
    ['members speaking TLS will do for members', 'ETCD-ENC-02', allAnswer('tls'), 'pass AsRequired'],
    [
      'clients must be asked for a certificate',
      'ETCD-ENC-01',
      allAnswer('tls'),
      'fail ClientCertificateNotDemanded',
    ],
    [
      'clients asked for a certificate pass',
      'ETCD-ENC-01',
      allAnswer('tls-client-certificate'),
      'pass AsRequired',
    ],
    [
      'only the peer port counts for members',
      'ETCD-ENC-02',
      probes({ 'etcd/0': ['plaintext', 'tls'], 'etcd/1': ['plaintext', 'tls-client-certificate'] }),
      'pass AsRequired',
    ],
    [
      'one member in clear is inconsistent',
      'ETCD-ENC-02',
      probes({ 'etcd/0': ['plaintext', 'plaintext'], 'etcd/1': ['plaintext', 'tls'] }),
      'inconsistent UnitsDiffer',
    ],
    ['plain text fails', 'ETCD-ENC-01', allAnswer('plaintext'), 'fail TlsNotInEffect'],
    ['a time-out settles nothing', 'ETCD-ENC-01', allAnswer('timeout'), 'unknown NotReachedFromHere'],
    ['no probes settle nothing', 'ETCD-ENC-01', unknownFact('not probed'), 'unknown NotObserved'],
    [
      'a unit not probed yet settles nothing',
      'ETCD-ENC-02',
      probes({ 'etcd/0': ['tls', 'tls'] }),
      'unknown NotProbedYet',
    ],
  ])('%s', (_, id, answers, expected) => {
    expect(effect(id, answers)).toBe(expected);
  });
});
