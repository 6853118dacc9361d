import { describe, expect, it, test } from '@jest/globals';
import {
  checked,
  findingIn,
  run,
  stepsOf,
  unitsOf,
  world,
  type Case,
  type Product,
} from '../../../test/support/refresh.js';
import { unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import type { Operation } from '../../core/snapshot.js';

describe.each<[Product, string, string]>([
  ['etcd', 'pre-refresh-check', '--revision 101'],
  ['pg14', 'pre-upgrade-check', '--channel 14/stable --trust'],
  ['pg14Machine', 'pre-upgrade-check', '--revision 101'],
  ['pg16', 'pre-refresh-check', '--channel 16/stable --trust'],
  ['pg16Machine', 'pre-refresh-check', '--revision 101'],
  ['pgbouncer', 'pre-upgrade-check', '--channel 1/stable --trust'],
  ['kafka3', 'pre-upgrade-check', '--channel 3/stable --trust'],
  ['kafka3Machine', 'pre-upgrade-check', '--revision 101'],
  ['kafka4', 'pre-refresh-check', '--channel 4/stable --trust'],
  ['kafka4Machine', 'pre-refresh-check', '--revision 101'],
  ['zookeeper', 'pre-upgrade-check', '--channel 3/stable --trust'],
  ['zookeeperMachine', 'pre-upgrade-check', '--revision 101'],
])('beginning a refresh of %s', (product, check, flags) => {
  it('runs the check on the unit that leads, and nothing else', () => {
    expect(stepsOf(product)).toEqual([run('app/1', check)]);
  });

  it('refreshes within track and risk once the check has passed', () => {
    expect(stepsOf(product, { operations: [checked(product)] })).toEqual([
      `juju refresh -m prod:admin/data app ${flags}`,
    ]);
  });

  it('waits while the check runs, and does not insist after one that failed', () => {
    const { enqueued, id, units, action } = checked(product);
    const running = { id, units, action, enqueued, status: 'running' };
    expect(stepsOf(product, { operations: [running] })).toEqual([]);
    expect(stepsOf(product, { operations: [{ ...checked(product), status: 'failed' }] })).toEqual([]);
  });

  it('asks for a new check when the last one is older than half an hour', () => {
    const given = { operations: [checked(product)], asOf: '2026-11-22T06:35:00Z' };
    expect(stepsOf(product, given)).toEqual([run('app/1', check)]);
  });
});

describe('the word of a check', () => {
  test.each<[string, Product, Partial<Operation>, 'holds' | 'does not hold']>([
    ['holds for the revision that it names', 'etcd', {}, 'holds'],
    [
      'holds for the revision that it names, also when the charm was first seen later',
      'etcd',
      { enqueued: '2026-11-22T05:54:00Z', completed: '2026-11-22T05:55:00Z' },
      'holds',
    ],
    ['does not hold for another', 'etcd', { rollback: 'juju refresh app --revision 99' }, 'does not hold'],
    ['holds when the charm was seen unchanged since before it', 'pg14', {}, 'holds'],
    [
      'does not hold when it was run before the charm was seen like this',
      'pg14',
      { completed: '2026-11-22T05:59:59Z' },
      'does not hold',
    ],
    ['of another application does not hold', 'pg14', { units: ['app2/1'] }, 'does not hold'],
  ])('%s', (_, product, more, expected) => {
    const [step = ''] = stepsOf(product, { operations: [{ ...checked(product), ...more }] });
    expect(step.startsWith('juju refresh') ? 'holds' : 'does not hold').toBe(expected);
  });

  it('that failed is told with the finding', () => {
    const failed = { ...checked('etcd'), status: 'failed', message: 'Backup in progress' };
    const { message } = findingIn(world('etcd', { operations: [failed] })).judgement;
    expect(message).toContain('pre-refresh-check failed at 2026-11-22T06:05:00Z: Backup in progress');
  });
});

describe('stopping after the first unit', () => {
  const option = (value: unknown, source = 'user') => ({
    config: { 'pause-after-unit-refresh': { value, source } },
  });
  const operations = [checked('kafka4Machine')];

  it('is switched on before the refresh, and back afterwards', () => {
    const snapshot = world('kafka4Machine', { app: option('none', 'default'), operations });
    const [remedy] = findingIn(snapshot).remedies;
    expect(remedy?.action).toMatchObject({
      type: 'set-config',
      key: 'pause-after-unit-refresh',
      value: 'first',
    });
    expect(remedy?.undo).toEqual({
      inverse: [expect.objectContaining({ type: 'reset-config', key: 'pause-after-unit-refresh' })],
    });
    expect(remedy).toMatchObject({ disruptive: false, repeatable: true });
  });

  it('goes back to what somebody had set', () => {
    const [remedy] = findingIn(world('kafka4Machine', { app: option('none'), operations })).remedies;
    expect(remedy?.undo).toEqual({
      inverse: [expect.objectContaining({ type: 'set-config', value: 'none' })],
    });
  });

  test.each<[string, ApplicationSpec]>([
    ['all, the emergency stop', option('all')],
    ['not shown', { config: unknownFact('denied') }],
    ['no option of the charm', { config: {} }],
  ])('is left to a person where the option is %s', (_, app) => {
    expect(stepsOf('kafka4Machine', { app, operations })).toEqual([]);
  });
});

describe('a refresh itself', () => {
  const [remedy] = findingIn(world('etcd', { operations: [checked('etcd')] })).remedies;

  it('cannot be undone, and keeps the way back as the charm printed it', () => {
    expect(remedy).toMatchObject({
      note: 'juju refresh app --revision 100',
      disruptive: true,
      risk: 'high',
    });
  });

  it('is bound to what was seen', () => {
    expect(remedy?.preconditions).toEqual([
      { type: 'application-settled', application: 'app' },
      { type: 'not-refreshing', application: 'app' },
      { type: 'refresh-checked', application: 'app', action: 'pre-refresh-check' },
      { type: 'charm-revision', application: 'app', revision: 100 },
      { type: 'option-is', application: 'app', key: 'pause-after-unit-refresh', value: 'first' },
    ]);
  });

  it('says so where the charm printed no way back', () => {
    const [old] = findingIn(world('pg14', { operations: [checked('pg14')] })).remedies;
    expect(old?.note).toBe('none was printed; the revision before was 100');
  });

  it('takes no way back that is another application’s', () => {
    const operations = [{ ...checked('etcd'), rollback: 'juju refresh other --revision 100' }];
    const [other] = findingIn(world('etcd', { operations })).remedies;
    expect(other?.note).not.toContain('other');
  });

  test.each<[string, Product, Case]>([
    ['the charm offers nothing newer', 'etcd', { app: { upgrade: { to: 'ch:amd64/charmed-etcd-99' } } }],
    ['what is offered is another charm', 'etcd', { app: { upgrade: { to: 'ch:amd64/noble/etcd-200' } } }],
    [
      'etcd does not come from a stable channel',
      'etcd',
      {
        app: {
          charm: { name: 'charmed-etcd', track: '3.6', risk: 'edge', channel: '3.6/edge', revision: 100 },
        },
      },
    ],
    [
      'the charm comes from a branch',
      'pg14',
      { app: { charm: { name: 'postgresql-k8s', track: '14', channel: '14/stable/fix', revision: 100 } } },
    ],
    [
      'the steps of the charm are not known',
      'pg14',
      {
        app: {
          charm: { name: 'mongodb-k8s', track: '6', revision: 100 },
          upgrade: { to: 'ch:amd64/mongodb-k8s-101' },
        },
      },
    ],
    [
      'the charm is one whose refreshes are',
      'pg14',
      {
        app: {
          charm: { name: 'mysql-k8s', track: '8.0', revision: 100 },
          upgrade: { to: 'ch:amd64/mysql-k8s-101' },
        },
      },
    ],
    ['nobody sees what was run on the units', 'pg14', { operations: unknownFact('denied') }],
    ['the units were not read', 'pg14', { app: { units: unknownFact('denied') } }],
    ['no unit leads', 'pg14', { app: { units: unitsOf({ 1: { leader: false } }) } }],
    ['the model has no owner to address it by', 'pg14', { model: { info: { owner: '' } } }],
  ])('is left to a person when %s', (_, product, given) => {
    expect(stepsOf(product, given)).toEqual([]);
  });
});
