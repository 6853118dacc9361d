import { describe, expect, test } from '@jest/globals';
import { verdicts } from '../../../test/support/verdicts.js';
import { judge, model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import { knownKeys } from './model-keys.js';
import { tenantCredentials } from './model-tenants.js';

const data = (spec: ModelSpec) => prod({ models: { data: model(spec) } });

describe('JUJU-MODEL-06 SSH keys', () => {
  const key = 'SHA256:abc ann@laptop';

  test.each([
    ['no keys pass', { sshKeys: [] }, {}, 'pass AsRequired'],
    ['an undeclared key fails', { sshKeys: [key] }, {}, 'fail UnknownSshKey'],
    ['a declared key passes', { sshKeys: [key] }, { fingerprints: ['SHA256:abc'] }, 'pass AsRequired'],
    [
      'a comment proves nothing',
      { sshKeys: ['SHA256:evil SHA256:abc'] },
      { fingerprints: ['SHA256:abc'] },
      'fail UnknownSshKey',
    ],
    [
      'keys that were not read are unknown',
      { sshKeys: unknownFact('no rights', 'model read') },
      {},
      'unknown PermissionMissing',
    ],
  ])('%s', (_, spec, params, expected) => {
    expect(verdicts(judge(knownKeys, data(spec), { params }))).toEqual([expected]);
  });
});

describe('JUJU-MODEL-08 tenants', () => {
  const params = { tenants: { red: ['data'], blue: ['web'] } };
  const own = { name: 'red', owner: 'admin', cloud: 'stack' };
  const both = (web: ModelSpec) =>
    prod({
      models: { data: model({ credential: own }), web: model(web), spare: model({ credential: own }) },
    });
  const ofData = (snapshot: ReturnType<typeof both>, given: object) =>
    judge(tenantCredentials, snapshot, { params: { ...given } }).filter(
      ({ target }) => target.model === 'data',
    );

  test.each([
    ['credentials of their own pass', both({}), params, 'pass AsRequired'],
    [
      'a credential shared with another tenant fails',
      both({ credential: own }),
      params,
      'fail CredentialShared',
    ],
    [
      'a model of the same tenant may share',
      both({ credential: own }),
      { tenants: { red: ['data', 'web'] } },
      'pass AsRequired',
    ],
    ['without tenants there is nothing to judge', both({}), {}, 'not-applicable NoTenantDeclared'],
    [
      "another tenant's credential that was not read is unknown",
      both({ credential: unknownFact('no rights', 'model admin') }),
      params,
      'unknown PermissionMissing',
    ],
  ])('%s', (_, snapshot, given, expected) => {
    expect(verdicts(ofData(snapshot, given))).toEqual([expected]);
  });
});
