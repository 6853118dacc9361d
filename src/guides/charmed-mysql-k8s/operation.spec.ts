import { describe, expect, it, test } from '@jest/globals';
import { container, onKubernetes, pod, service, type NamespaceSpec } from '../../../test/support/cluster.js';
import { controlOf, cosOffers, linesOf } from '../../../test/support/etcd.js';
import { judge, knowledge } from '../../../test/support/judge.js';
import { mysqlWorld, releases, type MysqlWorld, type ReleaseName } from '../../../test/support/mysql.js';
import { findingOn, saysOn } from '../../../test/support/postgresql.js';
import { application, relate, unit, unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import type { Knowledge } from '../../core/knowledge.js';
import type { RotationRule } from '../../core/policy/rotation.js';
import { charmedMysqlK8s as guide } from './index.js';

type Row = readonly [says: string, expected: string, release: ReleaseName, world: MysqlWorld];

function table(id: string, rows: readonly Row[]): void {
  test.each(rows)('%s', (...[, expected, release, world]) => {
    expect(saysOn(guide, id, mysqlWorld(release, world))).toBe(expected);
  });
}

describe('MYSQL-AUTH-01: the internal users', () => {
  const rule = (...users: string[]): RotationRule => ({
    match: { model: 'data', application: 'db' },
    users,
    every: 90 * 86_400,
  });
  const change = { model: 'admin/data', application: 'db', user: 'clusteradmin', at: '2026-11-01T00:00:00Z' };
  const units = { 'db/0': unit('db/0'), 'db/1': unit('db/1', { leader: true }) };
  const world = (rotations: readonly (typeof change)[]) =>
    mysqlWorld('mysql80', { db: { units }, prod: { rotations } });

  test.each<[string, string, ReturnType<typeof world>, readonly RotationRule[]]>([
    ['our own change passes', 'pass AsRequired', world([change]), [rule('clusteradmin')]],
    ['one that is due fails', 'fail RotationDue', world([]), [rule('clusteradmin')]],
    ['a user that the charm does not take fails', 'fail UserNotTaken', world([]), [rule('monitoring')]],
    ['without a rotation nothing is shown', 'unknown RotationNotSeen', world([]), []],
  ])('%s', (...[, expected, given, rotation]) => {
    expect(saysOn(guide, 'MYSQL-AUTH-01', given, { rotation })).toBe(expected);
  });

  it('is changed by the action of the leader', () => {
    const finding = findingOn(guide, 'MYSQL-AUTH-01', world([]), { rotation: [rule('clusteradmin')] });
    expect(linesOf(finding)).toEqual([expect.stringContaining('db/1 set-password username=clusteradmin')]);
  });
});

describe("MYSQL-AUTH-02: nobody has root's rights", () => {
  const old = { old: application({}) };
  const related = (own: string): MysqlWorld => ({
    applications: old,
    relations: [relate(own, 'old:db', 'mysql')],
  });
  table('MYSQL-AUTH-02', [
    ['nothing related passes', 'pass AsRequired', 'mysql80', {}],
    ['the other older endpoint passes', 'pass AsRequired', 'mysql80', related('db:mysql')],
    ['an application at mysql-root fails', 'fail RootIntegrated', 'mysql80', related('db:mysql-root')],
    [
      'a road that shows no endpoints leaves it open',
      'unknown EndpointNotShown',
      'mysql80',
      { ...related('db'), db: { endpoints: [] } },
    ],
    ['a charm without the endpoint has nothing to hand out', 'not-applicable NoRootEndpoint', 'mysql84', {}],
    [
      'unread relations are unknown',
      'unknown NotObserved',
      'mysql80',
      { db: { relations: unknownFact('x') } },
    ],
  ]);
});

it('MYSQL-AUTH-03: how accounts log in a person has to look', () => {
  expect(saysOn(guide, 'MYSQL-AUTH-03', mysqlWorld('mysql80'))).toBe('manual AccountsNotSeen');
});

const otel = application({ charm: { name: 'opentelemetry-collector-k8s' } });
const shipping: MysqlWorld = {
  applications: { otel },
  remoteApplications: cosOffers(),
  relations: [
    relate('db:metrics-endpoint', 'otel:metrics-endpoint', 'prometheus_scrape'),
    relate('db:logging', 'otel:receive-loki-logs', 'loki_push_api'),
    relate('db:grafana-dashboard', 'otel:grafana-dashboards-consumer', 'grafana_dashboard'),
    relate('otel:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
    relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
    relate('otel:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
  ],
};

describe('monitoring', () => {
  table('MYSQL-MON-01', [
    ['all three signals passing on pass', 'pass AsRequired', 'mysql80', shipping],
    ['those of the Router, too', 'pass AsRequired', 'router80', shipping],
    ['nothing related fails', 'fail NoCollector', 'mysql80', {}],
    [
      'unread relations are unknown',
      'unknown NotObserved',
      'mysql80',
      { db: { relations: unknownFact('x') } },
    ],
  ]);
  table('MYSQL-MON-02', [
    ['COS in another model is apart', 'pass AsRequired', 'mysql80', shipping],
    [
      'in the same model it is not',
      'fail CosTooNear',
      'mysql80',
      {
        applications: { otel, here: application({}) },
        relations: [
          relate('db:logging', 'otel:receive-loki-logs', 'loki_push_api'),
          relate('otel:send-loki-logs', 'here:logging', 'loki_push_api'),
        ],
      },
    ],
    ['nowhere is nothing to keep apart', 'not-applicable NoCos', 'mysql80', {}],
    [
      'unread relations are unknown',
      'unknown NotObserved',
      'mysql80',
      { db: { relations: unknownFact('x') } },
    ],
  ]);

  it('the strict profile asks for another cloud', () => {
    const world = mysqlWorld('mysql80', shipping);
    expect(saysOn(guide, 'MYSQL-MON-02', world, { profile: 'strict' })).toBe('unknown CosPlaceNotSeen');
  });

  it('is made through the collector', () => {
    const finding = findingOn(guide, 'MYSQL-MON-01', mysqlWorld('mysql80', { ...shipping, relations: [] }));
    expect(linesOf(finding)).toContain(
      'juju integrate -m prod:admin/data db:metrics-endpoint otel:metrics-endpoint',
    );
  });
});

describe('MYSQL-MON-03: the audit log', () => {
  const set = (value: unknown): MysqlWorld => ({ db: { config: { 'plugin-audit-enabled': value } } });
  table('MYSQL-MON-03', [
    ['on passes', 'pass AsRequired', 'mysql80', set({ value: true, source: 'default' })],
    ['off fails', 'fail AuditLogOff', 'mysql80', set(false)],
    ['a charm without the option is unknown', 'unknown OptionNotShown', 'mysql80', {}],
  ]);

  it('is switched on', () => {
    expect(linesOf(findingOn(guide, 'MYSQL-MON-03', mysqlWorld('mysql80', set(false))))).toEqual([
      'juju config -m prod:admin/data db plugin-audit-enabled=true',
    ]);
  });
});

describe('MYR-NET-01: the Router', () => {
  const by = (value: unknown): MysqlWorld => ({ db: { config: { 'expose-external': value } } });
  table('MYR-NET-01', [
    ['not opened passes', 'pass AsRequired', 'router80', by({ value: 'false', source: 'default' })],
    ['a node port fails', 'fail ExposedOutsideCluster', 'router80', by('nodeport')],
    ['the newer track has the option, too', 'fail ExposedOutsideCluster', 'router84', by('loadbalancer')],
    ['a charm that does not show the option is unknown', 'unknown OptionNotShown', 'router80', {}],
  ]);

  it('may be opened as the policy declares', () => {
    const world = mysqlWorld('router80', by('nodeport'));
    expect(saysOn(guide, 'MYR-NET-01', world, { params: { external: ['nodeport'] } })).toBe(
      'pass AsRequired',
    );
  });

  it('is closed, and says who used the address', () => {
    const people = application({ charm: { name: 'data-integrator' } });
    const world: MysqlWorld = {
      ...by('nodeport'),
      applications: { people },
      relations: [relate('db:database', 'people:mysql', 'mysql_client')],
    };
    const finding = findingOn(guide, 'MYR-NET-01', mysqlWorld('router80', world));
    expect(linesOf(finding)).toEqual(['juju config -m prod:admin/data db expose-external=false']);
    expect(finding.remedies[0]?.cutsOff).toEqual([
      'people',
      'clients outside the cluster that use its nodeport',
    ]);
  });
});

describe('in a cluster', () => {
  const charm = { ...releases.mysql80.charm, revision: 7 };
  const pin = knowledge.imagePins['mysql-k8s']?.['8.0'] ?? [];
  const exact: Knowledge = {
    ...knowledge,
    imagePins: { 'mysql-k8s': { '8.0': pin.map((one) => ({ ...one, charmRevisions: [7] })) } },
  };
  const running = (image: string, number = 0) =>
    pod('db', number, { containers: [container('charm'), container('mysql', { image, imageId: image })] });

  const other = `x.example/mysql@sha256:${'b'.repeat(64)}`;
  const said = (id: string, db: ApplicationSpec, data: NamespaceSpec): string => {
    const world = onKubernetes({ applications: { db: application(db) } }, { namespaces: { data } });
    const [found] = judge(controlOf(guide, id), world, { knowledge: exact });
    return `${found?.judgement.outcome ?? ''} ${found?.judgement.reason ?? ''}`;
  };

  test.each<[string, string, string, NamespaceSpec]>([
    [
      'the pinned image passes',
      'MYSQL-IMG-01',
      'pass AsRequired',
      { pods: [running(`x.example/mysql@${pin[0]?.digest ?? ''}`)] },
    ],
    ['another one fails', 'MYSQL-IMG-01', 'fail AnotherImage', { pods: [running(other)] }],
    [
      'units of different images are told',
      'MYSQL-IMG-01',
      'inconsistent ImagesDiffer',
      { pods: [running(`x.example/mysql@${pin[0]?.digest ?? ''}`), running(other, 1)] },
    ],
    [
      'a service inside the cluster passes',
      'MYSQL-NET-01',
      'pass AsRequired',
      { services: [service('db', 'db')] },
    ],
    [
      'a load balancer fails',
      'MYSQL-NET-01',
      'fail OpenedByService',
      { services: [service('db', 'db', { type: 'LoadBalancer' })] },
    ],
    ['unread services are unknown', 'MYSQL-NET-01', 'unknown NotObserved', { services: unknownFact('x') }],
  ])('%s', (...[, id, expected, data]) => {
    expect(said(id, { charm, endpoints: releases.mysql80.endpoints }, data)).toBe(expected);
  });

  it('a service that somebody made by hand opens the Router, whatever its option says', () => {
    const db = { ...releases.router80, config: { 'expose-external': { value: 'false', source: 'default' } } };
    const services = [service('db-np', 'db', { type: 'NodePort' })];
    expect(said('MYR-NET-01', db, { services })).toBe('fail OpenedByService');
  });
});
