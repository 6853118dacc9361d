import { describe, expect, it, test } from '@jest/globals';
import {
  etcdWorld,
  findingOn,
  linesOf,
  remote,
  saysOn,
  undoLinesOf,
  type EtcdWorld,
} from '../../../test/support/etcd.js';
import { application, relate, unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import { charmedEtcd } from './index.js';

describe('ETCD-ENC-07: backups over https', () => {
  const integrator = (spec: ApplicationSpec): EtcdWorld => ({
    applications: { 's3-integrator': application(spec), postgresql: application({}) },
    relations: [
      relate('etcd:s3-credentials', 's3-integrator:s3-credentials', 's3'),
      relate('postgresql:s3-parameters', 's3-integrator:s3-credentials', 's3'),
    ],
  });
  const at = (endpoint: unknown) => integrator({ config: { endpoint } });
  test.each<[string, string, EtcdWorld]>([
    ['https passes', 'pass AsRequired', at('https://store.example')],
    ['the scheme may be in capitals', 'pass AsRequired', at('HTTPS://store.example')],
    ['no endpoint is AWS, by https', 'pass AsRequired', at('')],
    ['an option that is not set is AWS too', 'pass AsRequired', integrator({ config: {} })],
    ['http fails', 'fail StoreNotHttps', at('http://store.example')],
    ['no scheme fails', 'fail StoreNotHttps', at('store.example')],
    ['a scheme that only begins alike fails', 'fail StoreNotHttps', at('https-proxy://store.example')],
    [
      'a value that was not kept is unknown',
      'unknown EndpointRedacted',
      at({ source: 'user', redacted: true }),
    ],
    [
      'options that were not read are unknown',
      'unknown NotObserved',
      integrator({ config: unknownFact('forbidden') }),
    ],
    [
      'an integrator in another model is unknown',
      'unknown IntegratorNotSeen',
      {
        remoteApplications: {
          s3: remote('s3', 'far:admin/store.s3', {
            name: 's3-credentials',
            interface: 's3',
            role: 'provider',
          }),
        },
        relations: [relate('etcd:s3-credentials', '@s3:s3-credentials', 's3')],
      },
    ],
    [
      'a relation without endpoints is known by its interface',
      'fail StoreNotHttps',
      {
        applications: { s3: application({ config: { endpoint: 'http://store' } }) },
        relations: [relate('etcd', 's3', 's3')],
      },
    ],
    ['no store has no transport', 'not-applicable NoBackupStore', {}],
    ['unread relations are unknown', 'unknown NotObserved', { etcd: { relations: unknownFact('gone') } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(charmedEtcd, 'ETCD-ENC-07', etcdWorld(world))).toBe(expected);
  });

  it('sets the endpoint only when the policy gives one, and names who else uses it', () => {
    const world = etcdWorld(at('http://store.example'));
    expect(findingOn(charmedEtcd, 'ETCD-ENC-07', world).remedies).toEqual([]);
    const finding = findingOn(charmedEtcd, 'ETCD-ENC-07', world, {
      params: { endpoint: 'https://store.example' },
    });
    expect(linesOf(finding)).toEqual([
      'juju config -m prod:admin/data s3-integrator endpoint=https://store.example',
    ]);
    expect(undoLinesOf(finding)).toEqual([
      'juju config -m prod:admin/data s3-integrator endpoint=http://store.example',
    ]);
    expect(finding.remedies[0]?.cutsOff).toEqual(['postgresql']);
  });

  it('repeats no user that stood in the old endpoint', () => {
    const finding = findingOn(charmedEtcd, 'ETCD-ENC-07', etcdWorld(at('http://key:canary@store')), {
      params: { endpoint: 'https://store' },
    });
    expect(undoLinesOf(finding)).toEqual([
      'never: the endpoint before names a user and is not repeated here',
    ]);
    expect(JSON.stringify(finding.judgement)).not.toContain('canary');
  });

  it('refuses an endpoint that is not https', () => {
    const judging = { params: { endpoint: 'http://store.example' } };
    expect(() => findingOn(charmedEtcd, 'ETCD-ENC-07', etcdWorld(at('http://store')), judging)).toThrow(
      /ETCD-ENC-07 are wrong: endpoint/,
    );
  });
});
