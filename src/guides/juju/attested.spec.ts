import { describe, expect, it, test } from '@jest/globals';
import type { Judging } from '../../../test/support/judge.js';
import { messages, verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact, user } from '../../../test/support/world.js';
import type { Control } from '../../core/control.js';
import type { Attestation } from '../../core/policy/policy.js';
import type { CloudCredential, SeenDeeds, Snapshot } from '../../core/snapshot.js';
import { cloudPolicy } from './cloud-policy.js';
import { controllerBackup } from './controller-backup.js';
import { rotatedCredential } from './credentials.js';
import { bootstrapPassword } from './user-attested.js';
import { passwordRotation } from './user-rotation.js';

/** A statement about one control, a week old and good until the end of the year. */
function stated(control: Control, more: Partial<Attestation> = {}): Judging {
  const attestation = {
    id: 'a',
    match: { control: control.id },
    statement: 'done',
    owner: 'ann@example.com',
    attested: '2026-11-15T00:00:00Z',
    expires: '2026-12-31T00:00:00Z',
  };
  return { attestations: [{ ...attestation, ...more }] };
}

const expired = { expires: '2026-11-20T00:00:00Z' };
const old = { attested: '2024-01-01T00:00:00Z' };

function credential(more: Partial<CloudCredential> = {}, provider = 'ec2'): Snapshot {
  const own = { name: 'ops', owner: 'admin', cloud: 'aws', authType: 'access-key', ...more };
  return prod({ models: { data: model({ credential: own, info: { provider } }) } });
}

test.each<[string, Control, Snapshot, string]>([
  ['JUJU-CTRL-10', controllerBackup, prod({}), 'manual BackupNotAttested'],
  ['JUJU-CRED-03', rotatedCredential, credential(), 'manual CredentialAgeNotKept'],
  ['JUJU-CRED-04', cloudPolicy, credential(), 'unknown CloudPolicyNotHandedIn'],
  ['JUJU-USER-04', passwordRotation, prod({}), 'manual PasswordAgeNotKept'],
])('%s: with a statement, an expired one, an old one, and none', (_, control, snapshot, without) => {
  const says = (judging: Judging) => verdicts(judge(control, snapshot, judging));
  expect(says(stated(control))).toEqual(['pass Attested']);
  expect(says(stated(control, expired))).toEqual(['fail AttestationExpired']);
  expect(says(stated(control, old))).toEqual(['fail AttestationOld']);
  expect(says({})).toEqual([without]);
});

describe('JUJU-CTRL-10: backups of the controller', () => {
  it('the policy says how old the newest one may be', () => {
    const judging = { ...stated(controllerBackup), params: { age: '1d' } };
    expect(verdicts(judge(controllerBackup, prod({}), judging))).toEqual(['fail AttestationOld']);
  });

  it('a statement about another controller is none', () => {
    const judging = stated(controllerBackup, { match: { control: 'JUJU-CTRL-10', controller: 'edge' } });
    expect(verdicts(judge(controllerBackup, prod({}), judging))).toEqual(['manual BackupNotAttested']);
  });

  it('what has expired is told with its owner and the cure', () => {
    const said = messages(judge(controllerBackup, prod({}), stated(controllerBackup, expired)));
    expect(said).toContain('ann@example.com stated it on 2026-11-15T00:00:00Z');
    expect(said).toContain('match: { control: JUJU-CTRL-10 }');
  });
});

describe('JUJU-CRED-03: rotation of the credential', () => {
  test.each(['instance-role', 'managed-identity', 'empty'])('one of kind %s stores no key', (authType) => {
    expect(verdicts(judge(rotatedCredential, credential({ authType })))).toEqual([
      'not-applicable NothingToRotate',
    ]);
  });

  it('one that was not read is unknown, whatever is stated', () => {
    const unread = prod({ models: { data: model({ credential: unknownFact('no rights', 'admin') }) } });
    expect(verdicts(judge(rotatedCredential, unread, stated(rotatedCredential)))).toEqual([
      'unknown PermissionMissing',
    ]);
  });
});

describe('JUJU-CRED-04: statements in place of a document', () => {
  it('a cloud of which nothing is known can be stated, too', () => {
    const snapshot = credential({}, 'vsphere');
    expect(verdicts(judge(cloudPolicy, snapshot, stated(cloudPolicy)))).toEqual(['pass Attested']);
  });

  it('what a document shows is not stated away', () => {
    const grants = [{ effect: 'allow', actions: ['*'], except: [], limits: [] }] as const;
    const handed = {
      match: {},
      kind: 'aws-iam',
      file: 'p.json',
      written: '2026-11-20T00:00:00Z',
      grants,
    } as const;
    const judging = { ...stated(cloudPolicy), cloudPolicies: [handed] };
    expect(verdicts(judge(cloudPolicy, credential(), judging))).toEqual(['fail PermissionsTooWide']);
  });
});

describe('JUJU-USER-07: the password of the bootstrap administrator', () => {
  test.each<[string, Judging, string]>([
    ['a statement passes, however old', stated(bootstrapPassword, old), 'pass Attested'],
    ['an expired one fails', stated(bootstrapPassword, expired), 'fail AttestationExpired'],
    ['without one a person is needed', {}, 'manual PasswordChangeNotKept'],
  ])('%s', (_, judging, expected) => {
    expect(verdicts(judge(bootstrapPassword, prod({}), judging))).toEqual([expected]);
  });
});

describe('what the audit log of the controller shows', () => {
  const alice = user('alice', { access: 'superuser' });
  const users = [user('admin', { access: 'superuser' }), alice, user('mallory')];
  const at = '2026-11-01T00:00:00Z';
  const long = '2026-01-01T00:00:00Z';

  test.each<[string, Control, SeenDeeds, string]>([
    ['a backup lately made passes', controllerBackup, { backup: at, passwords: {} }, 'pass AsRequired'],
    [
      'one made long ago does not',
      controllerBackup,
      { backup: long, passwords: {} },
      'manual BackupNotAttested',
    ],
    ['none is no backup', controllerBackup, { passwords: {} }, 'manual BackupNotAttested'],
    [
      'a password that admin changed passes, whenever',
      bootstrapPassword,
      { passwords: { admin: { at: long, by: 'admin' } } },
      'pass AsRequired',
    ],
    [
      'so does one that another superuser changed',
      bootstrapPassword,
      { passwords: { admin: { at, by: 'alice' } } },
      'pass AsRequired',
    ],
    [
      'what somebody else made up is not believed',
      bootstrapPassword,
      { passwords: { admin: { at, by: 'mallory' } } },
      'manual PasswordChangeNotKept',
    ],
    [
      'users who all changed theirs lately pass',
      passwordRotation,
      {
        passwords: {
          admin: { at, by: 'admin' },
          alice: { at, by: 'alice' },
          mallory: { at, by: 'alice' },
        },
      },
      'pass AsRequired',
    ],
    [
      'one who did not is left',
      passwordRotation,
      { passwords: { admin: { at, by: 'admin' }, alice: { at: long, by: 'alice' } } },
      'manual PasswordAgeNotKept',
    ],
  ])('%s', (_, control, deeds, expected) => {
    expect(verdicts(judge(control, prod({ users, deeds })))).toEqual([expected]);
  });

  it('an unread log is no word', () => {
    const world = prod({ users, deeds: unknownFact('cannot be read') });
    expect(verdicts(judge(bootstrapPassword, world))).toEqual(['manual PasswordChangeNotKept']);
  });
});
