import { describe, expect, it, test } from '@jest/globals';
import { cosOffers, linesOf, remote } from '../../../test/support/etcd.js';
import {
  findingOn,
  postgresqlWorld,
  saysOn,
  type PostgresqlWorld,
  type ReleaseName,
} from '../../../test/support/postgresql.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedPostgresqlK8s as guide } from './index.js';

const otel = application({ charm: { name: 'opentelemetry-collector-k8s' } });
const offers = {
  ...cosOffers(),
  tempo: remote('tempo', 'admin/cos.tempo', { name: 'tracing', interface: 'tracing', role: 'provider' }),
};
const into = {
  metrics: relate('db:metrics-endpoint', 'otel:metrics-endpoint', 'prometheus_scrape'),
  logs: relate('db:logging', 'otel:receive-loki-logs', 'loki_push_api'),
  dashboards: relate('db:grafana-dashboard', 'otel:grafana-dashboards-consumer', 'grafana_dashboard'),
  traces: relate('db:tracing', 'otel:receive-traces', 'tracing'),
};
const onward = {
  metrics: relate('otel:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
  logs: relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
  dashboards: relate('otel:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
  traces: relate('otel:send-traces', '@tempo:tracing', 'tracing'),
};
const whole = [...Object.values(into), ...Object.values(onward)];

function monitored(relations: readonly Relation[], more: PostgresqlWorld = {}): PostgresqlWorld {
  return { remoteApplications: offers, relations, ...more, applications: { otel, ...more.applications } };
}

const without = (...left: readonly Relation[]) => whole.filter((relation) => !left.includes(relation));

describe.each<[string, ReleaseName]>([
  ['PG-MON-01', 'k8s14'],
  ['PG-MON-01', 'k8s16'],
  ['PGB-MON-01', 'pgbouncer'],
])('%s on %s: the signals reach COS', (id, release) => {
  const says = (world: PostgresqlWorld, params: Dict<unknown> = {}) =>
    saysOn(guide, id, postgresqlWorld(release, world), { params });

  test.each<[string, string, PostgresqlWorld]>([
    ['all four passing on pass', 'pass AsRequired', monitored(whole)],
    [
      'a signal that goes to COS directly is there too',
      'pass AsRequired',
      monitored([
        ...without(into.metrics),
        relate('db:metrics-endpoint', '@scraper:metrics', 'prometheus_scrape'),
      ]),
    ],
    ['nothing related fails', 'fail NoCollector', monitored(Object.values(onward))],
    [
      'a collector that leads nowhere is no monitoring',
      'fail SignalsNotShipped',
      monitored(Object.values(into)),
    ],
    ['one endpoint missing fails', 'fail SignalsNotShipped', monitored(without(into.logs))],
    ['one way on missing fails', 'fail SignalsNotShipped', monitored(without(onward.traces))],
    [
      'a suspended relation ships nothing',
      'fail SignalsNotShipped',
      monitored([...without(into.logs), { ...into.logs, status: 'suspended' }]),
    ],
    [
      'a signal that stays in the model does not reach COS',
      'fail SignalsNotShipped',
      monitored([...without(onward.logs), relate('otel:send-loki-logs', 'here:logging', 'loki_push_api')], {
        applications: { here: application({}) },
      }),
    ],
    [
      'something else at the endpoint is unknown',
      'unknown CollectorNotKnown',
      monitored(whole, { applications: { otel: application({ charm: { name: 'our-agent' } }) } }),
    ],
    [
      'a collector whose relations were not read is unknown',
      'unknown SignalsNotSeen',
      monitored(whole, {
        applications: {
          otel: application({
            charm: { name: 'opentelemetry-collector-k8s' },
            relations: unknownFact('gone'),
          }),
        },
      }),
    ],
    ['unread relations are unknown', 'unknown NotObserved', { db: { relations: unknownFact('gone') } }],
  ])('%s', (_, expected, world) => {
    expect(says(world)).toBe(expected);
  });

  it('asks for no more signals than the policy does', () => {
    const world = monitored(without(into.traces, onward.traces));
    expect(says(world)).toBe('fail SignalsNotShipped');
    expect(says(world, { signals: ['metrics', 'logs', 'dashboards'] })).toBe('pass AsRequired');
  });

  it('names what is missing', () => {
    const { judgement } = findingOn(
      guide,
      id,
      postgresqlWorld(release, monitored(without(into.logs, onward.traces))),
    );
    expect(judgement.message).toBe('logs, traces of db do not reach COS');
  });
});

describe('the way to COS', () => {
  const lines = (world: PostgresqlWorld, params: Dict<unknown> = {}, release: ReleaseName = 'k8s14') =>
    linesOf(findingOn(guide, 'PG-MON-01', postgresqlWorld(release, world), { params }));
  const all = (lines: readonly (readonly [string, string])[]) =>
    lines.map(([from, to]) => `juju integrate -m prod:admin/data ${from} ${to}`);

  it('is made through the newer collector by its own endpoints', () => {
    expect(lines(monitored([]))).toEqual(
      all([
        ['db:metrics-endpoint', 'otel:metrics-endpoint'],
        ['otel:send-remote-write', 'prometheus:receive-remote-write'],
        ['db:logging', 'otel:receive-loki-logs'],
        ['otel:send-loki-logs', 'loki:logging'],
        ['db:grafana-dashboard', 'otel:grafana-dashboards-consumer'],
        ['otel:grafana-dashboards-provider', 'grafana:grafana-dashboard'],
        ['db:tracing', 'otel:receive-traces'],
        ['otel:send-traces', 'tempo:tracing'],
      ]),
    );
  });

  it('is made through the older one by its own', () => {
    const agent = application({ charm: { name: 'grafana-agent-k8s' } });
    expect(lines({ remoteApplications: offers, applications: { agent } })).toEqual(
      all([
        ['db:metrics-endpoint', 'agent:metrics-endpoint'],
        ['agent:send-remote-write', 'prometheus:receive-remote-write'],
        ['db:logging', 'agent:logging-provider'],
        ['agent:logging-consumer', 'loki:logging'],
        ['db:grafana-dashboard', 'agent:grafana-dashboards-consumer'],
        ['agent:grafana-dashboards-provider', 'grafana:grafana-dashboard'],
        ['db:tracing', 'agent:tracing-provider'],
        ['agent:tracing', 'tempo:tracing'],
      ]),
    );
  });

  const second = { second: application({ charm: { name: 'grafana-agent-k8s' } }) };
  const none: readonly string[] = [];
  test.each<[string, PostgresqlWorld, Dict<unknown>, readonly string[]]>([
    [
      'what is missing alone is made',
      monitored(without(into.logs)),
      {},
      all([['db:logging', 'otel:receive-loki-logs']]),
    ],
    [
      'by the collector that is related, whatever others there are',
      monitored(without(into.logs), { applications: second }),
      {},
      all([['db:logging', 'otel:receive-loki-logs']]),
    ],
    ['nothing where two collectors could do it', monitored([], { applications: second }), {}, none],
    [
      'by the collector that the policy names',
      monitored(Object.values(onward), { applications: second }),
      { collector: 'otel', signals: ['metrics'] },
      all([['db:metrics-endpoint', 'otel:metrics-endpoint']]),
    ],
    [
      'not where the relation is there and suspended',
      monitored([...without(into.logs), { ...into.logs, status: 'suspended' }]),
      {},
      none,
    ],
    [
      'nothing by a collector for machines',
      {
        applications: { agent: application({ charm: { name: 'grafana-agent' } }) },
        remoteApplications: offers,
      },
      {},
      none,
    ],
    [
      'to the offer that the policy names, where several take the signal',
      monitored(without(onward.logs), {
        remoteApplications: {
          ...offers,
          loki2: remote('loki2', 'admin/cos.loki2', {
            name: 'logging',
            interface: 'loki_push_api',
            role: 'provider',
          }),
        },
      }),
      { cos: { logs: 'loki2' } },
      all([['otel:send-loki-logs', 'loki2:logging']]),
    ],
  ])('%s', (_, world, params, expected) => {
    expect(lines(world, params)).toEqual(expected);
  });

  it('of a machine charm leads through the agent beside it', () => {
    const agent = application({ charm: { name: 'opentelemetry-collector', base: 'ubuntu@22.04' } });
    expect(lines({ applications: { agent } }, {}, 'machine14')).toEqual(
      all([['agent:cos-agent', 'db:cos-agent']]),
    );
  });
});

describe('on machines', () => {
  const agent = application({ charm: { name: 'grafana-agent' }, units: 0 });
  const related = [
    relate('db:cos-agent', 'agent:cos-agent', 'cos_agent', { scope: 'container' }),
    relate('agent:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
    relate('agent:logging-consumer', '@loki:logging', 'loki_push_api'),
    relate('agent:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
  ];
  const world: PostgresqlWorld = { applications: { agent }, remoteApplications: offers, relations: related };
  test.each<[string, string, string, ReleaseName, PostgresqlWorld]>([
    ['the agent takes all that there is', 'PG-MON-01', 'pass AsRequired', 'machine14', world],
    ['so it does for PgBouncer', 'PGB-MON-01', 'pass AsRequired', 'machinePgbouncer', world],
    ['without an agent nothing reaches COS', 'PG-MON-01', 'fail NoCollector', 'machine16', {}],
    ['COS in another model is apart', 'PG-MON-02', 'pass AsRequired', 'machine14', world],
    [
      'metrics on their way may carry rules',
      'PG-MON-04',
      'unknown AlertRulesNotObserved',
      'machine14',
      world,
    ],
  ])('%s', (...[, id, expected, release, given]) => {
    expect(saysOn(guide, id, postgresqlWorld(release, given))).toBe(expected);
  });
});

describe('PG-MON-02: COS apart', () => {
  const here = { here: application({}) };
  test.each<[string, string, PostgresqlWorld, Dict<unknown>]>([
    ['in another model passes', 'pass AsRequired', monitored(whole), {}],
    [
      'on the same controller fails where another is asked for',
      'fail CosTooNear',
      monitored(whole),
      { cosIsolation: 'controller' },
    ],
    [
      'in the same model fails',
      'fail CosTooNear',
      monitored([into.logs, relate('otel:send-loki-logs', 'here:logging', 'loki_push_api')], {
        applications: here,
      }),
      {},
    ],
    [
      'in a cloud that is not seen is unknown',
      'unknown CosPlaceNotSeen',
      monitored(whole),
      { cosIsolation: 'cloud' },
    ],
    ['nowhere is nothing to keep apart', 'not-applicable NoCos', {}, {}],
    [
      'behind an unknown collector is unknown',
      'unknown CollectorNotKnown',
      monitored([into.logs], { applications: { otel: application({ charm: { name: 'our-agent' } }) } }),
      {},
    ],
    ['unread relations are unknown', 'unknown NotObserved', { db: { relations: unknownFact('gone') } }, {}],
  ])('%s', (_, expected, world, params) => {
    expect(saysOn(guide, 'PG-MON-02', postgresqlWorld('k8s14', world), { params })).toBe(expected);
  });

  it('asks for another cloud in the strict profile', () => {
    const world = postgresqlWorld('k8s14', monitored(whole));
    expect(saysOn(guide, 'PG-MON-02', world, { profile: 'strict' })).toBe('unknown CosPlaceNotSeen');
  });
});

describe('PG-MON-04: alert rules', () => {
  test.each<[string, string, PostgresqlWorld]>([
    ['no metrics, no rules', 'fail NoCollector', {}],
    ['metrics that lead nowhere bring no rules', 'fail SignalsNotShipped', monitored([into.metrics])],
    [
      'whether rules are loaded only Prometheus tells',
      'unknown AlertRulesNotObserved',
      monitored([into.metrics, onward.metrics]),
    ],
  ])('%s', (_, expected, world) => {
    expect(saysOn(guide, 'PG-MON-04', postgresqlWorld('k8s16', world))).toBe(expected);
  });
});
