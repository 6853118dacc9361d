import { describe, expect, it, test } from '@jest/globals';
import { judge, knowledge } from '../../../test/support/judge.js';
import { verdicts } from '../../../test/support/verdicts.js';
import { model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import { cloudPolicyForms } from '../../core/cloud-policy/forms.js';
import type { CloudPolicyKind } from '../../core/cloud-policy/grants.js';
import type { HandedCloudPolicy } from '../../core/policy/cloud-policies.js';
import { cloudPolicy } from './cloud-policy.js';

function data(spec: ModelSpec) {
  return prod({ models: { data: model(spec) } });
}

function on(provider: string) {
  return data({ info: { provider }, credential: { name: 'ops', owner: 'admin', cloud: 'c' } });
}

function handed(
  kind: CloudPolicyKind,
  document: unknown,
  match: HandedCloudPolicy['match'] = {},
): HandedCloudPolicy {
  const grants = cloudPolicyForms[kind].parse(document);
  return { match, kind, file: '/etc/holdfast/policy.json', written: '2026-11-20T00:00:00Z', grants };
}

function neededOn(provider: string): string[] {
  const needed = knowledge.cloudPermissions[provider]?.needed ?? [];
  return needed.map((one) => (typeof one === 'string' ? one : (one[0] ?? '')));
}

function aws(Action: readonly string[], more: object = {}): HandedCloudPolicy {
  return handed('aws-iam', { Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }] });
}

const onAws = neededOn('ec2');
const onAzure = neededOn('azure');
const onGoogle = neededOn('gce');

describe('JUJU-CRED-04 permissions on the cloud', () => {
  test.each([
    ['a policy as in the documentation of Juju passes', 'ec2', [aws(onAws)], 'pass AsRequired'],
    [
      'one without RunInstances fails',
      'ec2',
      [aws(onAws.filter((one) => one !== 'ec2:RunInstances'))],
      'fail PermissionsMissing',
    ],
    ['one with a star fails', 'ec2', [aws(['*'])], 'fail PermissionsTooWide'],
    ['one with ec2:* fails', 'ec2', [aws([...onAws, 'ec2:*'])], 'fail PermissionsTooWide'],
    [
      'one under a condition is unknown',
      'ec2',
      [aws(onAws, { Condition: { Bool: {} } })],
      'unknown ConditionNotUnderstood',
    ],
    ['two halves together pass', 'ec2', [aws(onAws.slice(0, 9)), aws(onAws.slice(9))], 'pass AsRequired'],
    [
      'an Azure role with all that is needed passes',
      'azure',
      [handed('azure-role', { permissions: [{ actions: onAzure }] })],
      'pass AsRequired',
    ],
    [
      'the role of an owner fails',
      'azure',
      [handed('azure-role', { permissions: [{ actions: ['*'] }] })],
      'fail PermissionsTooWide',
    ],
    ['the Google roles of the documentation pass', 'gce', [handed('gcp-role', onGoogle)], 'pass AsRequired'],
    ['the role of an editor fails', 'gce', [handed('gcp-role', ['roles/editor'])], 'fail PermissionsTooWide'],
    [
      'a Google role made by hand is unknown',
      'gce',
      [handed('gcp-role', { name: 'own', includedPermissions: ['compute.disks.get'] })],
      'unknown ConditionNotUnderstood',
    ],
    [
      'a member on OpenStack passes',
      'openstack',
      [handed('openstack-roles', ['member', 'reader'])],
      'pass AsRequired',
    ],
    [
      'an admin on OpenStack fails',
      'openstack',
      [handed('openstack-roles', ['admin'])],
      'fail PermissionsTooWide',
    ],
    ['nothing handed in is unknown', 'ec2', [], 'unknown CloudPolicyNotHandedIn'],
    ['a document of another cloud says nothing', 'azure', [aws(onAws)], 'unknown CloudPolicyNotHandedIn'],
    ['a cloud whose needs are not known takes a person', 'vsphere', [], 'manual CloudPolicyNotSeen'],
  ])('%s', (_, provider, cloudPolicies, expected) => {
    expect(verdicts(judge(cloudPolicy, on(provider), { cloudPolicies }))).toEqual([expected]);
  });

  test.each([
    ['a document about this credential is taken', { cloud: 'c', credential: 'op?' }, 'pass AsRequired'],
    ['one about another controller is not', { controller: 'stage' }, 'unknown CloudPolicyNotHandedIn'],
    ['one about another cloud is not', { cloud: 'd' }, 'unknown CloudPolicyNotHandedIn'],
    ['one about another credential is not', { credential: 'dev' }, 'unknown CloudPolicyNotHandedIn'],
  ])('%s', (_, match, expected) => {
    const cloudPolicies = [{ ...aws(onAws), match }];
    expect(verdicts(judge(cloudPolicy, on('ec2'), { cloudPolicies }))).toEqual([expected]);
  });

  test.each([
    ['on Kubernetes another guide judges', data({ type: 'caas' }), 'not-applicable JudgedOnKubernetes'],
    [
      'a credential that was not read is unknown',
      data({ credential: unknownFact('credentials were not read', 'model admin') }),
      'unknown PermissionMissing',
    ],
    [
      'a provider that is not shown is unknown',
      data({ info: unknownFact('not shown') }),
      'unknown ProviderNotSeen',
    ],
  ])('%s', (_, snapshot, expected) => {
    expect(verdicts(judge(cloudPolicy, snapshot))).toEqual([expected]);
  });

  it('says what is missing and what is too wide, and names the line that would hand a document in', () => {
    const given = aws([...onAws.filter((one) => one !== 'iam:PassRole'), 's3:*']);
    const [wide] = judge(cloudPolicy, on('ec2'), { cloudPolicies: [given] });
    expect(wide?.judgement.message).toContain('too wide: s3:*; missing: iam:PassRole');
    const [unread] = judge(cloudPolicy, on('ec2'));
    expect(unread?.judgement.message).toContain(
      'cloudPolicies: [{ match: { controller: "prod", cloud: "c", credential: "ops" }, kind: aws-iam, file: FILE }]',
    );
  });
});
