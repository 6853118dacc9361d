import { describe, expect, it, test } from '@jest/globals';
import type { UserAccount } from '../../core/snapshot.js';
import { commands, messages, undoings, verdicts } from '../../../test/support/verdicts.js';
import { judge, prod, unknownFact, user } from '../../../test/support/world.js';
import { unmet } from '../../core/action/precondition.js';
import { changeControllerAccess } from '../../simulator/world/access.js';
import { buildWorld } from '../../simulator/world/build.js';
import { virtualClock } from '../../simulator/virtual-clock.js';
import { superusers } from './user-superusers.js';

const root = (name: string, more: Partial<UserAccount> = {}) => user(name, { access: 'superuser', ...more });
const needsSuperuser = unknownFact('users were not read', 'superuser');

describe('JUJU-USER-01 superusers', () => {
  const of = (...users: UserAccount[]) => prod({ users });

  test.each([
    ['the declared superuser passes', of(root('admin'), user('bob')), {}, ['pass AsRequired']],
    [
      'each undeclared superuser fails by name',
      of(root('admin'), root('mallory'), root('eve')),
      {},
      ['fail UndeclaredSuperuser mallory', 'fail UndeclaredSuperuser eve'],
    ],
    [
      'a disabled superuser counts for nothing',
      of(root('admin'), root('eve', { disabled: true })),
      {},
      ['pass AsRequired'],
    ],
    [
      'too many declared ones fail as a whole',
      of(root('admin'), root('a'), root('b')),
      { superusers: ['admin', 'a', 'b'], maximum: 2 },
      ['fail TooManySuperusers'],
    ],
    [
      'declared ones pass up to the maximum',
      of(root('admin'), root('alice')),
      { superusers: ['admin', 'alice'] },
      ['pass AsRequired'],
    ],
    ['a list without any superuser is not whole', of(user('bob')), {}, ['unknown NoSuperuserSeen']],
    [
      'users that were not read are unknown',
      prod({ users: needsSuperuser }),
      {},
      ['unknown PermissionMissing'],
    ],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(superusers, snapshot, { params }))).toEqual(expected);
  });

  it('names the permission that is missing', () => {
    expect(messages(judge(superusers, prod({ users: needsSuperuser })))).toContain('needs superuser');
  });

  it('revokes an undeclared superuser, and grants it again to undo', () => {
    const findings = judge(superusers, of(root('admin'), root('mallory')));
    expect(commands(findings)).toEqual(['revoke -c prod mallory superuser']);
    expect(undoings(findings)).toEqual(['grant -c prod mallory superuser']);
    expect(findings[0]!.remedies[0]).toMatchObject({
      disruptive: true,
      cutsOff: ['mallory'],
      preconditions: [
        { type: 'user-level', user: 'mallory', level: 'superuser', on: 'controller' },
        { type: 'another-superuser', besides: 'mallory' },
      ],
    });
  });

  it.each([
    ['login', 'login'],
    ['none', ''],
  ] as const)('is not run again for a user who holds %s by then', (level, access) => {
    const [remedy] = judge(superusers, of(root('admin'), root('mallory')))[0]!.remedies;
    const controller = of(root('admin'), user('mallory', { access })).controllers['prod']!;
    expect(remedy?.preconditions.map((one) => unmet(one, { controller }))).toEqual([
      `mallory holds ${level}, not superuser`,
      undefined,
    ]);
  });

  it('leaves login each time it is run', () => {
    const findings = judge(superusers, of(root('admin'), root('mallory')));
    const [access = ''] = /(?<=mallory )\w+/.exec(commands(findings)[0] ?? '') ?? [];
    const users = [{ name: 'mallory', access: 'superuser' as const }];
    const estate = { controllers: [{ name: 'prod', users, models: [] }] };
    const sim = buildWorld({ estate, seed: 1, clock: virtualClock() }).controllers.get('prod')!;
    const levels = [1, 2].map(() => {
      changeControllerAccess(sim, { user: 'mallory', action: 'revoke', access });
      return sim.users.get('mallory')?.access;
    });
    expect(levels).toEqual(['login', 'login']);
  });

  it('never takes the last superuser away', () => {
    expect(commands(judge(superusers, of(root('mallory'), root('eve'))))).toEqual([]);
    expect(commands(judge(superusers, of(root('admin', { disabled: true }), root('eve'))))).toEqual([]);
  });

  it('takes our own identities as declared', () => {
    const findings = judge(superusers, of(root('admin'), root('holdfast-audit')), {
      ourselves: ['watch', 'holdfast-audit'],
    });
    expect(verdicts(findings)).toEqual(['pass AsRequired']);
  });

  test.each(['juju-metrics', 'everyone@external', '--help', 'a b'])('does not touch %j', (name) => {
    const findings = judge(superusers, of(root('admin'), root(name)));
    expect(verdicts(findings)).toEqual([`fail UndeclaredSuperuser ${name}`]);
    expect(commands(findings)).toEqual([]);
  });
});
