import { describe, expect, it, test } from '@jest/globals';
import {
  application,
  controller,
  estate,
  model,
  prod,
  relate,
  unit,
  user,
} from '../../../test/support/world.js';
import type { Snapshot } from '../../core/snapshot.js';
import { virtualClock } from '../virtual-clock.js';
import { buildWorld } from '../world/build.js';
import type { SimModel } from '../world/state.js';
import { copyOf, type Copy } from './estate-of.js';

const now = Date.parse('2026-11-22T06:00:00Z');

function copied(snapshot: Snapshot, wanted: (model: string) => boolean = () => true): Copy {
  return copyOf(snapshot, { wanted: (_, name) => wanted(name), now });
}

/** The models of the copy, built. */
function built({ estate: spec }: Copy): ReadonlyMap<string, SimModel> {
  const world = buildWorld({ estate: spec, seed: 1, clock: virtualClock(now) });
  const models = [...world.controllers.values()].flatMap((one) => [...one.models.values()]);
  return new Map(models.filter((one) => !one.isController).map((one) => [one.name, one]));
}

const etcd = application({
  charm: { name: 'charmed-etcd', track: '3.6', revision: 170 },
  units: { 'etcd/3': unit('etcd/3', { machine: '7' }), 'etcd/5': unit('etcd/5', { machine: '9' }) },
  config: { 'heartbeat-interval': 200, 'no-such-option': 'x' },
  trust: true,
  exposure: { exposed: true, endpoints: { 'etcd-client': { cidrs: ['10.0.0.0/8'], spaces: [] } } },
});

describe('a copy of a model', () => {
  const ours = application({ charm: { name: 'ours' } });
  const ca = application({ charm: { name: 'self-signed-certificates', track: '1' } });
  const relations = [
    relate('etcd:peer-certificates', 'ca:certificates', 'tls-certificates'),
    relate('ours:db', 'etcd:etcd-client', 'etcd_client'),
  ];
  const copy = copied(prod({ models: { data: model({ applications: { etcd, ca, ours }, relations }) } }));
  const app = built(copy).get('data')?.applications.get('etcd');

  it('has its units, by name and on their machines', () => {
    expect(app?.units.map(({ name, machine }) => `${name} on ${machine}`)).toEqual([
      'etcd/3 on 7',
      'etcd/5 on 9',
    ]);
  });

  it('has its revision, trust, exposure and options that the charm has', () => {
    expect([app?.revision, app?.trust, app?.exposed.get('etcd-client')?.cidrs]).toEqual([
      170,
      true,
      ['10.0.0.0/8'],
    ]);
    expect([...(app?.settings ?? [])]).toEqual([['heartbeat-interval', 200]]);
  });

  it('has its relations, those of charms that the simulator does not know too', () => {
    const keys = [...(built(copy).get('data')?.relations.values() ?? [])].map(({ key }) => key);
    expect(keys).toEqual(
      expect.arrayContaining(['etcd:peer-certificates ca:certificates', 'ours:db etcd:etcd-client']),
    );
    expect(copy.doubts).toContain(
      'charms that the simulator does not know stand by and do nothing (ours of ours)',
    );
  });
});

describe('models that belong together', () => {
  const offering = model({
    applications: { etcd },
    offers: {
      store: {
        name: 'store',
        application: 'etcd',
        endpoints: [{ name: 'etcd-client', interface: 'etcd_client' }],
      },
    },
  });
  const consuming = model({
    applications: { web: application({ charm: { name: 'web' } }) },
    remoteApplications: {
      store: { name: 'store', offerUrl: 'prod:admin/data.store', endpoints: [], status: 'active' },
    },
    relations: [relate('web:db', '@store:etcd-client', 'etcd_client')],
  });
  const apart = model({ applications: { other: application() } });
  const snapshot = prod({ models: { data: offering, web: consuming, apart } });

  test.each([
    ['the consumer of what is wanted', 'data'],
    ['the provider of what is wanted', 'web'],
  ])('come along: %s', (_, wanted) => {
    const models = built(copied(snapshot, (name) => name === wanted));
    expect([...models.keys()].sort()).toEqual(['data', 'web']);
    expect(models.get('data')?.offers.get('store')?.connections.length).toBe(1);
    expect([...(models.get('web')?.remotes.keys() ?? [])]).toEqual(['store']);
  });

  it('are made up where they are not in the snapshot', () => {
    const alone = prod({ models: { web: consuming } });
    const copy = copied(alone);
    expect([...built(copy).keys()].sort()).toEqual(['beyond-web-store', 'web']);
    expect(copy.doubts).toContain(
      'applications of models that are not rehearsed stand by and do nothing (store)',
    );
  });
});

describe('what the simulator cannot play', () => {
  test.each<[string, Snapshot, string]>([
    [
      'a relation of endpoints that the charm does not have',
      prod({
        models: {
          data: model({
            applications: { etcd, ca: application({ charm: { name: 'self-signed-certificates' } }) },
            relations: [relate('etcd:no-such-thing', 'ca:certificates', 'tls-certificates')],
          }),
        },
      }),
      'relations that the simulator cannot play are left out (etcd:no-such-thing ca:certificates)',
    ],
    [
      'an exposed endpoint that the charm does not have',
      prod({
        models: {
          data: model({
            applications: {
              etcd: application({
                charm: { name: 'charmed-etcd', track: '3.6' },
                exposure: { exposed: true, endpoints: { metrics: { cidrs: ['0.0.0.0/0'], spaces: [] } } },
              }),
            },
          }),
        },
      }),
      'endpoints that the simulator does not know are not exposed (etcd:metrics)',
    ],
  ])('is left out, and said: %s', (_, snapshot, doubt) => {
    const copy = copied(snapshot);
    expect([built(copy).has('data'), copy.doubts.includes(doubt)]).toEqual([true, true]);
  });
});

it('has the users with their levels, and those that only hold a grant', () => {
  const users = [user('alice', { access: 'superuser' }), user('bob', { disabled: true })];
  const spec = controller({ users, models: { data: model({ users: { admin: 'admin', carol: 'write' } }) } });
  const [copy] = copied(estate({ controllers: { prod: spec } })).estate.controllers;
  expect(copy?.users?.map(({ name, access, disabled }) => [name, access, disabled])).toEqual([
    ['alice', 'superuser', false],
    ['bob', 'login', true],
    ['carol', undefined, undefined],
  ]);
});
