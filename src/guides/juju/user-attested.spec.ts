import { describe, expect, test } from '@jest/globals';
import type { UserAccount } from '../../core/snapshot.js';
import { verdicts } from '../../../test/support/verdicts.js';
import { judge, prod, unknownFact, user } from '../../../test/support/world.js';
import { bootstrapPassword } from './user-attested.js';
import { passwordRotation } from './user-rotation.js';

const root = (name: string, more: Partial<UserAccount> = {}) => user(name, { access: 'superuser', ...more });
const needsSuperuser = unknownFact('users were not read', 'superuser');

describe('JUJU-USER-04 and JUJU-USER-07 passwords', () => {
  test.each([
    ['rotation has to be attested', passwordRotation, prod({}), ['manual PasswordAgeNotKept']],
    [
      'without users nothing can be said',
      passwordRotation,
      prod({ users: needsSuperuser }),
      ['unknown PermissionMissing'],
    ],
    [
      "a change of admin's password has to be attested",
      bootstrapPassword,
      prod({}),
      ['manual PasswordChangeNotKept'],
    ],
    [
      'a disabled admin opens nothing',
      bootstrapPassword,
      prod({ users: [root('admin', { disabled: true }), root('boss')] }),
      ['pass BootstrapUserDisabled'],
    ],
    [
      'whether admin is disabled must be read',
      bootstrapPassword,
      prod({ users: needsSuperuser }),
      ['unknown PermissionMissing'],
    ],
  ])('%s', (_, control, snapshot, expected) => {
    expect(verdicts(judge(control, snapshot))).toEqual(expected);
  });
});
