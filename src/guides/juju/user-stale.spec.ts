import { describe, expect, it, test } from '@jest/globals';
import type { UserAccount } from '../../core/snapshot.js';
import { commands, undoings, verdicts } from '../../../test/support/verdicts.js';
import { judge, prod, unknownFact, user } from '../../../test/support/world.js';
import { staleUsers } from './user-stale.js';

const root = (name: string, more: Partial<UserAccount> = {}) => user(name, { access: 'superuser', ...more });
const needsSuperuser = unknownFact('users were not read', 'superuser');

describe('JUJU-USER-03 stale users', () => {
  const of = (...users: UserAccount[]) => prod({ users: [root('admin'), ...users] });
  const never = (name: string, created: string, more: Partial<UserAccount> = {}): UserAccount => {
    const { name: own, displayName, access, disabled } = user(name, more);
    return { name: own, displayName, access, disabled, created };
  };
  const stale = (name: string, more: Partial<UserAccount> = {}) =>
    user(name, { lastConnection: '2026-08-01T00:00:00Z', ...more });

  test.each([
    ['users who were here lately pass', of(user('bob')), {}, ['pass AsRequired']],
    ['one who has not been here for 90 days fails', of(stale('bob')), {}, ['fail StaleUser bob']],
    ['the policy sets the age', of(stale('bob')), { age: '200d' }, ['pass AsRequired']],
    [
      'one who never connected fails after 30 days',
      of(never('dave', '2026-10-01T00:00:00Z')),
      {},
      ['fail NeverConnected dave'],
    ],
    [
      'a young account may not have connected yet',
      of(never('dave', '2026-11-20T00:00:00Z')),
      {},
      ['pass AsRequired'],
    ],
    ['a disabled one passes', of(stale('eve', { disabled: true })), {}, ['pass AsRequired']],
    [
      "Juju's own accounts are left alone",
      of(never('juju-metrics', '2026-01-01T00:00:00Z')),
      {},
      ['pass AsRequired'],
    ],
    ['external users have no dates', of(stale('ann@example.com')), {}, ['pass AsRequired']],
    ['a service account may look stale', of(stale('ci')), { serviceAccounts: ['ci'] }, ['pass AsRequired']],
    [
      'a local account without dates is unknown',
      of({ name: 'zoe', displayName: '', access: 'login', disabled: false }),
      {},
      ['unknown DatesNotShown zoe'],
    ],
    [
      'users that were not read are unknown',
      prod({ users: needsSuperuser }),
      {},
      ['unknown PermissionMissing'],
    ],
  ])('%s', (_, snapshot, params, expected) => {
    expect(verdicts(judge(staleUsers, snapshot, { params }))).toEqual(expected);
  });

  it('turns stale by time alone, and says when', () => {
    const snapshot = of(user('bob', { lastConnection: '2026-11-01T00:00:00Z' }));
    const [before] = judge(staleUsers, snapshot, { asOf: '2026-11-22T06:00:00Z' });
    expect(before!.validUntil).toBe(Date.parse('2027-01-30T00:00:00Z'));
    expect(verdicts(judge(staleUsers, snapshot, { asOf: '2027-01-30T00:00:00Z' }))).toContain(
      'fail StaleUser bob',
    );
  });

  it('disables, and enables again to undo', () => {
    const findings = judge(staleUsers, of(stale('bob')));
    expect(commands(findings)).toEqual(['disable-user -c prod bob']);
    expect(undoings(findings)).toEqual(['enable-user -c prod bob']);
    expect(findings[0]!.remedies[0]!.preconditions).toEqual([{ type: 'user-enabled', user: 'bob' }]);
  });

  it('asks for another superuser before it disables one', () => {
    expect(
      judge(staleUsers, of(stale('boss', { access: 'superuser' })))[0]!.remedies[0]!.preconditions,
    ).toEqual([
      { type: 'user-enabled', user: 'boss' },
      { type: 'another-superuser', besides: 'boss' },
    ]);
  });

  it('never disables the last superuser, nor ourselves', () => {
    const last = prod({ users: [stale('admin', { access: 'superuser' }), user('bob')] });
    expect(verdicts(judge(staleUsers, last))).toEqual(['fail StaleUser admin']);
    expect(commands(judge(staleUsers, last))).toEqual([]);
    expect(verdicts(judge(staleUsers, of(stale('watch')), { ourselves: ['watch'] }))).toEqual([
      'pass AsRequired',
    ]);
  });
});
