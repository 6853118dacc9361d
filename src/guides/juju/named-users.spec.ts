import { describe, expect, test } from '@jest/globals';
import type { Control } from '../../core/control.js';
import type { UsersPolicy } from '../../core/policy/policy.js';
import type { Snapshot } from '../../core/snapshot.js';
import { commands, verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, user } from '../../../test/support/world.js';
import { offerAccess } from './offer-access.js';
import { cloudAccess } from './user-clouds.js';
import { modelLevels } from './user-levels.js';
import { staleUsers } from './user-stale.js';
import { superusers } from './user-superusers.js';

const root = (name: string) => user(name, { access: 'superuser' });
const auditor = { identities: [{ role: 'auditor', user: 'audit', access: 'superuser' }] };

const roots = prod({ users: [root('admin'), root('alice')] });
const stale = prod({ users: [user('ci', { lastConnection: '2026-01-01T00:00:00Z' })] });
const clouds = prod({
  users: [root('admin')],
  clouds: { stack: { type: 'openstack', users: { alice: 'admin' } } },
});
const levels = prod({
  self: auditor,
  users: [root('admin')],
  models: { data: model({ users: { admin: 'admin', alice: 'admin', bob: 'write' } }) },
});

function offering(users: Readonly<Record<string, string>>): Snapshot {
  const pg = { name: 'pg', application: 'pg', endpoints: [], users };
  return prod({ info: { version: '3.6.28', facades: {} }, models: { data: model({ offers: { pg } }) } });
}

interface Row {
  readonly of: readonly [Control, Snapshot];
  readonly users: Partial<UsersPolicy>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly say: readonly string[];
}

const alice = { superusers: ['admin', 'alice'] };
const inData = (levelsThere: UsersPolicy['grants'][number]['levels']) => ({
  grants: [{ match: { model: 'data' }, levels: levelsThere }],
});
const meant = (...consumers: string[]) => ({ offers: [{ match: { offer: 'pg' }, consumers }] });
const good = ['pass AsRequired'];

describe('users whom the policy names', () => {
  test.each<[string, Row]>([
    ['may be superusers', { of: [superusers, roots], users: alice, say: good }],
    [
      'are all who may be: admin has to be named too',
      {
        of: [superusers, roots],
        users: { superusers: ['alice'] },
        say: ['fail UndeclaredSuperuser admin'],
      },
    ],
    [
      'give way to the parameter of the control',
      {
        of: [superusers, roots],
        users: alice,
        params: { superusers: ['admin'] },
        say: ['fail UndeclaredSuperuser alice'],
      },
    ],
    [
      'may look unused when they are service accounts',
      { of: [staleUsers, stale], users: { serviceAccounts: ['ci'] }, say: good },
    ],
    [
      'are judged like others when their passwords are managed',
      { of: [staleUsers, stale], users: { managed: ['ci'] }, say: ['fail StaleUser ci'] },
    ],
    [
      'are joined by the service accounts of the parameter',
      {
        of: [staleUsers, stale],
        users: { serviceAccounts: ['ci'] },
        params: { serviceAccounts: ['other'] },
        say: good,
      },
    ],
    [
      'may administer clouds when they may be superusers',
      { of: [cloudAccess, clouds], users: alice, say: good },
    ],
    [
      'may hold what is granted on the model',
      { of: [modelLevels, levels], users: inData({ alice: 'admin', bob: 'write' }), say: good },
    ],
    [
      'may not hold more than is granted',
      {
        of: [modelLevels, levels],
        users: inData({ alice: 'admin', bob: 'read' }),
        say: ['fail LevelTooHigh bob'],
      },
    ],
    [
      'hold nothing by a grant on another model',
      {
        of: [modelLevels, levels],
        users: { grants: [{ match: { model: 'web' }, levels: { alice: 'admin', bob: 'admin' } }] },
        say: ['fail UndeclaredUser alice', 'fail UndeclaredUser bob'],
      },
    ],
    [
      'may be superuser, and so may hold any level on a model',
      { of: [modelLevels, levels], users: { ...alice, ...inData({ bob: 'write' }) }, say: good },
    ],
    [
      'hold what the parameter says where both speak of them',
      {
        of: [modelLevels, levels],
        users: inData({ alice: 'admin', bob: 'admin' }),
        params: { levels: { bob: 'read' } },
        say: ['fail LevelTooHigh bob'],
      },
    ],
    [
      'may reach the offers for which they are named',
      { of: [offerAccess, offering({ bob: 'consume' })], users: meant('bob'), say: good },
    ],
    [
      'do not open the offer to others',
      {
        of: [offerAccess, offering({ eve: 'read' })],
        users: meant('bob'),
        say: ['fail UndeclaredConsumer pg'],
      },
    ],
    [
      'may be everybody, for an offer',
      {
        of: [offerAccess, offering({ 'everyone@external': 'read' })],
        users: meant('everyone@external'),
        say: good,
      },
    ],
  ])('%s', (_, { of: [control, snapshot], users, params = {}, say }) => {
    expect(verdicts(judge(control, snapshot, { users, params }))).toEqual(say);
  });

  test.each<[string, Omit<Row, 'say'>, readonly string[]]>([
    [
      'a superuser who is named makes room for one who is not',
      { of: [superusers, roots], users: { superusers: ['alice'] } },
      ['revoke -c prod admin superuser'],
    ],
    [
      'a level above the grant is lowered to it',
      { of: [modelLevels, levels], users: inData({ alice: 'admin', bob: 'read' }) },
      ['revoke -c prod bob write admin/data'],
    ],
  ])('decide what is put right: %s', (_, { of: [control, snapshot], users }, expected) => {
    expect(commands(judge(control, snapshot, { users }))).toEqual(expected);
  });
});
