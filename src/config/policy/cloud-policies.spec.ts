import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { inspectPolicy, loadPolicy } from './load.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-cloud-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function policyWith(entry: string, documents: Readonly<Record<string, string>> = {}): string {
  for (const [name, content] of Object.entries(documents)) writeFileSync(join(folder, name), content);
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, `kind: Policy\nversion: v1\ncloudPolicies: [${entry}]\n`);
  return file;
}

const aws = '{ match: { cloud: aws }, kind: aws-iam, file: iam.json }';
const statement = '{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*"}';

describe('cloudPolicies', () => {
  it('are read from the files that the policy names', () => {
    const file = policyWith(aws, { 'iam.json': `{"Version":"2012-10-17","Statement":[${statement}]}` });
    const { policy } = loadPolicy(file, { credentials: 'required' });
    expect(policy.cloudPolicies).toMatchObject([
      {
        match: { cloud: 'aws' },
        kind: 'aws-iam',
        file: 'iam.json',
        grants: [{ effect: 'allow', actions: ['ec2:RunInstances'], except: [], limits: [] }],
      },
    ]);
  });

  it('may be written in YAML', () => {
    const file = policyWith('{ match: {}, kind: gcp-role, file: role.yaml }', {
      'role.yaml': 'name: projects/p/roles/juju\nincludedPermissions:\n- compute.disks.create\n',
    });
    const { policy } = loadPolicy(file, { credentials: 'required' });
    expect(policy.cloudPolicies?.[0]?.grants[0]?.actions).toContain('compute.disks.create');
  });

  test.each([
    ['a file that is not there', aws, {}, 'cannot be read: there is no such file'],
    ['a file that is no JSON', aws, { 'iam.json': '{' }, 'is not valid JSON'],
    ['an empty file', aws, { 'iam.json': '' }, 'is empty'],
    [
      'a policy with an unknown effect',
      aws,
      { 'iam.json': `{"Statement":[${statement.replace('Allow', 'Perhaps')}]}` },
      'Statement[0].Effect should be one of Allow, Deny',
    ],
    ['a file that is too large', aws, { 'iam.json': ' '.repeat(1024 * 1024 + 1) }, 'is larger than 1 MiB'],
    ['a file that is nested without end', aws, { 'iam.json': '['.repeat(500_000) }, 'is not valid JSON'],
    ['YAML that is nested without end', aws, { 'iam.json': `a: ${'['.repeat(20_000)}` }, 'iam.json'],
  ])('%s is told by name', (_, entry, documents, expected) => {
    const { notes, policy } = inspectPolicy(policyWith(entry, documents));
    expect(notes.join('\n')).toContain(expected);
    expect(policy.cloudPolicies).toBeUndefined();
  });

  test.each([
    [
      'a kind that is not known',
      '{ match: {}, kind: aws, file: x }',
      'cloudPolicies[0].kind should be one of aws-iam',
    ],
    ['an entry without a file', '{ match: {}, kind: aws-iam }', 'cloudPolicies[0].file is missing'],
    [
      'a match of something else',
      '{ match: { model: m }, kind: aws-iam, file: x }',
      'cloudPolicies[0].match.model is unknown',
    ],
  ])('%s is a mistake', (_, entry, expected) => {
    expect(inspectPolicy(policyWith(entry)).mistakes.join('\n')).toContain(expected);
  });
});
