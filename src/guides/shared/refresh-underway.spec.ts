import { describe, expect, it, test } from '@jest/globals';
import {
  behind,
  checked,
  findingIn,
  goingOn,
  now,
  operation,
  run,
  stepsOf,
  unitsOf,
  verdictOf,
  waits,
  world,
  type Product,
} from '../../../test/support/refresh.js';
import { type ApplicationSpec } from '../../../test/support/world.js';

const paused = (rest: string) => ({
  status: 'blocked',
  message: `Refreshing. Check units >=2 are healthy & run ${rest}`,
});
const onLeader = paused('`resume-refresh` on leader. To rollback, see docs or `juju debug-log`');
const onUnit = paused('`resume-refresh` on unit 1. To rollback, `juju refresh --revision 100`');
const oneThrough = unitsOf({ 0: waits, 1: waits });
const after = { upgrade: { to: '' } };

describe('a refresh under way', () => {
  test.each<[string, Product, ApplicationSpec, readonly [verdict: string, steps: readonly string[]]]>([
    [
      'etcd asks for the next unit',
      'etcd',
      { status: onUnit },
      ['fail RefreshPaused', [run('app/1', 'resume-refresh')]],
    ],
    [
      'PostgreSQL 16 asks for the leader',
      'pg16',
      { status: onLeader, units: unitsOf({ 0: behind, 1: behind }) },
      ['fail RefreshPaused', [run('app/1', 'resume-refresh')]],
    ],
    [
      'Kafka 4 on machines asks for the next unit',
      'kafka4Machine',
      { status: onUnit },
      ['fail RefreshPaused', [run('app/1', 'resume-refresh')]],
    ],
    [
      'PostgreSQL 14 waits after its highest unit',
      'pg14',
      { units: oneThrough },
      ['fail RefreshPaused', [run('app/1', 'resume-upgrade')]],
    ],
    [
      'PgBouncer waits after its highest unit',
      'pgbouncer',
      { units: oneThrough },
      ['fail RefreshPaused', [run('app/1', 'resume-upgrade')]],
    ],
    [
      'Kafka 3 waits after its highest unit, which says that it is through',
      'kafka3',
      {
        units: unitsOf({
          0: waits,
          1: waits,
          2: { workload: 'maintenance', workloadMessage: 'upgrade completed' },
        }),
      },
      ['fail RefreshPaused', [run('app/1', 'resume-upgrade')]],
    ],
    [
      'Kafka 3 on machines goes on by itself',
      'kafka3Machine',
      { units: oneThrough },
      ['unknown RefreshUnderway', []],
    ],
    [
      'ZooKeeper on machines goes on by itself',
      'zookeeperMachine',
      { units: oneThrough },
      ['unknown RefreshUnderway', []],
    ],
    [
      'a first unit that is not well yet is waited for',
      'etcd',
      { status: onUnit, units: unitsOf({ 2: { workload: 'maintenance' } }) },
      ['unknown RefreshUnderway', []],
    ],
    [
      'a first unit that still works is waited for',
      'pg14',
      { units: unitsOf({ 0: waits, 1: waits, 2: { agent: 'executing' } }) },
      ['unknown RefreshUnderway', []],
    ],
    [
      'another unit in error is waited for',
      'etcd',
      { status: onUnit, units: unitsOf({ 0: { workload: 'error' } }) },
      ['unknown RefreshUnderway', []],
    ],
    [
      'the first unit has yet to begin',
      'pg14',
      { units: unitsOf({ 0: waits, 1: waits, 2: behind }) },
      ['unknown RefreshUnderway', []],
    ],
    ['two units are through', 'pg14', { units: unitsOf({ 0: waits }) }, ['unknown RefreshUnderway', []]],
    ['the units go on', 'etcd', { status: goingOn }, ['unknown RefreshUnderway', []]],
    [
      'the charm does not know yet',
      'etcd',
      { status: { status: 'maintenance', message: 'Determining if a refresh is in progress' } },
      ['unknown RefreshUnderway', []],
    ],
    [
      'the emergency stop is on',
      'etcd',
      { status: onUnit, config: { 'pause-after-unit-refresh': 'all' } },
      ['fail RefreshPaused', []],
    ],
    [
      'the new revision does not fit',
      'etcd',
      {
        status: {
          status: 'blocked',
          message: 'Refresh incompatible. Rollback with `juju refresh --revision 100`',
        },
      },
      ['fail RefreshFailed', []],
    ],
    [
      'a unit says that it failed',
      'pg14',
      {
        units: unitsOf({
          2: { workload: 'blocked', workloadMessage: 'upgrade failed. Check logs for rollback instruction' },
        }),
      },
      ['fail RefreshFailed', []],
    ],
  ])('%s', (_, product, app, expected) => {
    const given = { app: { ...after, ...app }, operations: [] };
    expect([verdictOf(product, given), stepsOf(product, given)]).toEqual(expected);
  });

  it('that shows no change for half an hour is reported, and not forced', () => {
    const given = { app: { ...after, status: goingOn }, operations: [], asOf: '2026-11-22T06:30:00Z' };
    expect([verdictOf('etcd', given), stepsOf('etcd', given)]).toEqual(['fail RefreshHangs', []]);
    const before = findingIn(world('etcd', given), { ...given, asOf: now });
    expect(before.validUntil).toBe(Date.parse('2026-11-22T06:30:00Z'));
  });

  it('is not told to go on twice while the units look the same', () => {
    const given = {
      app: { ...after, units: oneThrough },
      operations: [operation('resume-upgrade', 'app/1')],
    };
    expect([verdictOf('pg14', given), stepsOf('pg14', given)]).toEqual(['fail RefreshPaused', []]);
  });

  it('is told again when it stopped once more since', () => {
    const earlier = { enqueued: '2026-11-22T05:50:00Z', completed: '2026-11-22T05:51:00Z' };
    const operations = [operation('resume-refresh', 'app/1', earlier)];
    expect(stepsOf('pg16', { app: { ...after, status: onLeader }, operations })).toHaveLength(1);
  });

  it('must not be told to go on twice, and keeps the way back', () => {
    const given = { app: { ...after, status: onUnit }, operations: [checked('etcd')] };
    expect(findingIn(world('etcd', given)).remedies[0]).toMatchObject({
      repeatable: false,
      disruptive: true,
      note: 'juju refresh app --revision 100',
      preconditions: [{ type: 'refresh-paused', application: 'app', unit: 'app/1' }],
    });
  });
});
