import { describe, expect, it, test } from '@jest/globals';
import { cloudPolicyDifference } from './difference.js';
import { cloudPolicyForms } from './forms.js';
import type { CloudPermissions } from './grants.js';

const nothing = { optional: [], tooWide: [], tolerated: [], lesser: [] };
const aws: CloudPermissions = {
  ...nothing,
  kind: 'aws-iam',
  needed: ['ec2:RunInstances', 'iam:PassRole'],
  optional: ['ec2:CreateTags'],
  tooWide: ['iam:CreateAccessKey'],
};
const azure: CloudPermissions = {
  ...nothing,
  kind: 'azure-role',
  needed: ['Microsoft.Compute/disks/read', 'Microsoft.Network/networkInterfaces/join/action'],
  tooWide: ['Microsoft.Authorization/*/write'],
  tolerated: ['Microsoft.Compute/*'],
};
const gcp: CloudPermissions = {
  ...nothing,
  kind: 'gcp-role',
  needed: ['roles/compute.securityAdmin', ['roles/compute.instanceAdmin.v1', 'roles/compute.instanceAdmin']],
  tooWide: ['roles/owner', 'roles/editor', 'resourcemanager.*.setIamPolicy'],
  lesser: ['roles/viewer'],
};
const openstack: CloudPermissions = {
  ...nothing,
  kind: 'openstack-roles',
  needed: [['member', '_member_']],
  tooWide: ['admin', 'admin on *'],
  lesser: ['reader'],
};

const all = { Effect: 'Allow', Action: ['ec2:RunInstances', 'iam:PassRole'], Resource: '*' };

function differs(needed: CloudPermissions, ...documents: unknown[]): string {
  const grants = documents.flatMap((document) => cloudPolicyForms[needed.kind].parse(document));
  return Object.entries(cloudPolicyDifference(grants, needed))
    .flatMap(([what, names]) => ((names as string[]).length === 0 ? [] : [`${what}: ${String(names)}`]))
    .join('; ');
}

function statements(...given: object[]): object {
  return { Version: '2012-10-17', Statement: given };
}

