import { describe, expect, it, test } from '@jest/globals';
import {
  cosOffers,
  etcdWorld,
  findingOn,
  linesOf,
  saysOn,
  type EtcdWorld,
} from '../../../test/support/etcd.js';
import { members } from '../../../test/support/inside.js';
import { application, controller, model, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const agent = relate('etcd:cos-agent', 'otel:cos-agent', 'cos_agent', { scope: 'container' });
const metrics = relate(
  'otel:send-remote-write',
  '@prometheus:receive-remote-write',
  'prometheus_remote_write',
);
const logs = relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api');
const dashboards = relate(
  'otel:grafana-dashboards-provider',
  '@grafana:grafana-dashboard',
  'grafana_dashboard',
);
const whole = [agent, metrics, logs, dashboards];

function monitored(relations: readonly Relation[], more: EtcdWorld = {}): EtcdWorld {
  const otel = application({ charm: { name: 'opentelemetry-collector' }, units: 0 });
  return {
    remoteApplications: cosOffers(),
    relations,
    ...more,
    applications: { otel, ...more.applications },
  };
}

describe('ETCD-MON-01: metrics, logs and dashboards reach COS', () => {
  test.each<[string, string, EtcdWorld]>([
    ['all three passing on pass', 'pass AsRequired', monitored(whole)],
    ['no collector fails', 'fail NoCollector', monitored([metrics, logs, dashboards])],
    ['a collector that leads nowhere is no monitoring', 'fail SignalsNotShipped', monitored([agent])],
    ['one signal missing fails', 'fail SignalsNotShipped', monitored([agent, metrics, dashboards])],
    [
      'a signal through a suspended relation is missing',
      'fail SignalsNotShipped',
      monitored([agent, metrics, { ...logs, status: 'suspended' }, dashboards]),
    ],
    [
      'a signal that stays in the model does not reach COS',
      'fail SignalsNotShipped',
      monitored(
        [agent, metrics, relate('otel:send-loki-logs', 'loki-here:logging', 'loki_push_api'), dashboards],
        { applications: { 'loki-here': application({}) } },
      ),
    ],
    [
      'a suspended collector fails',
      'fail CollectorRelationDown',
      monitored([{ ...agent, status: 'suspended' }, metrics, logs, dashboards]),
    ],
    [
      'something else at the endpoint is unknown',
      'unknown CollectorNotKnown',
      { applications: { otel: application({ charm: { name: 'our-agent' } }) }, relations: whole },
    ],
    [
      'a collector whose relations were not read is unknown',
      'unknown SignalsNotSeen',
      {
        applications: {
          otel: application({ charm: { name: 'opentelemetry-collector' }, relations: unknownFact('gone') }),
        },
        relations: whole,
      },
    ],
    ['unread relations are unknown', 'unknown NotObserved', { etcd: { relations: unknownFact('gone') } }],
    [
      'a relation without endpoints is known by its interface',
      'pass AsRequired',
      monitored([relate('etcd', 'otel', 'cos_agent'), metrics, logs, dashboards]),
    ],
  ])('%s', (_, expected, world) => {
    expect(saysOn(charmedEtcd, 'ETCD-MON-01', etcdWorld(world))).toBe(expected);
  });

  it('says which signal is missing and where the others lead', () => {
    const { judgement } = findingOn(charmedEtcd, 'ETCD-MON-01', etcdWorld(monitored([agent, metrics])));
    expect(judgement.message).toBe('logs, dashboards do not reach COS from otel');
    expect(judgement.evidence.map(({ seen }) => seen)).toEqual([
      'metrics: admin/cos.prometheus',
      'logs: lead nowhere',
      'dashboards: lead nowhere',
    ]);
  });
});

describe('ETCD-MON-01: what it proposes', () => {
  const lines = (world: EtcdWorld, params: Dict<unknown> = {}) =>
    linesOf(findingOn(charmedEtcd, 'ETCD-MON-01', etcdWorld(world), { params }));
  const m = 'juju integrate -m prod:admin/data';
  const toAgent = `${m} otel:cos-agent etcd:cos-agent`;
  const toCos = [
    `${m} otel:send-remote-write prometheus:receive-remote-write`,
    `${m} otel:send-loki-logs loki:logging`,
    `${m} otel:grafana-dashboards-provider grafana:grafana-dashboard`,
  ];
  const second = { second: application({ charm: { name: 'grafana-agent' } }) };
  const otherLoki = { loki2: { ...cosOffers()['loki'], name: 'loki2' } } as typeof offers;
  const offers = cosOffers();

  test.each<[string, EtcdWorld, Dict<unknown>, readonly string[]]>([
    ['the collector first, then the three signals', monitored([]), {}, [toAgent, ...toCos]],
    ['only what is missing', monitored([agent, metrics, dashboards]), {}, toCos.slice(1, 2)],
    [
      'the collector alone where no offer is consumed',
      monitored([], { remoteApplications: {} }),
      {},
      [toAgent],
    ],
    ['nothing where two collectors could do it', monitored([], { applications: second }), {}, []],
    [
      'the one that the policy names of two',
      monitored([], { applications: second }),
      { collector: 'otel' },
      [toAgent, ...toCos],
    ],
    [
      'no collector of another base',
      {
        applications: {
          otel: application({ charm: { name: 'opentelemetry-collector', base: 'ubuntu@22.04' } }),
        },
      },
      {},
      [],
    ],
    [
      'no collector for Kubernetes',
      { applications: { otel: application({ charm: { name: 'opentelemetry-collector-k8s' } }) } },
      {},
      [],
    ],
    [
      'no signal to one of two stores',
      monitored([agent, metrics, dashboards], { remoteApplications: { ...offers, ...otherLoki } }),
      {},
      [],
    ],
    [
      'the store that the policy names of two',
      monitored([agent, metrics, dashboards], { remoteApplications: { ...offers, ...otherLoki } }),
      { cos: { logs: 'loki2' } },
      [`${m} otel:send-loki-logs loki2:logging`],
    ],
    [
      'nothing where two collectors are related',
      monitored([agent, relate('etcd:cos-agent', 'second:cos-agent', 'cos_agent')], { applications: second }),
      {},
      [],
    ],
    ['nothing where a relation stands badly', monitored([{ ...agent, status: 'broken' }]), {}, []],
  ])('%s', (_, world, params, expected) => {
    expect(lines(world, params)).toEqual(expected);
  });

  it('is safe to do unattended', () => {
    const { remedies } = findingOn(charmedEtcd, 'ETCD-MON-01', etcdWorld(monitored([])));
    expect(remedies.map(({ disruptive, risk }) => [disruptive, risk])).toEqual(Array(4).fill([false, 'low']));
  });
});

describe('ETCD-MON-02: COS runs apart', () => {
  const cos = (cloud: string) => model({ info: { cloud } });
  const at = (place: string, more: EtcdWorld = {}) =>
    monitored(whole, { remoteApplications: cosOffers(place), ...more });
  test.each<[string, string, EtcdWorld, Dict<unknown>]>([
    ['another model passes by default', 'pass AsRequired', at(''), {}],
    ['another model is not another controller', 'fail CosTooNear', at(''), { cosIsolation: 'controller' }],
    [
      'our own controller by name is not another one',
      'fail CosTooNear',
      at('prod'),
      { cosIsolation: 'controller' },
    ],
    ['another controller passes', 'pass AsRequired', at('far'), { cosIsolation: 'controller' }],
    [
      'another cloud that is not watched is unknown',
      'unknown CosPlaceNotSeen',
      at('far'),
      { cosIsolation: 'cloud' },
    ],
    [
      'another cloud that is watched passes',
      'pass AsRequired',
      at('far', { others: { far: controller({ models: { cos: cos('elsewhere') } }) } }),
      { cosIsolation: 'cloud' },
    ],
    [
      'the same cloud fails',
      'fail CosTooNear',
      at('', { prod: { models: { cos: cos('stack') } } }),
      { cosIsolation: 'cloud' },
    ],
    [
      'an offer of our own model fails',
      'fail CosTooNear',
      monitored(whole, {
        remoteApplications: Object.fromEntries(
          Object.entries(cosOffers()).map(([name, one]) => [
            name,
            { ...one, offerUrl: `admin/data.${name}` },
          ]),
        ),
      }),
      {},
    ],
    [
      'one end in the same model fails',
      'fail CosTooNear',
      monitored([agent, metrics, relate('otel:send-loki-logs', 'loki-here:logging', 'loki_push_api')], {
        applications: { 'loki-here': application({}) },
      }),
      {},
    ],
    [
      'an offer that is not shown is unknown',
      'unknown CosPlaceNotSeen',
      monitored(whole, { remoteApplications: unknownFact('gone') }),
      {},
    ],
    ['without COS there is nothing to keep apart', 'not-applicable NoCos', {}, {}],
    [
      'a collector that leads nowhere has nothing to keep apart',
      'not-applicable NoCos',
      monitored([agent]),
      {},
    ],
    ['unread relations are unknown', 'unknown NotObserved', { etcd: { relations: unknownFact('gone') } }, {}],
  ])('%s', (_, expected, world, params) => {
    expect(saysOn(charmedEtcd, 'ETCD-MON-02', etcdWorld(world), { params })).toBe(expected);
  });

  it('asks for another cloud in the strict profile', () => {
    const world = etcdWorld(at('', { prod: { models: { cos: cos('stack') } } }));
    expect(saysOn(charmedEtcd, 'ETCD-MON-02', world, { profile: 'strict' })).toBe('fail CosTooNear');
    expect(
      saysOn(charmedEtcd, 'ETCD-MON-02', world, { profile: 'strict', params: { cosIsolation: 'model' } }),
    ).toBe('pass AsRequired');
  });
});

const kept = {
  'log-outputs': '/var/snap/charmed-etcd/common/var/log/etcd/etcd.log',
  'enable-log-rotation': 'true',
};

/** Logs are shipped; what the units write is said. */
function writing(...settings: readonly Dict<string>[]): EtcdWorld {
  return { ...monitored([agent, logs]), etcd: { workload: members('etcd', 2, ...settings) } };
}

describe('ETCD-MON-03: logs', () => {
  test.each<[string, string, EtcdWorld]>([
    [
      'logs that do not leave the machine fail',
      'fail SignalsNotShipped',
      monitored([agent, metrics, dashboards]),
    ],
    ['without a collector they fail', 'fail NoCollector', {}],
    [
      'shipped ones leave open whether they are written and rotated',
      'unknown WorkloadEvidenceOff',
      monitored([agent, logs]),
    ],
    ['shipped ones that every unit rotates pass', 'pass AsRequired', writing(kept)],
    [
      'shipped ones that a unit writes to no file differ',
      'inconsistent UnitsDiffer',
      writing(kept, { ...kept, 'log-outputs': 'stderr' }),
    ],
    [
      'shipped ones that no unit rotates fail',
      'fail LogNotKept',
      writing({ ...kept, 'enable-log-rotation': 'false' }),
    ],
  ])('%s', (_, expected, world) => {
    expect(saysOn(charmedEtcd, 'ETCD-MON-03', etcdWorld(world))).toBe(expected);
  });
});
