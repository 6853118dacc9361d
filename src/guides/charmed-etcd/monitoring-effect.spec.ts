/** What arrives in the observability stack, held against what the relations promise. */
import { describe, expect, it, test } from '@jest/globals';
import { cosOffers, etcdWorld, findingOn, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { stack, watchedBy, type StackSpec } from '../../../test/support/stack.js';
import { application, relate, unit, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { Snapshot } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

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
const up = (name: string, more: object = {}) => ({ unit: name, job: 'metrics', up: true, ...more });
const world = (spec: StackSpec = {}, more: EtcdWorld = {}): Snapshot =>
  watchedBy(etcdWorld({ ...shipped, ...more }), stack('etcd', spec));
const says = (id: string, snapshot: Snapshot, params: Dict<unknown> = {}): string =>
  saysOn(charmedEtcd, id, snapshot, { params });

describe('ETCD-MON-01 by effect', () => {
  test.each<[string, string, Snapshot]>([
    ['passes where every unit is measured and writes', 'pass AsRequired', world()],
    ['fails where nothing of it is measured', 'fail NoTarget', world({ targets: [] })],
    [
      'fails where every unit is down',
      'fail TargetDown',
      world({ targets: [up('etcd/0', { up: false }), up('etcd/1', { up: false, trouble: 'refused' })] }),
    ],
    [
      'finds units that differ',
      'inconsistent TargetDown',
      world({ targets: [up('etcd/0'), up('etcd/1', { up: false })] }),
    ],
    ['finds a unit of which nothing is held', 'inconsistent TargetDown', world({ targets: [up('etcd/0')] })],
    [
      'finds one of several targets at a unit down',
      'inconsistent TargetDown',
      world({ targets: [up('etcd/0'), up('etcd/1'), up('etcd/1', { job: 'node', up: false })] }),
    ],
    [
      'does not wait for a unit that is being set up',
      'pass AsRequired',
      world(
        { targets: [up('etcd/0')] },
        {
          etcd: {
            units: {
              'etcd/0': unit('etcd/0'),
              'etcd/1': unit('etcd/1', { workload: 'maintenance' }),
            },
          },
        },
      ),
    ],
    [
      'passes where targets name no unit and are enough',
      'pass AsRequired',
      world({
        targets: [
          { job: 'a', up: true },
          { job: 'b', up: true },
        ],
      }),
    ],
    [
      'is unknown where they are fewer than units',
      'unknown UnitsNotTold',
      world({ targets: [{ job: 'a', up: true }] }),
    ],
    [
      'fails where a target that names no unit is down',
      'fail TargetDown',
      world({ targets: [{ job: 'a', up: false }] }),
    ],
    ['fails where no line of it is there', 'fail NoRecentLogs', world({ logs: 'none' })],
    [
      'fails where the newest line is old',
      'fail NoRecentLogs',
      world({ logs: { newest: '2026-11-21T05:59:00Z', units: [] } }),
    ],
    [
      'finds a unit that writes nothing',
      'inconsistent NoRecentLogs',
      world({ logs: { newest: '2026-11-22T05:58:00Z', units: ['etcd/1'] } }),
    ],
    [
      'passes where streams name no unit',
      'pass AsRequired',
      world({ logs: { newest: '2026-11-22T05:58:00Z', units: [] } }),
    ],
    [
      'is unknown where the stack was not read',
      'unknown NotObserved',
      world({ targets: unknownFact('connection refused') }),
    ],
    [
      'is unknown, with the permission, where Loki may not be read',
      'unknown PermissionMissing',
      world({ logs: unknownFact('answers 403', 'leave to read it') }),
    ],
    ['is unknown where its model was not asked about', 'unknown StackNotAsked', world({ isAsked: false })],
    [
      'is unknown where Juju does not show the units',
      'unknown NotObserved',
      world({}, { etcd: { units: unknownFact('gone') } }),
    ],
    [
      'fails by its relations where these lack, whatever is measured',
      'fail NoCollector',
      world({}, { relations: [] }),
    ],
    [
      'judges by relations alone where no stack watches it',
      'pass AsRequired',
      world({ match: { application: 'kafka*' }, targets: [] }),
    ],
    [
      'nor does one of another controller',
      'pass AsRequired',
      world({ match: { controller: 'staging', model: 'data', application: 'etcd' }, targets: [] }),
    ],
    ['nor one of another model', 'pass AsRequired', world({ match: { model: 'other*' }, targets: [] })],
    [
      'is watched where controller, model and application all fit',
      'fail NoTarget',
      world({ match: { controller: 'pr*', model: 'data', application: 'etcd' }, targets: [] }),
    ],
    [
      'does not ask a server that the policy does not name',
      'pass AsRequired',
      world({ servers: { alertmanager: { host: 'a', transport: 'https' } }, targets: [], logs: 'none' }),
    ],
  ])('%s', (_name, expected, snapshot) => {
    expect(says('ETCD-MON-01', snapshot)).toBe(expected);
  });

  it('takes the word of the stack that holds it, of several', () => {
    const other = stack('etcd', { name: 'old', targets: [], logs: 'none' });
    expect(says('ETCD-MON-01', watchedBy(etcdWorld(shipped), other, stack('etcd')))).toBe('pass AsRequired');
    const silent = stack('etcd', { name: 'silent', targets: unknownFact('no answer in time') });
    expect(says('ETCD-MON-01', watchedBy(etcdWorld(shipped), other, silent))).toBe('unknown NotObserved');
  });

  it('allows a longer silence where the policy does, and then no longer asks by unit', () => {
    const quiet = world({ logs: { newest: '2026-11-20T06:00:00Z', units: ['etcd/0'] } });
    expect(says('ETCD-MON-01', quiet, { logAge: '3d' })).toBe('pass AsRequired');
    expect(says('ETCD-MON-01', quiet, { logAge: '2h' })).toBe('fail NoRecentLogs');
  });

  it('tells what was seen at each unit, and why', () => {
    const { judgement } = findingOn(
      charmedEtcd,
      'ETCD-MON-01',
      world({ targets: [up('etcd/0'), up('etcd/1', { up: false, trouble: 'connection refused' })] }),
    );
    expect(judgement.message).toBe('Prometheus of cos does not see everything up at etcd/1');
    expect(
      judgement.evidence.filter(({ unit }) => unit !== undefined).map(({ unit, seen }) => [unit, seen]),
    ).toEqual([
      ['etcd/0', 'metrics up'],
      ['etcd/1', 'metrics down (connection refused)'],
    ]);
  });

  it('says what would be stronger where no stack may be asked', () => {
    const { judgement } = findingOn(charmedEtcd, 'ETCD-MON-01', etcdWorld(shipped));
    expect([judgement.outcome, judgement.message]).toEqual([
      'pass',
      'metrics, logs, dashboards reach COS through otel; whether it arrives was not asked: name the stack under observability in the policy',
    ]);
  });

  it('holds until the newest line is too old', () => {
    expect(findingOn(charmedEtcd, 'ETCD-MON-01', world()).validUntil).toBe(
      Date.parse('2026-11-23T05:58:00Z'),
    );
  });

  it('proposes nothing where the relations are there and nothing arrives', () => {
    expect(findingOn(charmedEtcd, 'ETCD-MON-01', world({ targets: [] })).remedies).toEqual([]);
  });
});

describe('relations that are newer than what the stack was seen to hold', () => {
  const at = '2026-11-22T05:50:00Z';
  const old = {
    value: { etcd: [] },
    source: { road: 'observability' as const, call: 'x' },
    at: '2026-11-22T05:40:00Z',
  };
  const base = world({ targets: [] });
  const cos = base.observability?.['cos'];
  const key = 'prod:data';
  const telemetry = cos?.models[key];
  if (cos === undefined || telemetry === undefined) throw new Error('the stack holds the model');
  const snapshot: Snapshot = {
    ...world(
      {},
      { etcd: { relations: { value: shipped.relations as never, source: { road: 'api', call: 'x' }, at } } },
    ),
    observability: { cos: { ...cos, models: { [key]: { ...telemetry, targets: old } } } },
  };
  const asOf = (time: string): string => {
    const { judgement } = findingOn(charmedEtcd, 'ETCD-MON-01', snapshot, { asOf: time });
    return `${judgement.outcome} ${judgement.reason}`;
  };

  it('leave it open for a quarter of an hour, and fail then', () => {
    expect(asOf('2026-11-22T06:04:59Z')).toBe('unknown EffectNotYetSeen');
    expect(asOf('2026-11-22T06:15:00Z')).toBe('fail NoTarget');
  });
});

describe('ETCD-MON-03 by effect', () => {
  test.each<[string, string, Snapshot]>([
    ['leaves open what only the units show', 'unknown WorkloadEvidenceOff', world()],
    ['fails where nothing arrives', 'fail NoRecentLogs', world({ logs: 'none' })],
    ['does not ask for metrics', 'unknown WorkloadEvidenceOff', world({ targets: [] })],
  ])('%s', (_name, expected, snapshot) => {
    expect(says('ETCD-MON-03', snapshot)).toBe(expected);
  });
});