describe('an IAM policy', () => {
  test.each([
    ['that grants just what is needed differs in nothing', [all], ''],
    ['may hold what is optional', [all, { ...all, Action: 'ec2:CreateTags' }], ''],
    ['may be written in other letters', [{ ...all, Action: ['EC2:runinstances', 'iam:passrole'] }], ''],
    ['lacks what it does not name', [{ ...all, Action: 'iam:PassRole' }], 'missing: ec2:RunInstances'],
    [
      'lacks what is denied',
      [all, { ...all, Effect: 'Deny', Action: 'ec2:Run*' }],
      'missing: ec2:RunInstances',
    ],
    ['with a star is too wide', [{ ...all, Action: '*' }], 'tooWide: *'],
    ['with two stars is too wide', [{ ...all, Action: '*:*' }], 'tooWide: *:*'],
    ['with a whole service is too wide', [all, { ...all, Action: 'iam:*' }], 'tooWide: iam:*'],
    [
      'with a piece of several services is too wide',
      [all, { ...all, Action: 's?:Get*' }],
      'tooWide: s?:Get*',
    ],
    [
      'with a whole service denied again is not',
      [all, { ...all, Action: 's3:*' }, { ...all, Effect: 'Deny', Action: 's*' }],
      '',
    ],
    [
      'with a mighty action is too wide',
      [all, { ...all, Action: 'iam:CreateAccessKey' }],
      'tooWide: iam:CreateAccessKey',
    ],
    [
      'with a wildcard over a mighty action is too wide',
      [all, { ...all, Action: 'iam:Create*' }],
      'tooWide: iam:Create*',
    ],
    [
      'with that action denied is not',
      [all, { ...all, Action: 'iam:Create*' }, { ...all, Effect: 'Deny', Action: 'iam:CreateAccessKey' }],
      'extra: iam:Create*',
    ],
    ['names what is not needed', [all, { ...all, Action: 's3:GetObject' }], 'extra: s3:GetObject'],
    [
      'with NotAction grants all the rest, which is too wide',
      [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
      'tooWide: * but 1 named',
    ],
    [
      'with NotAction lacks what it leaves out',
      [{ Effect: 'Allow', NotAction: 'ec2:*', Resource: '*' }],
      'missing: ec2:RunInstances; tooWide: * but 1 named',
    ],
    [
      'that denies all but something lacks the rest',
      [all, { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*' }],
      'missing: iam:PassRole',
    ],
    [
      'under a condition is unclear',
      [{ ...all, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
      'unclear: ec2:RunInstances (a Condition),iam:PassRole (a Condition)',
    ],
    [
      'on certain resources is unclear',
      [{ ...all, Resource: 'arn:aws:ec2:*:*:instance/i-1' }],
      'unclear: ec2:RunInstances (certain resources),iam:PassRole (certain resources)',
    ],
    [
      'on all but some resources is unclear',
      [{ Effect: 'Allow', Action: all.Action, NotResource: 'arn:x' }],
      'unclear: ec2:RunInstances (NotResource),iam:PassRole (NotResource)',
    ],
    [
      'that denies under a condition is unclear there',
      [all, { ...all, Effect: 'Deny', Action: 'iam:*', Condition: { Bool: {} } }],
      'unclear: iam:PassRole (a Condition)',
    ],
    [
      'that is wide under a condition is unclear',
      [all, { ...all, Action: '*', Condition: { Bool: {} } }],
      'unclear: * (a Condition)',
    ],
    ['with an empty condition holds', [{ ...all, Condition: {} }], ''],
  ])('%s', (_, given, expected) => {
    expect(differs(aws, statements(...given))).toBe(expected);
  });

  it('is taken together from several documents', () => {
    const halves = [
      statements({ ...all, Action: 'ec2:RunInstances' }),
      { Statement: { ...all, Action: 'iam:PassRole' } },
    ];
    expect(differs(aws, ...halves)).toBe('');
  });

  it('is found in what the command prints', () => {
    expect(differs(aws, { PolicyVersion: { VersionId: 'v1', Document: statements(all) } })).toBe('');
    expect(differs(aws, { RoleName: 'juju', PolicyDocument: statements(all) })).toBe('');
  });
});

const fits = azure.needed as string[];

describe('an Azure role', () => {
  test.each([
    ['that grants just what is needed differs in nothing', { permissions: [{ actions: fits }] }, ''],
    ['is read from a file for the command', { Name: 'juju', Actions: fits, AssignableScopes: ['/'] }, ''],
    ['is read from a list', [{ permissions: [{ actions: fits, notActions: [] }] }], ''],
    ['is read from the REST API', { properties: { permissions: [{ actions: fits }] } }, ''],
    [
      'may have the wildcards of the documentation',
      { permissions: [{ actions: [...fits, 'Microsoft.Compute/*'] }] },
      '',
    ],
    ['of an owner is too wide', { permissions: [{ actions: ['*'] }] }, 'tooWide: *'],
    [
      'of a contributor is too wide',
      { permissions: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }] },
      'tooWide: * but 1 named',
    ],
    [
      'that hands out roles is too wide',
      { permissions: [{ actions: [...fits, 'Microsoft.Authorization/roleAssignments/write'] }] },
      'tooWide: Microsoft.Authorization/roleAssignments/write',
    ],
    [
      'with NotActions lacks them',
      { permissions: [{ actions: fits, notActions: ['Microsoft.Compute/*'] }] },
      'missing: Microsoft.Compute/disks/read',
    ],
    [
      'has what a second part gives again',
      {
        permissions: [
          { actions: fits, notActions: ['Microsoft.Compute/*'] },
          { actions: ['Microsoft.Compute/disks/read'] },
        ],
      },
      '',
    ],
    [
      'that reads all data is too wide',
      { permissions: [{ actions: fits, dataActions: ['*'] }] },
      'tooWide: data:*',
    ],
    [
      'under a condition is unclear',
      {
        permissions: [{ actions: ['Microsoft.Compute/disks/read'], condition: 'x' }, { actions: [fits[1]] }],
      },
      'unclear: Microsoft.Compute/disks/read (a condition)',
    ],
  ])('%s', (_, document, expected) => {
    expect(differs(azure, document)).toBe(expected);
  });
});

const roles = ['roles/compute.securityAdmin', 'roles/compute.instanceAdmin'];

describe('Google roles', () => {
  test.each([
    ['that are needed differ in nothing', roles, ''],
    [
      'are read from bindings',
      { bindings: roles.map((role) => ({ role, members: ['serviceAccount:j@p'] })) },
      '',
    ],
    [
      'are read from flattened bindings',
      roles.map((role) => ({ bindings: { role, members: 'serviceAccount:j@p' } })),
      '',
    ],
    ['may come with lesser ones', [...roles, 'roles/viewer'], ''],
    ['may lack one', [roles[0]], 'missing: roles/compute.instanceAdmin.v1 or roles/compute.instanceAdmin'],
    ['of an owner are too wide', [...roles, 'roles/owner'], 'tooWide: roles/owner'],
    [
      'under a condition are unclear',
      { bindings: [{ role: roles[0] }, { role: roles[1], condition: { expression: 'x' } }] },
      'unclear: roles/compute.instanceAdmin.v1 or roles/compute.instanceAdmin (a condition)',
    ],
    [
      'of which one is made by hand are unclear',
      [...roles, 'projects/p/roles/own'],
      'unclear: projects/p/roles/own (what this role holds is not known)',
    ],
  ])('%s', (_, document, expected) => {
    expect(differs(gcp, document)).toBe(expected);
  });

  it('made by hand with a mighty permission are too wide', () => {
    const own = { name: 'own', includedPermissions: ['resourcemanager.projects.setIamPolicy'] };
    expect(differs(gcp, own)).toContain('tooWide: resourcemanager.projects.setIamPolicy');
  });

  it('made by hand say that they cannot be compared, and never that something is missing', () => {
    const own = { name: 'own', includedPermissions: ['compute.instances.create'] };
    expect(differs(gcp, own)).not.toContain('missing');
    expect(differs(gcp, own)).toContain('own (what this role holds is not known)');
  });
});

describe('OpenStack roles', () => {
  test.each([
    ['of a member differ in nothing', ['member'], ''],
    [
      'of old are as good',
      [{ Role: '_member_', User: 'juju@Default', Project: 'p@Default', Domain: '' }],
      '',
    ],
    ['of a reader are not enough', ['reader'], 'missing: member or _member_'],
    ['of an admin are too wide', ['admin', 'member'], 'tooWide: admin'],
    [
      'of an admin of the system are too wide',
      ['member', { Role: 'admin', System: 'all' }],
      'tooWide: admin on the system',
    ],
  ])('%s', (_, document, expected) => {
    expect(differs(openstack, document)).toBe(expected);
  });

  it('that the cloud made itself are unclear', () => {
    expect(differs(openstack, ['member', 'load-balancer_member'])).toContain('unclear: load-balancer_member');
  });
});
