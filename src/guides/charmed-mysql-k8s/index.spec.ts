import { describe, expect, it, test } from '@jest/globals';
import { allCurrent } from '../../../test/support/charmhub.js';
import { mysqlWorld, releases, type MysqlWorld, type ReleaseName } from '../../../test/support/mysql.js';
import { findingsOn, saysOn } from '../../../test/support/postgresql.js';
import { verdicts } from '../../../test/support/verdicts.js';
import { unit, type ApplicationSpec } from '../../../test/support/world.js';
import { charmNamed } from '../../simulator/charms/table.js';
import { clientSide, rootEndpoint, storeEndpoint } from './endpoints.js';
import { charmedMysqlK8s as guide } from './index.js';

const ids = guide.controls.map(({ id }) => id);
const bothProducts = ['MYSQL-IMG-01', 'MYSQL-IMG-02', 'MYSQL-UPG-01', 'MYSQL-MON-01'];

describe('what the guide is about', () => {
  const says = (id: string, db: ApplicationSpec) =>
    verdicts(findingsOn(guide, id, mysqlWorld('mysql80', { db })));

  test.each<[string, ReleaseName, (id: string) => boolean]>([
    ['MySQL is asked what concerns it', 'mysql80', (id) => id.startsWith('MYSQL-')],
    ['so is its newer track', 'mysql84', (id) => id.startsWith('MYSQL-')],
    [
      'the Router is asked what concerns it',
      'router80',
      (id) => id.startsWith('MYR-') || bothProducts.includes(id),
    ],
  ])('%s', (_, release, isAsked) => {
    const asked = ids.filter((id) => findingsOn(guide, id, mysqlWorld(release)).length > 0);
    expect(asked).toEqual(ids.filter(isAsked));
  });

  test.each(ids)('%s does not apply to a track of which nothing is known', (id) => {
    const name = id.startsWith('MYR-') ? 'mysql-router-k8s' : 'mysql-k8s';
    const db = { charm: { name, track: 'latest' }, endpoints: releases.mysql80.endpoints };
    expect(says(id, db)).toEqual(['not-applicable AnotherFamily']);
  });

  test.each(ids)('%s is unknown where neither track nor endpoints are shown', (id) => {
    const name = id.startsWith('MYR-') ? 'mysql-router-k8s' : 'mysql-k8s';
    expect(says(id, { charm: { name, origin: 'local' }, endpoints: [] })).toEqual(['unknown FamilyNotShown']);
  });

  test.each<[string, readonly string[], string]>([
    ['with one TLS endpoint is of 8.0', releases.mysql80.endpoints, 'not-applicable MembersEncryptedByCharm'],
    ['with two is of 8.4', releases.mysql84.endpoints, 'fail PeerProviderMissing'],
    ['with those of another product is of neither', ['db'], 'not-applicable AnotherFamily'],
  ])('a charm from a file %s', (_, endpoints, expected) => {
    const db = { charm: { name: 'mysql-k8s', origin: 'local' } as const, endpoints };
    expect(says('MYSQL-ENC-02', db)).toEqual([expected]);
  });

  it('says nothing of other charms', () => {
    expect(ids.flatMap((id) => says(id, { charm: { name: 'mysql' } }))).toEqual([]);
  });
});

describe('track 8.4', () => {
  const open = [
    ...['MYSQL-ENC-03', 'MYSQL-BKP-01', 'MYSQL-AUTH-01', 'MYSQL-MON-01', 'MYSQL-MON-02', 'MYSQL-MON-03'],
  ];
  test.each(open)('%s is unknown: it was not looked up', (id) => {
    expect(saysOn(guide, id, mysqlWorld('mysql84'))).toBe('unknown TrackNotLookedUp');
    expect(findingsOn(guide, id, mysqlWorld('mysql84')).flatMap(({ remedies }) => remedies)).toEqual([]);
  });

  it('its Router likewise', () => {
    expect(saysOn(guide, 'MYR-ENC-01', mysqlWorld('router84'))).toBe('unknown TrackNotLookedUp');
  });
});

