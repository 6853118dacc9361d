import { describe, expect, test } from '@jest/globals';
import { cosOffers, etcdWorld, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { members } from '../../../test/support/inside.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import { etcdBestPractice } from './index.js';

const monitored: EtcdWorld = {
  applications: { otel: application({ charm: { name: 'opentelemetry-collector' }, units: 0 }) },
  remoteApplications: cosOffers(),
  relations: [
    relate('etcd:cos-agent', 'otel:cos-agent', 'cos_agent'),
    relate('otel:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
    relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
    relate('otel:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
  ],
};

describe('EBP-MON-01: metrics', () => {
  test.each<[string, string, EtcdWorld]>([
    ['no collector fails', 'fail NoCollector', {}],
    ['the whole way there leaves the alert rules open', 'unknown AlertRulesNotObserved', monitored],
  ])('%s', (_, expected, world) => {
    expect(saysOn(etcdBestPractice, 'EBP-MON-01', etcdWorld(world))).toBe(expected);
  });
});

const keeping: EtcdWorld = {
  etcd: {
    workload: members('etcd', 2, {
      'log-outputs': '/var/snap/charmed-etcd/common/var/log/etcd/etcd.log',
      'enable-log-rotation': 'true',
    }),
  },
};

describe('EBP-MON-02: access is recorded', () => {
  test.each<[string, string, EtcdWorld]>([
    [
      'a controller without an audit log fails',
      'fail AuditLogOff',
      { ...monitored, prod: { config: { 'auditing-enabled': false } } },
    ],
    ['logs that are not shipped fail', 'fail NoCollector', {}],
    ['both there leave open what the units write', 'unknown WorkloadEvidenceOff', monitored],
    ['both there, and every unit keeps its log, pass', 'pass AsRequired', { ...monitored, ...keeping }],
    [
      'both there, and a log that no unit rotates, fail',
      'fail LogNotKept',
      { ...monitored, etcd: { workload: members('etcd', 2, { 'log-outputs': '/var/log/etcd.log' }) } },
    ],
    [
      'a log that is kept while the audit log is off fails',
      'fail AuditLogOff',
      { ...monitored, ...keeping, prod: { config: { 'auditing-enabled': false } } },
    ],
    [
      'with what is kept, unread controller settings are unknown',
      'unknown NotObserved',
      { ...monitored, ...keeping, prod: { config: unknownFact('file') } },
    ],
    [
      'unread controller settings are unknown',
      'unknown WorkloadEvidenceOff',
      { ...monitored, prod: { config: unknownFact('file') } },
    ],
  ])('%s', (_, expected, world) => {
    expect(saysOn(etcdBestPractice, 'EBP-MON-02', etcdWorld(world))).toBe(expected);
  });
});
