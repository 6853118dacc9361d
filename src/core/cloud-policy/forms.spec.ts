import { describe, expect, it, test } from '@jest/globals';
import { cloudPolicyDifference } from './difference.js';
import { cloudPolicyForms } from './forms.js';
import type { CloudPolicyKind } from './grants.js';

const all = { Effect: 'Allow', Action: ['ec2:RunInstances', 'iam:PassRole'], Resource: '*' };

function statements(...given: object[]): object {
  return { Version: '2012-10-17', Statement: given };
}

describe('documents of others', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
  const hostile: [string, CloudPolicyKind, unknown][] = [
    ['no policy at all', 'aws-iam', 'hello'],
    ['nothing', 'aws-iam', null],
    ['a trust policy', 'aws-iam', statements({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' })],
    ['both Action and NotAction', 'aws-iam', statements({ ...all, NotAction: '*' })],
    ['an unknown effect', 'aws-iam', statements({ ...all, Effect: 'Maybe' })],
    ['an unknown key', 'aws-iam', statements({ ...all, Action2: 'x' })],
    ['a very long permission', 'aws-iam', statements({ ...all, Action: '*a'.repeat(1000) })],
    [
      'very many permissions',
      'aws-iam',
      statements({ ...all, Action: Array.from({ length: 5000 }, () => 'a:b') }),
    ],
    ['very many statements', 'aws-iam', statements(...Array.from({ length: 1001 }, () => all))],
    ['deep nesting', 'aws-iam', deep],
    ['an Azure role without permissions', 'azure-role', { roleName: 'x' }],
    ['deep nesting', 'azure-role', deep],
    ['a Google document of nothing', 'gcp-role', {}],
    [
      'bindings of two accounts',
      'gcp-role',
      { bindings: [{ role: 'roles/owner', members: ['user:a', 'user:b'] }] },
    ],
    ['deep nesting', 'gcp-role', deep],
    [
      'roles of two users',
      'openstack-roles',
      [
        { Role: 'member', User: 'a' },
        { Role: 'admin', User: 'b' },
      ],
    ],
    ['deep nesting', 'openstack-roles', deep],
  ];

  test.each(hostile)('%s: refused as %s', (_, kind, document) => {
    expect(cloudPolicyForms[kind].safeParse(document).success).toBe(false);
  });

  it('are compared in time when they are as large as may be', () => {
    const trap = Array.from({ length: 16 }, (_, index) => `ec2:${'*a'.repeat(120)}${index}`);
    const [allow, deny] = ['Allow', 'Deny'].map((Effect) => ({ Effect, Action: trap, Resource: '*' }));
    const document = statements({ ...allow }, { ...deny });
    const nothing = { optional: [], tooWide: trap, tolerated: [], lesser: [] };
    const started = performance.now();
    const grants = cloudPolicyForms['aws-iam'].parse(document);
    cloudPolicyDifference(grants, { ...nothing, kind: 'aws-iam', needed: ['ec2:RunInstances'] });
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});