describe('images and revisions', () => {
  const recovering = { workload: 'maintenance', workloadMessage: 'recovering unit after upgrade' } as const;
  const on = (base: string): MysqlWorld => ({ db: { charm: { ...releases.mysql80.charm, base } } });
  test.each<[string, string, string, ReleaseName, MysqlWorld, object?]>([
    ['8.0 on 22.04 passes', 'MYSQL-IMG-02', 'pass AsRequired', 'mysql80', {}],
    ['so does its Router', 'MYSQL-IMG-02', 'pass AsRequired', 'router80', {}],
    ['8.0 on another base fails', 'MYSQL-IMG-02', 'fail OtherBase', 'mysql80', on('ubuntu@24.04')],
    ['that of 8.4 is not known', 'MYSQL-IMG-02', 'unknown BaseNotNamed', 'mysql84', {}],
    [
      'unless the policy names it',
      'MYSQL-IMG-02',
      'pass AsRequired',
      'mysql84',
      {},
      { base: 'ubuntu@24.04' },
    ],
    [
      'a revision that is offered may be new',
      'MYSQL-UPG-01',
      'unknown ReleaseDateNotSeen',
      'mysql80',
      { db: { upgrade: { to: 'ch:mysql-k8s-400' } } },
    ],
    [
      'a unit that comes back from a refresh is waited for',
      'MYSQL-UPG-01',
      'unknown RefreshUnderway',
      'mysql80',
      { db: { units: { 'db/0': unit('db/0', recovering) } } },
    ],
    ['naming no newer revision proves nothing', 'MYSQL-UPG-01', 'unknown NothingOffered', 'mysql80', {}],
    ['without a cluster no image is seen', 'MYSQL-IMG-01', 'unknown KubernetesNotObserved', 'mysql80', {}],
  ])('%s', (...[, id, expected, release, world, params = {}]) => {
    expect(saysOn(guide, id, mysqlWorld(release, world), { params: { ...params } })).toBe(expected);
  });

  it('passes where Charmhub says that its channel holds what runs', () => {
    expect(saysOn(guide, 'MYSQL-UPG-01', allCurrent(mysqlWorld('mysql80')))).toBe('pass AsRequired');
  });

  it('a revision that was offered for too long fails', () => {
    const world = mysqlWorld('mysql80', { db: { upgrade: { to: 'ch:mysql-k8s-400' } } });
    const late = { asOf: '2027-01-22T00:00:00Z' } as const;
    expect(saysOn(guide, 'MYSQL-UPG-01', world, late)).toBe('fail CharmBehindTooLong');
  });
});

describe('what the guide asks for by name', () => {
  const mysql = charmNamed('mysql-k8s', '8.0/stable');
  const router = charmNamed('mysql-router-k8s', '8.0/stable');

  test.each([
    ['clients, of MySQL', mysql, clientSide({ product: 'mysql', track: '8.0' }).endpoint],
    ['clients, of the Router', router, clientSide({ product: 'router', track: '8.0' }).endpoint],
    ['the store', mysql, storeEndpoint],
    ['root', mysql, rootEndpoint],
  ])('the endpoint of %s is the charm’s own', (_, charm, { name, interface: kind }) => {
    expect(charm.endpoints).toContainEqual(expect.objectContaining({ name, interface: kind }));
  });

  it('options and actions, too', () => {
    expect(Object.keys(mysql.options)).toContain('plugin-audit-enabled');
    expect(Object.keys(router.options)).toContain('expose-external');
    const told = guide.controls.map(({ manual }) => manual).join(' ');
    const actions = [...told.matchAll(/juju run -m MODEL MYSQL\/leader ([a-z-]+)/g)].map(([, name]) => name);
    expect(actions.length).toBeGreaterThan(3);
    expect(mysql.actions).toEqual(expect.arrayContaining(actions));
  });
});
