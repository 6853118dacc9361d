import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn, linesOf, remote, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedEtcd } from './index.js';

const s3 = relate('etcd:s3-credentials', 's3-integrator:s3-credentials', 's3');
const azure = relate('etcd:azure-credentials', 'azure:azure-credentials', 'azure');
const integrator = (status = 'active') => ({ 's3-integrator': application({ status: { status } }) });

describe('ETCD-BKP-01: a store and a recent backup', () => {
  test.each<[string, string, EtcdWorld]>([
    ['no store fails', 'fail NoBackupStore', {}],
    ['two stores fail', 'fail TwoBackupStores', { applications: integrator(), relations: [s3, azure] }],
    [
      'one leaves open how old the newest backup is',
      'unknown BackupAgeNotObserved',
      { applications: integrator(), relations: [s3] },
    ],
    ['Azure will do too', 'unknown BackupAgeNotObserved', { relations: [azure] }],
    [
      'so will a store in another model',
      'unknown BackupAgeNotObserved',
      {
        remoteApplications: {
          store: remote('store', 'admin/store.s3', {
            name: 's3-credentials',
            interface: 's3',
            role: 'provider',
          }),
        },
        relations: [relate('etcd:s3-credentials', '@store:s3-credentials', 's3')],
      },
    ],
    [
      'a suspended relation fails',
      'fail BackupStoreDown',
      { applications: integrator(), relations: [{ ...s3, status: 'suspended' }] },
    ],
    ['unread relations are unknown', 'unknown NotObserved', { etcd: { relations: unknownFact('gone') } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(charmedEtcd, 'ETCD-BKP-01', etcdWorld(world))).toBe(expected);
  });

  const line = ['juju integrate -m prod:admin/data s3-integrator:s3-credentials etcd:s3-credentials'];
  const second = { second: application({ charm: { name: 's3-integrator' } }) };
  test.each<[string, EtcdWorld, Dict<unknown>, readonly string[]]>([
    ['integrates the only integrator that is active', { applications: integrator() }, {}, line],
    ['leaves one alone that is not configured', { applications: integrator('blocked') }, {}, []],
    ['leaves the choice between two to a person', { applications: { ...integrator(), ...second } }, {}, []],
    [
      'takes the one that the policy names',
      { applications: { ...integrator(), ...second } },
      { integrator: 's3-integrator' },
      line,
    ],
    [
      'asks no charm that is too old to back itself up',
      { etcd: { endpoints: ['client-certificates', 'cos-agent'] }, applications: integrator() },
      {},
      [],
    ],
    ['adds no third store to two', { applications: integrator(), relations: [s3, azure] }, {}, []],
  ])('%s', (_, world, params, expected) => {
    expect(linesOf(findingOn(charmedEtcd, 'ETCD-BKP-01', etcdWorld(world), { params }))).toEqual(expected);
  });

  it('disturbs nobody', () => {
    const [remedy] = findingOn(
      charmedEtcd,
      'ETCD-BKP-01',
      etcdWorld({ applications: integrator() }),
    ).remedies;
    expect(remedy).toMatchObject({ disruptive: false, cutsOff: [], risk: 'low' });
  });
});
