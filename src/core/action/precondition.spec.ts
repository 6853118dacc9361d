import { describe, expect, test } from '@jest/globals';
import { at, restart, scene } from '../../../test/support/rails.js';
import {
  application,
  relate,
  unit,
  unknownFact,
  user,
  type ControllerSpec,
  type ModelSpec,
} from '../../../test/support/world.js';
import type { Unit } from '../snapshot.js';
import type { Precondition } from './action.js';
import { unmet } from './precondition.js';

function settled(more: Partial<Unit>): string | undefined {
  const units = { 'etcd/0': unit('etcd/0'), 'etcd/1': unit('etcd/1', more) };
  return why({ etcd: application({ units }) });
}

function why(applications: Readonly<Record<string, ReturnType<typeof application>>>): string | undefined {
  const { world } = scene({ steps: [restart()], model: { applications } });
  return unmet({ type: 'application-settled', application: 'etcd' }, { ...world, now: at });
}

describe('an application has settled', () => {
  test.each(['active', 'blocked'])('when its idle units are %s', (workload) => {
    expect(settled({ workload })).toBeUndefined();
  });

  test.each(['error', 'maintenance', 'terminated', 'unknown', 'waiting'])(
    'not while a unit is in %s',
    (workload) => {
      expect(settled({ workload })).toBe(`unit etcd/1 is ${workload}/idle`);
    },
  );

  test('not while an agent is at work', () => {
    expect(settled({ agent: 'executing' })).toBe('unit etcd/1 is active/executing');
  });

  test('not where its units were not read', () => {
    expect(why({ etcd: application({ units: unknownFact('no') }) })).toBe('the units of etcd were not read');
  });
});

describe('a condition of a step', () => {
  const etcd = application({ endpoints: ['peer', 'client'] });
  const inModel: ModelSpec = {
    applications: { etcd, kafka: application() },
    relations: [relate('etcd:peer', 'kafka:x', 'tls')],
    users: { ann: 'admin', bob: '' },
  };
  const users = [
    user('ann', { access: 'superuser' }),
    user('bob', { access: 'superuser', disabled: true }),
    user('eve'),
  ];

  function whyNot(condition: Precondition, model: ModelSpec = inModel, more: ControllerSpec = {}) {
    const { world } = scene({ steps: [restart()], model, controller: { users, ...more } });
    return unmet(condition, { ...world, now: at });
  }

  const absent = (application: string, endpoint: string): Precondition => ({
    type: 'relation-absent',
    application,
    endpoint,
  });
  const related = (application: string, endpoint: string): Precondition => ({
    type: 'related',
    application,
    endpoint,
  });
  const level = (name: string, wanted: string, on: 'controller' | 'model'): Precondition => ({
    type: 'user-level',
    user: name,
    level: wanted,
    on,
  });

  test.each<[string, Precondition, string | undefined]>([
    ['an endpoint without a relation', absent('etcd', 'client'), undefined],
    ['an endpoint that is related', absent('etcd', 'peer'), 'etcd:peer is related already'],
    ['the endpoint of another application', absent('kafka', 'peer'), undefined],
    ['an application that is gone', absent('gone', 'peer'), 'the relations of gone were not read'],
    ['a relation that is there', related('etcd', 'peer'), undefined],
    ['a relation that is not', related('etcd', 'client'), 'etcd:client is not related yet'],
    ['a relation of an application that is gone', related('gone', 'x'), 'gone:x is not related yet'],
    ['an application', { type: 'application-present', application: 'etcd' }, undefined],
    [
      'an application that is not there',
      { type: 'application-present', application: 'gone' },
      'application gone is not in the model',
    ],
    [
      'the rest of one that is not there',
      { type: 'application-settled', application: 'gone' },
      'application gone is not in the model',
    ],
    ['a level on the controller', level('ann', 'superuser', 'controller'), undefined],
    ['another level', level('eve', 'superuser', 'controller'), 'eve holds login, not superuser'],
    ['a level on the model', level('ann', 'admin', 'model'), undefined],
    ['a level that is empty', level('bob', 'none', 'model'), undefined],
    ['a level of nobody', level('zoe', 'none', 'model'), undefined],
    ['a level that somebody lost', level('zoe', 'read', 'model'), 'zoe holds none, not read'],
    ['an enabled user', { type: 'user-enabled', user: 'eve' }, undefined],
    ['a disabled one', { type: 'user-enabled', user: 'bob' }, 'bob is not an enabled user'],
    ['nobody', { type: 'user-enabled', user: 'zoe' }, 'zoe is not an enabled user'],
    ['a superuser besides', { type: 'another-superuser', besides: 'eve' }, undefined],
    [
      'none that is enabled',
      { type: 'another-superuser', besides: 'ann' },
      'ann is the last enabled superuser',
    ],
  ])('is about %s', (_name, condition, expected) => {
    expect(whyNot(condition)).toBe(expected);
  });

  test.each<[string, Precondition, string]>([
    ['users', level('ann', 'superuser', 'controller'), 'the level of ann could not be read'],
    ['users', { type: 'user-enabled', user: 'ann' }, 'the users of the controller were not read'],
    ['users', { type: 'another-superuser', besides: 'ann' }, 'the users of the controller were not read'],
    ['users of the model', level('ann', 'admin', 'model'), 'the level of ann could not be read'],
    ['relations', absent('etcd', 'client'), 'the relations of etcd were not read'],
    ['relations', related('etcd', 'peer'), 'etcd:peer is not related yet'],
  ])('does not hold where %s were not read: %p', (_what, condition, expected) => {
    const gap = unknownFact('not read');
    const model = { ...inModel, applications: { etcd: application({ relations: gap }) }, users: gap };
    expect(whyNot(condition, model, { users: gap })).toBe(expected);
  });

  test('does not hold for a model where there is none', () => {
    const { world } = scene({ steps: [restart()], model: 'none', controller: { users } });
    expect(unmet(level('ann', 'admin', 'model'), world)).toBe('the level of ann could not be read');
    expect(unmet(absent('etcd', 'client'), world)).toBe('the relations of etcd were not read');
  });

  test('goes by this model’s end of a relation', () => {
    const remote = { ...inModel, relations: [relate('@etcd:peer', 'kafka:x', 'tls')] };
    expect(whyNot(absent('etcd', 'peer'), remote)).toBeUndefined();
  });
});
