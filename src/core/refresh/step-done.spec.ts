import { describe, expect, it, test } from '@jest/globals';
import { checked, operation, world, type Case } from '../../../test/support/refresh.js';
import { unknownFact } from '../../../test/support/world.js';
import type { ModelState, Operation } from '../snapshot.js';
import { failureTold, stepSeen } from './step-done.js';

const ref = { controller: 'prod', owner: 'admin', model: 'data' };
const check = {
  args: {
    type: 'run-action',
    model: ref,
    application: 'app',
    unit: 'app/1',
    action: 'pre-refresh-check',
    params: {},
  },
  preconditions: [],
} as const;
const begun = Date.parse('2026-11-22T06:04:00.700Z');

function modelIn(given: Case): ModelState {
  return world('etcd', given).controllers['prod']!.models['data']!;
}

describe('an action that was begun', () => {
  const done = checked('etcd');
  test.each<[string, Case['operations'], string]>([
    ['is done when it completed since', [done], 'done'],
    ['has failed when the charm said so', [{ ...done, status: 'failed' }], 'failed'],
    ['is absent when only an earlier one is seen', [{ ...done, enqueued: '2026-11-22T06:02:59Z' }], 'absent'],
    ["is done although Juju's clock is behind ours", [{ ...done, enqueued: '2026-11-22T06:03:01Z' }], 'done'],
    ['is absent when it ran on another unit', [{ ...done, units: ['app/0'] }], 'absent'],
    ['is absent when nothing is seen of it', [operation('other', 'app/1')], 'absent'],
    ['is unknown where operations are not read', unknownFact('denied'), 'unknown'],
  ])('%s', (_, operations, expected) => {
    expect(stepSeen(check, modelIn({ operations }), begun)).toBe(expected);
  });

  it('is open while it runs', () => {
    const running: Operation = {
      id: '7',
      action: check.args.action,
      units: ['app/1'],
      status: 'running',
      enqueued: done.enqueued,
    };
    expect(stepSeen(check, modelIn({ operations: [running] }), begun)).toBe('open');
  });
});

describe('a refresh that was begun', () => {
  const args = { type: 'refresh', model: ref, application: 'app', channel: '3.6/stable' } as const;
  const left = { type: 'charm-revision', application: 'app', revision: 100 } as const;
  const step = { args, preconditions: [left] };
  const at = (revision: number, message = ''): Case => ({
    app: {
      charm: { name: 'charmed-etcd', track: '3.6', revision },
      status: { status: message === '' ? 'active' : 'blocked', message },
    },
  });
  const incompatible = 'Refresh incompatible. Rollback with `juju refresh --revision 100`';

  test.each<[string, Case, string]>([
    ['is absent while the charm is the one that it was', at(100), 'absent'],
    ['is done when the charm is another one', at(101), 'done'],
    ['is done when the channel held a newer one than Juju knew of', at(102), 'done'],
    ['has failed when the charm says so', at(101, incompatible), 'failed'],
    ['is absent again when somebody went back', at(100, incompatible), 'absent'],
    ['is unknown where the charm is not read', { app: { charm: unknownFact('denied') } }, 'unknown'],
  ])('%s', (_, given, expected) => {
    expect(stepSeen(step, modelIn(given), begun)).toBe(expected);
  });

  it('from a revision that was not noted is done when the charm changed since', () => {
    const blind = { args, preconditions: [] };
    expect(stepSeen(blind, modelIn(at(100)), begun)).toBe('absent');
    expect(stepSeen(blind, modelIn(at(101)), Date.parse('2026-11-22T06:00:00.900Z'))).toBe('done');
  });

  it('that failed is told in the words of the charm', () => {
    expect(failureTold(step, modelIn(at(101, incompatible)))).toBe(incompatible);
    expect(failureTold(step, modelIn(at(101)))).toBe('');
  });
});

test('an action that failed is told in the words of the charm', () => {
  const failed = { ...checked('etcd'), status: 'failed', message: 'Backup in progress' };
  expect(failureTold(check, modelIn({ operations: [failed] }))).toBe('Backup in progress');
});
