import { describe, expect, it, test } from '@jest/globals';
import { cosOffers, linesOf } from '../../../test/support/etcd.js';
import { findingOf, nameOf, saysOf, type KafkaWorld, type ProductName } from '../../../test/support/kafka.js';
import { application, model, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedKafkaK8s as guide } from './index.js';

const onward = [
  relate('otel:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
  relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
  relate('otel:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
];

/** By three endpoints on Kubernetes, by one on machines. */
function toCollector(product: ProductName): readonly Relation[] {
  const name = nameOf(product);
  if (product.startsWith('machine'))
    return [relate(`${name}:cos-agent`, 'otel:cos-agent', 'cos_agent', { scope: 'container' })];
  return [
    relate(`${name}:metrics-endpoint`, 'otel:metrics-endpoint', 'prometheus_scrape'),
    relate(`${name}:logging`, 'otel:receive-loki-logs', 'loki_push_api'),
    relate(`${name}:grafana-dashboard`, 'otel:grafana-dashboards-consumer', 'grafana_dashboard'),
  ];
}

function monitored(product: ProductName, relations: readonly Relation[], more: KafkaWorld = {}): KafkaWorld {
  const machine = product.startsWith('machine');
  const base = product === 'machine4' ? 'ubuntu@24.04' : 'ubuntu@22.04';
  const charm = machine ? { name: 'opentelemetry-collector', base } : { name: 'opentelemetry-collector-k8s' };
  const otel = application({ charm, units: machine ? 0 : 1 });
  return {
    remoteApplications: cosOffers(),
    relations,
    ...more,
    applications: { otel, ...more.applications },
  };
}

const each = [
  ['KAFKA-MON-01', 'k8s3'],
  ['KAFKA-MON-01', 'k8s4'],
  ['KAFKA-MON-01', 'machine3'],
  ['KAFKA-MON-01', 'machine4'],
  ['ZK-MON-01', 'zookeeper'],
  ['ZK-MON-01', 'machineZookeeper'],
] as const;

describe.each(each)('%s on %s', (id, product) => {
  const says = (relations: readonly Relation[], more: KafkaWorld = {}) =>
    saysOf(guide, id, product, monitored(product, relations, more));

  it('passes when metrics, logs and dashboards reach COS', () => {
    expect(says([...toCollector(product), ...onward])).toBe('pass AsRequired');
  });

  it('fails without a collector', () => {
    expect(says(onward)).toBe('fail NoCollector');
  });

  it('fails where the collector leads nowhere', () => {
    expect(says(toCollector(product))).toBe('fail SignalsNotShipped');
  });

  it('fails where one signal is missing', () => {
    expect(says([...toCollector(product), ...onward.slice(1)])).toBe('fail SignalsNotShipped');
  });

  it('is unknown with the permission where the relations were not read', () => {
    const relations = unknownFact('not listed', 'read on the model');
    expect(saysOf(guide, id, product, { it: { relations } })).toBe('unknown PermissionMissing');
  });

  it('is unknown where what is related is no known collector', () => {
    const applications = { otel: application({ charm: { name: 'our-agent' } }) };
    expect(says([...toCollector(product), ...onward], { applications })).toBe('unknown CollectorNotKnown');
  });
});

describe('what is proposed', () => {
  const m = 'juju integrate -m prod:admin/data';
  const toCos = [
    `${m} otel:send-remote-write prometheus:receive-remote-write`,
    `${m} otel:send-loki-logs loki:logging`,
    `${m} otel:grafana-dashboards-provider grafana:grafana-dashboard`,
  ];
  const lines = (product: ProductName, spec: KafkaWorld, params: Dict<unknown> = {}) => {
    const id = nameOf(product) === 'zookeeper' ? 'ZK-MON-01' : 'KAFKA-MON-01';
    return linesOf(findingOf(guide, id, product, { ...spec, judging: { params } }));
  };

  it('on Kubernetes, each signal into the OpenTelemetry collector and on from there', () => {
    expect(lines('k8s4', monitored('k8s4', []))).toEqual([
      `${m} kafka:metrics-endpoint otel:metrics-endpoint`,
      toCos[0],
      `${m} kafka:logging otel:receive-loki-logs`,
      toCos[1],
      `${m} kafka:grafana-dashboard otel:grafana-dashboards-consumer`,
      toCos[2],
    ]);
  });

  it('on Kubernetes, into the endpoints of the Grafana agent, which are called otherwise', () => {
    const otel = application({ charm: { name: 'grafana-agent-k8s' } });
    expect(lines('zookeeper', monitored('zookeeper', [], { applications: { otel } }))).toEqual([
      `${m} zookeeper:metrics-endpoint otel:metrics-endpoint`,
      toCos[0],
      `${m} zookeeper:logging otel:logging-provider`,
      `${m} otel:logging-consumer loki:logging`,
      `${m} zookeeper:grafana-dashboard otel:grafana-dashboards-consumer`,
      toCos[2],
    ]);
  });

  it('on machines, the agent first, then the three signals', () => {
    const agent = (name: string) => `${m} otel:cos-agent ${name}:cos-agent`;
    expect(lines('machine3', monitored('machine3', []))).toEqual([agent('kafka'), ...toCos]);
    expect(lines('machineZookeeper', monitored('machineZookeeper', []))).toEqual([
      agent('zookeeper'),
      ...toCos,
    ]);
  });

  it('only what is missing, and nothing unattended that disturbs', () => {
    const { remedies } = findingOf(
      guide,
      'KAFKA-MON-01',
      'k8s3',
      monitored('k8s3', [...toCollector('k8s3').slice(1), ...onward]),
    );
    expect(remedies.map(({ effect, disruptive }) => ({ effect, disruptive }))).toEqual([
      { effect: 'otel takes the metrics of kafka', disruptive: false },
    ]);
  });

  it('the collector that the policy names of two', () => {
    const second = application({ charm: { name: 'grafana-agent-k8s' } });
    const spec = monitored('k8s3', onward, { applications: { second } });
    expect(lines('k8s3', spec)).toEqual([]);
    expect(lines('k8s3', spec, { collector: 'otel' })).toContain(`${m} kafka:logging otel:receive-loki-logs`);
  });
});

describe('KAFKA-MON-02: COS runs apart', () => {
  const cos = model({ type: 'caas', info: { cloud: 'k8s' } });
  test.each<[string, string, ProductName, KafkaWorld, Dict<unknown>]>([
    ['another model passes by default', 'pass AsRequired', 'k8s3', {}, {}],
    ['on machines, too', 'pass AsRequired', 'machine4', {}, {}],
    ['for ZooKeeper, too', 'pass AsRequired', 'zookeeper', {}, {}],
    [
      'another model is not another controller',
      'fail CosTooNear',
      'k8s4',
      {},
      { cosIsolation: 'controller' },
    ],
    [
      'another cloud that is not watched is unknown',
      'unknown CosPlaceNotSeen',
      'k8s4',
      { remoteApplications: cosOffers('far') },
      { cosIsolation: 'cloud' },
    ],
    [
      'the same cloud fails',
      'fail CosTooNear',
      'k8s4',
      { prod: { models: { cos } } },
      { cosIsolation: 'cloud' },
    ],
    ['without COS there is nothing to keep apart', 'not-applicable NoCos', 'k8s3', { relations: [] }, {}],
    ['on machines, too', 'not-applicable NoCos', 'machine3', { relations: [] }, {}],
    [
      'unread relations are unknown',
      'unknown NotObserved',
      'k8s3',
      { it: { relations: unknownFact('gone') } },
      {},
    ],
  ])('%s: %s', (_, expected, product, ...[more, params]) => {
    const spec = monitored(product, [...toCollector(product), ...onward], more);
    expect(saysOf(guide, 'KAFKA-MON-02', product, { ...spec, judging: { params } })).toBe(expected);
  });

  it('asks for another cloud in the strict profile', () => {
    const spec = monitored('k8s4', [...toCollector('k8s4'), ...onward], { prod: { models: { cos } } });
    const judging = { profile: 'strict' } as const;
    expect(saysOf(guide, 'KAFKA-MON-02', 'k8s4', { ...spec, judging })).toBe('fail CosTooNear');
  });
});

describe("KAFKA-AUD-03: the authorizer's log", () => {
  const says = (product: ProductName, relations: readonly Relation[]) =>
    saysOf(guide, 'KAFKA-AUD-03', product, monitored(product, relations));
  test.each<[string, string, ProductName, readonly Relation[]]>([
    [
      'Kafka 3 on Kubernetes does not ship it, whatever is related',
      'fail AuthorizerLogNotShipped',
      'k8s3',
      [...toCollector('k8s3'), ...onward],
    ],
    ['Kafka 4 on Kubernetes fails without a way for logs', 'fail NoCollector', 'k8s4', []],
    [
      'with one it depends on what is printed inside',
      'unknown ConsoleLogNotSeen',
      'k8s4',
      [...toCollector('k8s4'), ...onward],
    ],
    ['machines fail without a way for logs', 'fail NoCollector', 'machine3', []],
    [
      'with one it depends on what is written inside',
      'unknown WorkloadEvidenceOff',
      'machine3',
      [...toCollector('machine3'), ...onward],
    ],
  ])('%s', (_, expected, product, relations) => {
    expect(says(product, relations)).toBe(expected);
  });

  it('names the charm as the one to mend it', () => {
    const { judgement } = findingOf(guide, 'KAFKA-AUD-03', 'k8s3');
    expect(judgement.fixableBy).toBe('charm');
    expect(judgement.upstream).toContain('server.log');
  });
});
