import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { parse } from 'yaml';
import { cosOffers, etcdWorld, findingOn, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import {
  condition,
  route,
  routing,
  rule,
  stack,
  watchedBy,
  type StackSpec,
} from '../../../test/support/stack.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { AlertRule } from '../../core/observability/stack.js';
import type { Snapshot } from '../../core/snapshot.js';
import { etcdBestPractice } from './index.js';

const shipped: EtcdWorld = {
  applications: { otel: application({ charm: { name: 'opentelemetry-collector' }, units: 0 }) },
  remoteApplications: cosOffers(),
  relations: [
    relate('etcd:cos-agent', 'otel:cos-agent', 'cos_agent'),
    relate('otel:send-remote-write', '@prometheus:receive-remote-write', 'prometheus_remote_write'),
    relate('otel:send-loki-logs', '@loki:logging', 'loki_push_api'),
    relate('otel:grafana-dashboards-provider', '@grafana:grafana-dashboard', 'grafana_dashboard'),
  ],
};
const named = (...names: readonly string[]): readonly AlertRule[] => names.map((name) => rule(name));
const all = named('EtcdSlowFsync', 'EtcdErrors', 'EtcdDatabaseFull', 'EtcdUnauthorised', 'EtcdUnusualUse');
const world = (spec: StackSpec = {}, more: EtcdWorld = {}): Snapshot =>
  watchedBy(etcdWorld({ ...shipped, ...more }), stack('etcd', { rules: all, ...spec }));
const says = (id: string, snapshot: Snapshot, params: Dict<unknown> = {}): string =>
  saysOn(etcdBestPractice, id, snapshot, { params });
const day = 86_400;

describe('EBP-MON-01 by effect', () => {
  test.each<[string, string, Snapshot]>([
    ['passes where all is measured, watched and kept', 'pass AsRequired', world()],
    ['counts rules that are about every etcd', 'pass AsRequired', world({ rules: [], generalRules: all })],
    [
      "counts etcd's own collection of rules",
      'pass AsRequired',
      world({
        rules: named(
          'etcdHighFsyncDurations',
          'etcdHighNumberOfFailedProposals',
          'etcdDatabaseQuotaLowSpace',
        ),
      }),
    ],
    ['fails where no rule is loaded', 'fail NoAlertRuleLoaded', world({ rules: [] })],
    [
      'fails where rules are about something else',
      'fail NoAlertRuleLoaded',
      world({ rules: named('HostDown') }),
    ],
    [
      'fails where one topic has none',
      'fail AlertRulesMissing',
      world({ rules: named('EtcdSlowFsync', 'EtcdErrors') }),
    ],
    [
      'fails where a rule cannot be evaluated',
      'fail AlertRulesBroken',
      world({ rules: [...all, rule('EtcdSlowCommit', { health: 'err', trouble: 'many-to-many' })] }),
    ],
    ['fails where a unit is not measured', 'fail NoTarget', world({ targets: [] })],
    ['fails where no log arrives', 'fail NoRecentLogs', world({ logs: 'none' })],
    [
      'fails where metrics are gone before they can be compared',
      'fail RetentionTooShort',
      world({ metricsRetention: { kept: 'seconds', seconds: day } }),
    ],
    [
      'is unknown where they are deleted by size',
      'unknown RetentionBySize',
      world({ metricsRetention: { kept: 'seconds', seconds: 15 * day, orSize: '1GB' } }),
    ],
    [
      'is unknown where that is not told',
      'unknown RetentionNotShown',
      world({ metricsRetention: { kept: 'not-shown' } }),
    ],
    ['is unknown where rules were not read', 'unknown NotObserved', world({ rules: unknownFact('refused') })],
    [
      'is unknown where the general rules were not read',
      'unknown NotObserved',
      world({ generalRules: unknownFact('refused') }),
    ],
    ['is unknown where the model was not asked about', 'unknown StackNotAsked', world({ isAsked: false })],
    ['fails by the relations where these lack', 'fail NoCollector', world({}, { relations: [] })],
    ['without Prometheus leaves it open', 'unknown AlertRulesNotObserved', world({ servers: {} })],
  ])('%s', (_name, expected, snapshot) => {
    expect(says('EBP-MON-01', snapshot)).toBe(expected);
  });

  it('takes the rules that the policy names', () => {
    const own = world({ rules: named('OurLatency', 'EtcdErrors', 'EtcdDatabaseFull') });
    expect(says('EBP-MON-01', own)).toBe('fail AlertRulesMissing');
    expect(says('EBP-MON-01', own, { latency: ['OurLatency'] })).toBe('pass AsRequired');
  });
});

describe('EBP-MON-03', () => {
  const silence = (endsAt: string, ...texts: readonly string[]) => ({
    id: 's',
    endsAt,
    matchers: texts.map(condition),
  });
  test.each<[string, string, Snapshot]>([
    ['passes where rules are loaded and reach somebody', 'pass AsRequired', world()],
    ['needs no relation', 'pass AsRequired', world({}, { relations: [] })],
    ['fails where no rule is loaded', 'fail NoAlertRuleLoaded', world({ rules: [] })],
    [
      'fails where nothing calls for attention on unauthorised access',
      'fail AlertRulesMissing',
      world({ rules: named('EtcdErrors', 'EtcdUnusualUse') }),
    ],
    [
      'fails where a rule cannot be evaluated',
      'fail AlertRulesBroken',
      world({ rules: all.map((one) => ({ ...one, health: 'err' })) }),
    ],
    ['fails where Prometheus tells no Alertmanager', 'fail AlertsReachNobody', world({ alertmanagers: 0 })],
    [
      'fails where the receiver tells nobody',
      'fail AlertsReachNobody',
      world({ routing: routing('nobody') }),
    ],
    [
      'passes where only what is not grave is dropped',
      'pass AsRequired',
      world({
        rules: [...all, rule('EtcdLoginsFail', { labels: { severity: 'info' } })],
        routing: routing('team', [route('nobody', [condition('severity=info')])]),
      }),
    ],
    [
      'fails where what is critical is dropped',
      'fail AlertsReachNobody',
      world({
        rules: [...all, rule('EtcdLoginsFail', { labels: { severity: 'critical' } })],
        routing: routing('team', [route('nobody', [condition('alertname=EtcdLoginsFail')])]),
      }),
    ],
    [
      'fails where the route of its model tells nobody',
      'fail AlertsReachNobody',
      world({ routing: routing('team', [route('nobody', [condition('juju_model=data')])]) }),
    ],
    [
      'is unknown where that depends on labels of the alert',
      'unknown AlertRoutesNotClear',
      world({ routing: routing('nobody', [route('team', [condition('juju_unit=etcd/0')])]) }),
    ],
    [
      'fails where all is silenced for long',
      'fail AlertsSilenced',
      world({ silences: [silence('2026-12-24T00:00:00Z', 'juju_application=etcd')] }),
    ],
    [
      'passes over the silence of a maintenance',
      'pass AsRequired',
      world({ silences: [silence('2026-11-22T08:00:00Z', 'juju_application=etcd')] }),
    ],
    [
      'passes over a silence of one alert, or of others',
      'pass AsRequired',
      world({
        silences: [
          silence('2027-12-24T00:00:00Z', 'juju_application=etcd', 'alertname=EtcdErrors'),
          silence('2027-12-24T00:00:00Z', 'juju_application=kafka'),
        ],
      }),
    ],
    [
      'is unknown, with what is missing, where no Alertmanager is named',
      'unknown PermissionMissing',
      world({ routing: unknownFact('the policy names none', 'alertmanager of the stack') }),
    ],
    [
      'is unknown where silences were not read',
      'unknown NotObserved',
      world({ silences: unknownFact('gone') }),
    ],
    [
      'is unknown where Prometheus does not tell where it sends',
      'unknown NotObserved',
      world({ alertmanagers: unknownFact('gone') }),
    ],
    ['is unknown where rules were not read', 'unknown NotObserved', world({ rules: unknownFact('refused') })],
    ['is unknown where the model was not asked about', 'unknown StackNotAsked', world({ isAsked: false })],
    ['without a stack leaves it open', 'unknown AlertRulesNotObserved', etcdWorld(shipped)],
  ])('%s', (_name, expected, snapshot) => {
    expect(says('EBP-MON-03', snapshot)).toBe(expected);
  });

  it('fails when the silence is still longer than a day, and no later', () => {
    const snapshot = world({ silences: [silence('2026-11-25T00:00:00Z', 'juju_application=etcd')] });
    const { judgement, validUntil } = findingOn(etcdBestPractice, 'EBP-MON-03', snapshot);
    expect([judgement.message, validUntil]).toEqual([
      'every alert about etcd is silenced until 2026-11-25T00:00:00Z',
      Date.parse('2026-11-24T00:00:00Z'),
    ]);
    expect(says('EBP-MON-03', snapshot, { longestSilence: '7d' })).toBe('pass AsRequired');
  });

  it('names the receivers as evidence, and no secret', () => {
    const { judgement } = findingOn(etcdBestPractice, 'EBP-MON-03', world({ routing: routing('nobody') }));
    expect(judgement.evidence.at(-1)?.seen).toBe('team: webhook; nobody: tells nobody');
  });
});

describe('the rules that are asked for', () => {
  it('are among those that are delivered', () => {
    const file = new URL('../../../deploy/observability/etcd_alert_rules/etcd.rules', import.meta.url);
    const delivered = parse(readFileSync(file, 'utf8')) as {
      readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
    };
    const rules = delivered.groups.flatMap((group) => group.rules.map(({ alert }) => rule(alert)));
    expect(rules.length).toBeGreaterThan(8);
    const snapshot = world({ rules: [], generalRules: rules });
    expect([says('EBP-MON-01', snapshot), says('EBP-MON-03', snapshot)]).toEqual([
      'pass AsRequired',
      'pass AsRequired',
    ]);
    const asked = ['EBP-MON-01', 'EBP-MON-03'].flatMap((id) => {
      const { control } = findingOn(etcdBestPractice, id, snapshot);
      const params = control.params.parse({}) as Record<string, unknown>;
      return Object.values(params).flatMap((value) => (Array.isArray(value) ? (value as string[]) : []));
    });
    const known = new Set(rules.map(({ name }) => name));
    expect(asked.filter((name) => name.startsWith('Etcd') && !known.has(name))).toEqual([]);
  });
});

describe('EBP-MON-02 by effect', () => {
  test.each<[string, string, Snapshot]>([
    ['fails where no log arrives', 'fail NoRecentLogs', world({ logs: 'none' })],
    ['leaves open what only the units show', 'unknown WorkloadEvidenceOff', world()],
  ])('%s', (_name, expected, snapshot) => {
    expect(says('EBP-MON-02', snapshot)).toBe(expected);
  });
});

describe('EBP-MON-06', () => {
  const loki = (transport: 'https' | 'http' | 'loopback') => ({ loki: { host: 'loki', transport } });
  test.each<[string, string, Snapshot]>([
    ['leaves the readers to a person where all else is well', 'manual AttestationMissing', world()],
    [
      'passes over logs that are kept for ever',
      'manual AttestationMissing',
      world({ logRetention: { kept: 'for-ever' } }),
    ],
    [
      'fails where logs are deleted too soon',
      'fail RetentionTooShort',
      world({ logRetention: { kept: 'seconds', seconds: 7 * day } }),
    ],
    [
      'is unknown where they are deleted by size',
      'unknown RetentionBySize',
      world({ logRetention: { kept: 'for-ever', orSize: '1GB' } }),
    ],
    ['fails where Loki is asked over http', 'fail LogStoreUnencrypted', world({ servers: loki('http') })],
    [
      'does not judge a proxy on this machine',
      'manual AttestationMissing',
      world({ servers: loki('loopback') }),
    ],
    [
      'leaves to the person what Loki does not tell',
      'manual AttestationMissing',
      world({ logRetention: { kept: 'not-shown' } }),
    ],
    [
      'fails over http, whatever Loki does not tell',
      'fail LogStoreUnencrypted',
      world({ logRetention: { kept: 'not-shown' }, servers: loki('http') }),
    ],
    [
      'is unknown where Loki was not read',
      'unknown NotObserved',
      world({ logRetention: unknownFact('gone') }),
    ],
    [
      'is unknown where nothing of the stack is',
      'unknown NotObserved',
      world({ servers: unknownFact('gone') }),
    ],
    ['without Loki is for a person', 'manual AttestationMissing', world({ servers: {} })],
  ])('%s', (_name, expected, snapshot) => {
    expect(says('EBP-MON-06', snapshot)).toBe(expected);
  });

  it('asks for as long as the policy says', () => {
    expect(says('EBP-MON-06', world(), { logRetention: '90d' })).toBe('fail RetentionTooShort');
  });
});
