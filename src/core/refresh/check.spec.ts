import { describe, expect, it, test } from '@jest/globals';
import { knownFact, unknownFact } from '../../../test/support/world.js';
import type { Charm, Operation } from '../snapshot.js';
import { JudgedTime } from '../time.js';
import { checkState, newestOf, rollbackRevision } from './check.js';
import { flowOf } from './flow.js';

const now = '2026-11-22T06:00:00Z';
const charm: Charm = { name: 'charmed-etcd', revision: 100, track: '3.6', subordinateTo: [] };

function operation(more: Partial<Operation> = {}): Operation {
  return {
    id: '1',
    action: 'pre-refresh-check',
    units: ['etcd/0'],
    status: 'completed',
    enqueued: '2026-11-22T05:50:00Z',
    completed: '2026-11-22T05:51:00Z',
    ...more,
  };
}

/** One that has no end yet. */
function open(more: Partial<Operation> = {}): Operation {
  const running: { -readonly [K in keyof Operation]: Operation[K] } = operation({
    status: 'running',
    ...more,
  });
  delete running.completed;
  return running;
}

function stateOf(operations: readonly Operation[], read = knownFact(charm)): string {
  const checked = { application: 'etcd', action: 'pre-refresh-check', charm: read, operations };
  return checkState(checked, new JudgedTime(Date.parse(now))).state;
}

const since = { ...knownFact(charm), at: '2026-11-22T05:51:00Z' };
const later = { ...knownFact(charm), at: '2026-11-22T05:51:01Z' };
const bound = (revision: number): Partial<Operation> => ({
  rollback: `juju refresh etcd --revision ${revision}`,
});

describe('the check before a refresh', () => {
  test.each<[string, readonly Operation[], typeof since, string]>([
    ['is due where there was none', [], since, 'due'],
    ['is due where it was of another application', [operation({ units: ['etcd2/0'] })], since, 'due'],
    ['is due where another action ran', [operation({ action: 'restore' })], since, 'due'],
    ['has passed', [operation()], since, 'passed'],
    ['has passed where it was about others, too', [operation({ units: ['x/0', 'etcd/0'] })], since, 'passed'],
    ['has failed', [operation({ status: 'failed' })], since, 'failed'],
    ['is running', [open()], since, 'running'],
    [
      'is due again when it ended half an hour ago',
      [operation({ completed: '2026-11-22T05:30:00Z' })],
      since,
      'due',
    ],
    [
      'is due where its beginning is as old and its end was never seen',
      [open({ enqueued: '2026-11-22T05:30:00Z' })],
      since,
      'due',
    ],
    ['is due where the charm was seen to change since', [operation()], later, 'due'],
    [
      'has passed for the revision that it names, whatever was seen',
      [operation(bound(100))],
      later,
      'passed',
    ],
    ['is due where it names another revision', [operation(bound(99))], since, 'due'],
    ['goes by the newest of several', [operation({ status: 'failed' }), operation()], since, 'failed'],
  ])('%s', (_name, operations, read, expected) => {
    expect(stateOf(operations, read)).toBe(expected);
  });

  it('is due where the charm was not read', () => {
    expect(stateOf([operation()], unknownFact('not read') as unknown as typeof since)).toBe('due');
    expect(newestOf([operation()], 'pre-refresh-check', 'kafka')).toBeUndefined();
  });

  it('names the revision of the way back, or none', () => {
    expect([rollbackRevision(operation(bound(7))), rollbackRevision(operation())]).toEqual([7, undefined]);
  });
});

describe('how a charm is refreshed', () => {
  const newer = { check: 'pre-refresh-check', resume: 'resume-refresh' };
  const older = { check: 'pre-upgrade-check' };
  const onKubernetes = { ...older, resume: 'resume-upgrade' };

  test.each<[string, string, object]>([
    ['charmed-etcd', '3.5', { ...newer, substrate: 'machine', checkMoves: false, risk: 'stable' }],
    ['charmed-etcd', '3.6', { ...newer, substrate: 'machine', checkMoves: false, risk: 'stable' }],
    ['postgresql', '14', { ...older, substrate: 'machine', checkMoves: true }],
    ['postgresql', '16', { ...newer, substrate: 'machine', checkMoves: true }],
    ['postgresql-k8s', '14', { ...onKubernetes, substrate: 'kubernetes', checkMoves: true }],
    ['postgresql-k8s', '16', { ...newer, substrate: 'kubernetes', checkMoves: true }],
    ['pgbouncer', '1', { ...older, substrate: 'machine', checkMoves: false }],
    ['pgbouncer-k8s', '1', { ...onKubernetes, substrate: 'kubernetes', checkMoves: false }],
    ['kafka', '3', { ...older, substrate: 'machine', checkMoves: false }],
    ['kafka', '4', { ...newer, substrate: 'machine', checkMoves: false }],
    ['kafka-k8s', '3', { ...onKubernetes, substrate: 'kubernetes', checkMoves: false }],
    ['kafka-k8s', '4', { ...newer, substrate: 'kubernetes', checkMoves: false }],
    ['zookeeper', '3', { ...older, substrate: 'machine', checkMoves: false }],
    ['zookeeper-k8s', '3', { ...onKubernetes, substrate: 'kubernetes', checkMoves: false }],
    ['mysql-k8s', '8.0', { ...onKubernetes, substrate: 'kubernetes', checkMoves: true, byPerson: true }],
  ])('%s, track %s', (name, track, expected) => {
    expect(flowOf({ ...charm, name, track })).toEqual(expected);
  });

  test.each<[string, Partial<Charm>]>([
    ['of a file', { origin: 'local' }],
    ['of another track', { track: '3.7' }],
    ['that nobody knows', { name: 'nothing' }],
    ['that is called as what every object has', { name: 'constructor', track: 'name' }],
  ])('is not known of a charm %s', (_name, more) => {
    expect(flowOf({ ...charm, ...more })).toBeUndefined();
  });
});
