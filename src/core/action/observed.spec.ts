import { describe, expect, it } from '@jest/globals';
import {
  application,
  controller,
  estate,
  model,
  relate,
  unknownFact,
  user,
} from '../../../test/support/world.js';
import type { Action } from './action.js';
import { observed, type Observed } from './observed.js';

const ref = { controller: 'prod', owner: 'admin', model: 'data' };
const ends = [
  { application: 'db', endpoint: 'certificates' },
  { application: 'ca', endpoint: 'certificates' },
] as const;

function place(app: Parameters<typeof application>[0] = {}, more: Parameters<typeof model>[0] = {}) {
  const made = model({ applications: { db: application(app), ca: application({}) }, ...more });
  const users = [user('admin', { access: 'superuser' }), user('bob', { disabled: true })];
  const snapshot = estate({ controllers: { prod: controller({ users, models: { data: made } }) } });
  const prod = snapshot.controllers['prod'];
  const data = prod?.models['data'];
  if (prod === undefined || data === undefined) throw new Error('no place');
  return { controller: prod, model: data };
}

const joined = { relations: [relate('db:certificates', 'ca:certificates', 'tls-certificates')] };
const option = { mode: { value: 'a', source: 'user' }, plain: { value: 1, source: 'default' } };
const exposed = { exposed: true, endpoints: { '': { cidrs: ['10.0.0.0/8', '10.1.0.0/16'], spaces: [] } } };
const on = { model: ref, application: 'db' } as const;

describe('an action is seen to be in effect', () => {
  it.each<[string, Action, ReturnType<typeof place>, Observed]>([
    ['where the two ends are related', { type: 'integrate', model: ref, ends }, place({}, joined), 'yes'],
    ['not where they are not', { type: 'integrate', model: ref, ends }, place(), 'no'],
    ['where a removed relation is gone', { type: 'remove-relation', model: ref, ends }, place(), 'yes'],
    ['not while it is still there', { type: 'remove-relation', model: ref, ends }, place({}, joined), 'no'],
    [
      'unknown where relations were not read',
      { type: 'integrate', model: ref, ends },
      place({}, { relations: unknownFact('not read') }),
      'unknown',
    ],
    [
      'where the option has the value',
      { type: 'set-config', ...on, key: 'mode', value: 'a' },
      place({ config: option }),
      'yes',
    ],
    [
      'not where it has another',
      { type: 'set-config', ...on, key: 'mode', value: 'b' },
      place({ config: option }),
      'no',
    ],
    [
      'whatever the type of the value',
      { type: 'set-config', ...on, key: 'plain', value: '1' },
      place({ config: option }),
      'yes',
    ],
    [
      'where a reset option is at its default',
      { type: 'reset-config', ...on, key: 'plain' },
      place({ config: option }),
      'yes',
    ],
    ['not where it is set', { type: 'reset-config', ...on, key: 'mode' }, place({ config: option }), 'no'],
    ['where the user is disabled', { type: 'disable-user', controller: 'prod', user: 'bob' }, place(), 'yes'],
    [
      'not where nobody has that name',
      { type: 'enable-user', controller: 'prod', user: 'eve' },
      place(),
      'no',
    ],
    [
      'where the level was taken',
      { type: 'revoke', controller: 'prod', user: 'bob', level: 'superuser' },
      place(),
      'yes',
    ],
    [
      'not while it is held',
      { type: 'revoke', controller: 'prod', user: 'admin', level: 'superuser' },
      place(),
      'no',
    ],
    [
      'where the level on the model is reached, or passed',
      {
        type: 'grant',
        controller: 'prod',
        user: 'admin',
        level: 'read',
        on: { kind: 'model', name: 'admin/data' },
      },
      place(),
      'yes',
    ],
    [
      'where the command set is disabled',
      { type: 'disable-command', model: ref, commandSet: 'destroy-model', message: '' },
      place(),
      'yes',
    ],
    [
      'not where another is',
      { type: 'disable-command', model: ref, commandSet: 'all', message: '' },
      place(),
      'no',
    ],
    ['where it is enabled again', { type: 'enable-command', model: ref, commandSet: 'all' }, place(), 'yes'],
    [
      'where exactly these networks are let in, in any order',
      { type: 'expose', ...on, cidrs: ['10.1.0.0/16', '10.0.0.0/8'] },
      place({ exposure: exposed }),
      'yes',
    ],
    [
      'not where more are',
      { type: 'expose', ...on, cidrs: ['10.0.0.0/8'] },
      place({ exposure: exposed }),
      'no',
    ],
    [
      'unknown where only the flag is shown',
      { type: 'expose', ...on, cidrs: ['10.0.0.0/8'] },
      place({ exposure: { exposed: true } }),
      'unknown',
    ],
    ['where nothing is exposed', { type: 'unexpose', ...on }, place({ exposure: { exposed: false } }), 'yes'],
    [
      'where this endpoint is not',
      { type: 'unexpose', ...on, endpoint: 'web' },
      place({ exposure: exposed }),
      'yes',
    ],
    ['where trust is given', { type: 'trust', ...on, kubernetes: true }, place({ trust: true }), 'yes'],
    [
      'not where it is still given',
      { type: 'remove-trust', ...on, kubernetes: true },
      place({ trust: true }),
      'no',
    ],
    [
      'unknown for what leaves no lasting mark',
      { type: 'run-action', model: ref, application: 'db', unit: 'db/0', action: 'x', params: {} },
      place(),
      'unknown',
    ],
  ])('%s', (_, action, at, wanted) => {
    expect(observed(action, at)).toBe(wanted);
  });
});
