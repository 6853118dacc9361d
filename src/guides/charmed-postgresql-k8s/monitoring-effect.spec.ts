import { describe, expect, it, test } from '@jest/globals';
import { cosOffers, remote } from '../../../test/support/etcd.js';
import {
  findingOn,
  postgresqlWorld,
  saysOn,
  type PostgresqlWorld,
} from '../../../test/support/postgresql.js';
import { routing, rule, stack, watchedBy, type StackSpec } from '../../../test/support/stack.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Snapshot } from '../../core/snapshot.js';
import { charmedPostgresqlK8s as guide } from './index.js';

const shipped: PostgresqlWorld = {
  applications: { otel: application({ charm: { name: 'opentelemetry-collector-k8s' } }) },
  remoteApplications: {
    ...cosOffers(),
    tempo: remote('tempo', 'admin/cos.tempo', { name: 'tracing', interface: 'tracing', role: 'provider' }),
  },
  relations: [
    relate('db:metrics-endpoint', 'otel:metrics-endpoint', 'prometheus_scrape'),
    relate('db:logging', 'otel:receive-loki-logs', 'loki_push_api'),
    relate('db:grafana-dashboard', 'otel:grafana-dashboards-consumer', 'grafana_dashboard'),
    relate('db:tracing', 'otel:receive-traces', 'tracing'),
    relate('otel:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
    relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
    relate('otel:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
    relate('otel:send-traces', '@tempo:tracing', 'tracing'),
  ],
};
const world = (spec: StackSpec = {}, more: PostgresqlWorld = {}): Snapshot =>
  watchedBy(postgresqlWorld('k8s16', { ...shipped, ...more }), stack('db', spec));
const says = (id: string, snapshot: Snapshot, params = {}): string => saysOn(guide, id, snapshot, { params });

describe('PG-MON-01 by effect', () => {
  test.each<[string, string, Snapshot, object]>([
    ['passes where all arrives', 'pass AsRequired', world(), {}],
    ['fails where nothing is measured', 'fail NoTarget', world({ targets: [] }), {}],
    ['fails where no log arrives', 'fail NoRecentLogs', world({ logs: 'none' }), {}],
    [
      'asks for no logs where the policy does not',
      'pass AsRequired',
      world({ logs: 'none' }),
      { signals: ['metrics'] },
    ],
  ])('%s', (_name, expected, snapshot, params) => {
    expect(says('PG-MON-01', snapshot, params)).toBe(expected);
  });

  it('holds for PgBouncer, too', () => {
    const snapshot = watchedBy(postgresqlWorld('pgbouncer', shipped), stack('db', { targets: [] }));
    expect(says('PGB-MON-01', snapshot)).toBe('fail NoTarget');
  });
});

describe('PG-MON-04 by effect', () => {
  const withoutRelations = { relations: [] };
  const unread = { db: { relations: unknownFact('gone') } };
  test.each<[string, string, Snapshot]>([
    ['passes where rules are loaded and reach somebody', 'pass AsRequired', world()],
    [
      'needs no Alertmanager where the policy names none',
      'pass AsRequired',
      world({
        servers: { prometheus: { host: 'p', transport: 'https' } },
        routing: unknownFact('none named'),
      }),
    ],
    ['fails where no rule is loaded', 'fail NoAlertRuleLoaded', world({ rules: [] })],
    [
      'does not count the rules that COS adds to everything',
      'fail NoAlertRuleLoaded',
      world({ rules: [rule('HostDown'), rule('HostMetricsMissing')] }),
    ],
    [
      'fails where a rule cannot be evaluated',
      'fail AlertRulesBroken',
      world({ rules: [rule('A'), rule('B', { health: 'err' })] }),
    ],
    ['fails where they reach nobody', 'fail AlertsReachNobody', world({ routing: routing('nobody') })],
    [
      'fails by the relations where these lack too',
      'fail NoCollector',
      world({ rules: [] }, withoutRelations),
    ],
    [
      'tells where rules are loaded that no relation brings',
      'inconsistent RulesWithoutRelation',
      world({}, withoutRelations),
    ],
    ['believes Prometheus where the relations were not read', 'pass AsRequired', world({}, unread)],
    ['and where it misses rules', 'fail NoAlertRuleLoaded', world({ rules: [] }, unread)],
    [
      'is unknown where Prometheus was not read',
      'unknown NotObserved',
      world({ rules: unknownFact('no answer in time') }),
    ],
    ['without Prometheus leaves it open', 'unknown AlertRulesNotObserved', postgresqlWorld('k8s16', shipped)],
  ])('%s', (_name, expected, snapshot) => {
    expect(says('PG-MON-04', snapshot)).toBe(expected);
  });

  it('says what would settle it where nobody may ask', () => {
    const { judgement } = findingOn(guide, 'PG-MON-04', postgresqlWorld('k8s16', shipped));
    expect(judgement.message).toContain('needs the address of Prometheus under observability in the policy');
  });
});
