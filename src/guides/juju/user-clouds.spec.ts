import { describe, expect, it, test } from '@jest/globals';
import type { Dict } from '../../core/dict.js';
import type { UserAccount } from '../../core/snapshot.js';
import { commands, undoings, verdicts } from '../../../test/support/verdicts.js';
import { judge, prod, unknownFact, user } from '../../../test/support/world.js';
import { cloudAccess } from './user-clouds.js';

const root = (name: string, more: Partial<UserAccount> = {}) => user(name, { access: 'superuser', ...more });
const needsSuperuser = unknownFact('users were not read', 'superuser');

describe('JUJU-USER-06 cloud access', () => {
  const clouds = (users: Dict<string>) =>
    prod({ users: [root('admin')], clouds: { stack: { type: 'openstack', users } } });

  test.each([
    ['declared administrators pass', clouds({ admin: 'admin' }), {}, ['pass AsRequired']],
    [
      'an undeclared user fails',
      clouds({ admin: 'admin', bob: 'add-model' }),
      {},
      ['fail UndeclaredCloudAccess bob'],
    ],
    [
      'a declared user may add models',
      clouds({ bob: 'add-model' }),
      { mayAddModels: ['bob'] },
      ['pass AsRequired'],
    ],
    [
      'and may not administer',
      clouds({ bob: 'admin' }),
      { mayAddModels: ['bob'] },
      ['fail UndeclaredCloudAccess bob'],
    ],
    ['no level is no access', clouds({ bob: '' }), {}, ['pass AsRequired']],
    [
      'clouds that were not read are unknown',
      prod({ clouds: needsSuperuser }),
      {},
      ['unknown PermissionMissing'],
    ],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(cloudAccess, snapshot, { params }))).toEqual(expected);
  });

  test.each([
    ['to nothing', {}, 'revoke-cloud -c prod bob add-model stack'],
    ['to adding models', { mayAddModels: ['bob'] }, 'revoke-cloud -c prod bob admin stack'],
  ])('names the level above what is left: %s', (_, params, command) => {
    const findings = judge(cloudAccess, clouds({ bob: 'admin' }), { params });
    expect(commands(findings)).toEqual([command]);
    expect(undoings(findings)).toEqual(['grant-cloud -c prod bob admin stack']);
  });

  it('gathers the clouds of a user in one finding', () => {
    const both = { type: 'openstack', users: { bob: 'admin' } };
    const findings = judge(cloudAccess, prod({ clouds: { one: both, two: both } }));
    expect(verdicts(findings)).toEqual(['fail UndeclaredCloudAccess bob']);
    expect(commands(findings)).toHaveLength(2);
  });

  it('changes no level that it does not know', () => {
    expect(commands(judge(cloudAccess, clouds({ bob: 'emperor' })))).toEqual([]);
  });
});
