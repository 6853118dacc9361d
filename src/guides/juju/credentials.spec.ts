import { describe, expect, test } from '@jest/globals';
import { verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import { keylessCredential, rotatedCredential, validCredential } from './credentials.js';

const unread = unknownFact('credentials were not read', 'model admin');

function on(provider: string | undefined, authType?: string) {
  const kind = authType === undefined ? {} : { authType };
  const info = { type: 'iaas', ...(provider === undefined ? {} : { provider }) } as const;
  const whole = provider === undefined ? { info: { ...unknownFact('not shown') } } : { info };
  return data({ ...whole, credential: { name: 'ops', owner: 'admin', cloud: 'c', ...kind } });
}

function data(spec: ModelSpec) {
  return prod({ models: { data: model(spec) } });
}

describe('JUJU-CRED-01 kind of credential', () => {
  test.each([
    ['an instance role on AWS passes', on('ec2', 'instance-role'), 'pass AsRequired'],
    ['an access key on AWS fails', on('ec2', 'access-key'), 'fail LongLivedKey'],
    ['a managed identity on Azure passes', on('azure', 'managed-identity'), 'pass AsRequired'],
    [
      'a service principal with secret on Azure fails',
      on('azure', 'service-principal-secret'),
      'fail LongLivedKey',
    ],
    ['a service account on Google passes', on('gce', 'service-account'), 'pass AsRequired'],
    ['a key file on Google fails', on('gce', 'jsonfile'), 'fail LongLivedKey'],
    ['OpenStack has no such kind', on('openstack', 'userpass'), 'not-applicable NoKeylessKind'],
    ['a kind that is not shown is unknown', on('ec2'), 'unknown AuthTypeNotSeen'],
    ['a provider that is not shown is unknown', on(undefined, 'userpass'), 'unknown ProviderNotSeen'],
    [
      'a credential that was not read is unknown',
      data({ info: { provider: 'ec2' }, credential: unread }),
      'unknown PermissionMissing',
    ],
  ])('%s', (_, snapshot, expected) => {
    expect(verdicts(judge(keylessCredential, snapshot))).toEqual([expected]);
  });
});

describe('JUJU-CRED-02 validity', () => {
  const named = { name: 'ops', owner: 'admin', cloud: 'stack' };

  test.each([
    ['a valid one passes', data({ credential: { ...named, valid: true } }), 'pass AsRequired'],
    ['an invalid one fails', data({ credential: { ...named, valid: false } }), 'fail CredentialInvalid'],
    ['one whose validity is not shown is unknown', data({ credential: named }), 'unknown ValidityNotSeen'],
    ['one that was not read is unknown', data({ credential: unread }), 'unknown PermissionMissing'],
  ])('%s', (_, snapshot, expected) => {
    expect(verdicts(judge(validCredential, snapshot))).toEqual([expected]);
  });
});

describe('JUJU-CRED-03 rotation', () => {
  test.each([
    ['rotation has to be attested', rotatedCredential, data({}), 'manual CredentialAgeNotKept'],
    [
      'rotation of a credential that was not read is unknown',
      rotatedCredential,
      data({ credential: unread }),
      'unknown PermissionMissing',
    ],
  ])('%s', (_, control, snapshot, expected) => {
    expect(verdicts(judge(control, snapshot))).toEqual([expected]);
  });
});
