import { describe, expect, it, test } from '@jest/globals';
import {
  ago,
  having,
  mark,
  place,
  restart,
  said,
  scene,
  secure,
  step,
  usual,
  type SceneSpec,
} from '../../../test/support/rails.js';
import { application, unit, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import type { Precondition } from '../action/action.js';
import type { ProposedStep } from '../plan.js';
import type { Operation } from '../snapshot.js';
import { order } from './order.js';

function verdict(one: ProposedStep, given: Partial<SceneSpec> = {}) {
  return order(one, scene({ steps: [one], ...given }));
}

const waiting = (reason: string) => `WaitingDependency ${reason}`;

describe('the world at rest', () => {
  test.each<[string, ModelSpec, string]>([
    ['lets changes through', usual, '- etcd at rest'],
    [
      'is not there while the model is being migrated',
      { ...usual, info: { migration: 'exporting' } },
      waiting('MigrationInProgress'),
    ],
    ['is there where the status says nothing', { ...usual, info: { status: '' } }, '- etcd at rest'],
    ['nor while it is busy', { ...usual, info: { status: 'busy' } }, waiting('ModelBusy')],
    ['nor where it could not be read', { ...usual, info: unknownFact('not read') }, waiting('ModelNotSeen')],
    ['nor while an agent is at work', having('etcd', { agent: 'executing' }), waiting('UnitsNotIdle')],
    [
      'nor while that of one unit of several is',
      {
        applications: {
          etcd: application({
            units: { 'etcd/0': unit('etcd/0'), 'etcd/1': unit('etcd/1', { agent: 'executing' }) },
          }),
        },
      },
      waiting('UnitsNotIdle'),
    ],
    [
      'nor while a refresh is prepared, though no unit has begun',
      {
        applications: {
          etcd: application({
            charm: { name: 'charmed-etcd', track: '3.6' },
            status: { status: 'maintenance', message: 'Determining if a refresh is compatible' },
          }),
        },
      },
      waiting('RefreshInProgress'),
    ],
    [
      'is there where relations were not read',
      { applications: { etcd: application({ relations: unknownFact('not read') }) } },
      '- etcd at rest',
    ],
    [
      'nor while a unit is in maintenance',
      having('etcd', { workload: 'maintenance' }),
      waiting('UnitsNotIdle'),
    ],
    [
      'nor where the units were not read',
      { applications: { etcd: application({ units: unknownFact('not read') }) } },
      waiting('UnitsNotIdle'),
    ],
    [
      'is there where a charm was not read',
      { applications: { etcd: application({ charm: unknownFact('not read') }) } },
      '- etcd at rest',
    ],
    ['nor during a refresh', having('etcd', { upgradingFrom: 'ch:etcd-1' }), waiting('RefreshInProgress')],
    ['is not disturbed by another application', having('kafka', { agent: 'executing' }), '- etcd at rest'],
  ])('%s', (_name, spec, expected) => {
    expect(said(verdict(restart(), { model: spec }))).toBe(expected);
  });

  it('lets a refresh go on that waits to go on', () => {
    const spec = having('etcd', { upgradingFrom: 'ch:etcd-1' });
    const resume = (preconditions: readonly Precondition[]) =>
      step(
        {
          type: 'run-action',
          model: place,
          application: 'etcd',
          unit: 'etcd/0',
          action: 'resume-refresh',
          params: {},
        },
        { preconditions },
      );
    const paused = { type: 'refresh-paused', application: 'etcd', unit: 'etcd/0' } as const;
    expect(said(verdict(resume([paused]), { model: spec }))).not.toBe(waiting('RefreshInProgress'));
    expect(said(verdict(resume([]), { model: spec }))).toBe(waiting('RefreshInProgress'));
    for (const other of [
      { ...paused, application: 'kafka' },
      { type: 'application-settled', application: 'etcd' },
    ] as const)
      expect(said(verdict(resume([other]), { model: spec }))).toBe(waiting('RefreshInProgress'));
    const marks = [mark('attempt', 5)];
    expect(said(verdict(resume([paused]), { model: spec, marks }))).not.toBe(waiting('AnotherInProgress'));
  });

  test.each<[string, Partial<Operation>, string]>([
    ['a restore that runs', { action: 'restore', status: 'running' }, waiting('OperationRunning')],
    [
      'a backup that is about to',
      { action: 'create-backup', status: 'pending' },
      waiting('OperationRunning'),
    ],
    [
      'one that runs on others, too',
      { status: 'running', units: ['kafka/0', 'etcd/0'] },
      waiting('OperationRunning'),
    ],
    ['nothing that is over', { status: 'completed' }, '- etcd at rest'],
    ['nothing on units of others', { status: 'running', units: ['etcd2/0'] }, '- etcd at rest'],
  ])('waits for %s', (_name, more, expected) => {
    const operation = {
      id: '1',
      action: 'x',
      units: ['etcd/0'],
      status: 'running',
      enqueued: ago(1),
      ...more,
    };
    expect(said(verdict(restart(), { model: { ...usual, operations: [operation] } }))).toBe(expected);
  });

  it('is not asked for where no model is concerned', () => {
    expect(said(verdict(restart(), { model: 'none', marks: [mark('attempt', 5)] }))).toBe('- etcd at rest');
  });

  it('is asked for nothing where a step names no application', () => {
    const one = step({ type: 'disable-user', controller: 'prod', user: 'bob' });
    expect(said(verdict(one))).toBe('- nothing in the way');
  });

  it('is asked for all that a step names, the provider too', () => {
    expect(said(verdict(secure(), { model: having('etcd', { agent: 'executing' }) }))).toBe(
      waiting('UnitsNotIdle'),
    );
    expect(said(verdict(secure(), { model: having('ca', { agent: 'executing' }) }))).toBe(
      waiting('UnitsNotIdle'),
    );
  });

  it('is told when a condition of the step does not hold', () => {
    const { hold } = verdict(
      restart('etcd', { preconditions: [{ type: 'related', application: 'etcd', endpoint: 'peer' }] }),
    );
    expect(hold).toEqual({
      state: 'WaitingDependency',
      reason: 'PreconditionUnmet',
      message: 'etcd:peer is not related yet',
    });
  });
});

describe('one application at a time', () => {
  const busy = having('postgresql', { agent: 'executing' });
  const attempt = mark('attempt', 5, { application: 'postgresql' });

  test.each<[string, ProposedStep, readonly ReturnType<typeof mark>[], ModelSpec, string]>([
    ['a change elsewhere must come to rest first', restart(), [attempt], busy, waiting('AnotherInProgress')],
    [
      'so must one that is being refreshed since',
      restart(),
      [attempt],
      having('postgresql', { upgradingFrom: 'ch:postgresql-1' }),
      waiting('AnotherInProgress'),
    ],
    ['what is at work without our doing does not count', restart(), [], busy, '- etcd at rest'],
    ['what has come to rest does not count', restart(), [attempt], usual, '- etcd at rest'],
    [
      'what has ended does not count',
      restart(),
      [mark('fixed', 1, { application: 'postgresql' }), attempt],
      busy,
      '- etcd at rest',
    ],
    [
      'what drifted meanwhile has not ended by that',
      restart(),
      [attempt, mark('drift', 1, { application: 'postgresql' })],
      busy,
      waiting('AnotherInProgress'),
    ],
    [
      'what disturbs nobody need not wait',
      restart('etcd', { disruptive: false }),
      [attempt],
      busy,
      '- etcd at rest',
    ],
    [
      'a change in another model does not count',
      restart(),
      [{ ...attempt, model: 'cos' }],
      busy,
      '- etcd at rest',
    ],
  ])('%s', (_name, ...[one, marks, spec, expected]) => {
    expect(said(verdict(one, { marks, model: spec }))).toBe(expected);
  });
});
