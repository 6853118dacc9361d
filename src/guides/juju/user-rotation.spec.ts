import { describe, expect, test } from '@jest/globals';
import { commands, messages, verdicts } from '../../../test/support/verdicts.js';
import { judge, prod, unknownFact, user } from '../../../test/support/world.js';
import type { RotationRule } from '../../core/policy/rotation.js';
import type { PasswordChange } from '../../core/snapshot.js';
import type { ControllerSpec } from '../../../test/support/world.js';
import { passwordRotation } from './user-rotation.js';
import { bootstrapPassword } from './user-attested.js';

const every = 90 * 86_400;
const secret = { owner: 'admin', model: 'secrets', name: 'svc' };
const svc: RotationRule = { match: { user: 'svc' }, every, secret };
const watch: RotationRule = { match: { user: 'holdfast-observer' }, every };
const changed = (name: string, at: string): PasswordChange => ({ user: name, at });

/** Users made on 2026-01-05; it is 2026-11-22. */
const of = (names: readonly string[], rotations?: ControllerSpec['rotations']) =>
  prod({ users: names.map((name) => user(name)), ...(rotations === undefined ? {} : { rotations }) });

describe('JUJU-USER-04 of users that the policy has changed', () => {
  test.each([
    ['is due where we never changed it', of(['svc'], []), ['fail RotationDue svc']],
    ['is due again', of(['svc'], [changed('svc', '2026-08-01T00:00:00Z')]), ['fail RotationDue svc']],
    [
      'is satisfied by our own change',
      of(['svc'], [changed('svc', '2026-10-01T00:00:00Z')]),
      ['pass AsRequired svc'],
    ],
    [
      'is satisfied by an account that is younger than that',
      prod({ users: [user('svc', { created: '2026-11-01T00:00:00Z' })], rotations: [] }),
      ['pass AsRequired svc'],
    ],
    [
      'is not satisfied by a change of an account before it of the same name',
      prod({
        users: [user('svc', { created: '2026-06-01T00:00:00Z' })],
        rotations: [changed('svc', '2026-05-30T00:00:00Z')],
      }),
      ['fail RotationDue svc'],
    ],
    [
      'is not satisfied by a system user of the same name',
      of(['svc'], [{ ...changed('svc', '2026-11-01T00:00:00Z'), model: 'admin/data', application: 'pg' }]),
      ['fail RotationDue svc'],
    ],
    [
      'is not known without the journal',
      of(['svc'], unknownFact('the journal cannot be used')),
      ['unknown NotObserved svc'],
    ],
    ['is for a person where nothing keeps a history', of(['svc']), ['manual PasswordAgeNotKept']],
    [
      'leaves the others to a person',
      of(['svc', 'anna'], [changed('svc', '2026-10-01T00:00:00Z')]),
      ['pass AsRequired svc', 'manual PasswordAgeNotKept'],
    ],
  ])('%s', (_, snapshot, expected) => {
    const findings = judge(passwordRotation, snapshot, { rotation: [svc] });
    expect(verdicts(findings)).toEqual(expected);
  });

  test('a new one is kept where the policy says, and never stands in the command', () => {
    const findings = judge(passwordRotation, of(['svc'], []), { rotation: [svc] });
    expect(commands(findings)).toEqual(['change-user-password -c prod --no-prompt svc']);
    expect(findings[0]?.remedies).toMatchObject([
      {
        action: { secret: { in: { controller: 'prod', owner: 'admin', model: 'secrets' }, name: 'svc' } },
        undo: { irreversible: 'a password that was replaced is gone' },
        cutsOff: ['svc'],
        preconditions: [{ type: 'user-enabled', user: 'svc' }],
      },
    ]);
  });

  test('our own needs no secret, and nobody else is cut off', () => {
    const findings = judge(passwordRotation, of(['holdfast-observer'], []), { rotation: [watch] });
    expect(findings[0]?.remedies).toMatchObject([{ action: { user: 'holdfast-observer' }, cutsOff: [] }]);
  });

  test("another's without a secret is not proposed, and it is said why", () => {
    const findings = judge(passwordRotation, of(['svc'], []), {
      rotation: [{ match: { user: 'svc' }, every }],
    });
    expect(findings[0]?.remedies).toEqual([]);
    expect(messages(findings)).toContain('names no secret');
  });
});

test('an account that is marked as managed is due after 90 days', () => {
  const due = (at: string) =>
    verdicts(judge(passwordRotation, of(['svc'], [changed('svc', at)]), { users: { managed: ['svc'] } }));
  expect(due('2026-08-20T00:00:00Z')).toEqual(['fail RotationDue svc']);
  expect(due('2026-08-30T00:00:00Z')).toEqual(['pass AsRequired svc']);
});

test('JUJU-USER-07 is satisfied by our own change of admin', () => {
  const snapshot = of(['admin'], [changed('admin', '2026-10-01T00:00:00Z')]);
  expect(verdicts(judge(bootstrapPassword, snapshot))).toEqual(['pass AsRequired']);
});
