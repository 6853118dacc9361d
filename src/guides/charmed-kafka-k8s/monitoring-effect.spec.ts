import { describe, expect, test } from '@jest/globals';
import { cosOffers } from '../../../test/support/etcd.js';
import { findingsOf, kafkaWorld, nameOf, type ProductName } from '../../../test/support/kafka.js';
import { stack, watchedBy, type StackSpec } from '../../../test/support/stack.js';
import { application, relate } from '../../../test/support/world.js';
import { charmedKafkaK8s as guide } from './index.js';

const each = [
  ['KAFKA-MON-01', 'k8s4'],
  ['ZK-MON-01', 'zookeeper'],
] as const satisfies readonly (readonly [string, ProductName])[];

describe.each(each)('%s by effect on %s', (id, product) => {
  const name = nameOf(product);
  const shipped = kafkaWorld(product, {
    applications: { otel: application({ charm: { name: 'opentelemetry-collector-k8s' } }) },
    remoteApplications: cosOffers(),
    relations: [
      relate(`${name}:metrics-endpoint`, 'otel:metrics-endpoint', 'prometheus_scrape'),
      relate(`${name}:logging`, 'otel:receive-loki-logs', 'loki_push_api'),
      relate(`${name}:grafana-dashboard`, 'otel:grafana-dashboards-consumer', 'grafana_dashboard'),
      relate('otel:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
      relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
      relate('otel:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
    ],
  });

  test.each<[string, string, StackSpec]>([
    ['passes where metrics and logs arrive', 'pass AsRequired', {}],
    ['fails where nothing is measured', 'fail NoTarget', { targets: [] }],
    ['fails where no line arrives', 'fail NoRecentLogs', { logs: 'none' }],
    [
      'finds brokers that differ',
      'inconsistent TargetDown',
      { targets: [{ unit: `${name}/0`, job: 'jmx', up: true }] },
    ],
  ])('%s', (_name, expected, spec) => {
    const found = findingsOf(guide, id, { world: watchedBy(shipped, stack(name, spec)), application: name });
    expect(found.map(({ judgement }) => `${judgement.outcome} ${judgement.reason}`)).toEqual([expected]);
  });
});
