import { describe, expect, it, test } from '@jest/globals';
import { wsResponse } from '../../../test/support/ws-capture.js';
import { isKnown, type Fact, type Reading } from '../../core/fact.js';
import { readApplication } from './read-application.js';
import { readBlocks } from './read-blocks.js';
import { cloudTags, readClouds } from './read-clouds.js';
import { readControllerConfig } from './read-controller-config.js';
import { readModelConfig } from './read-model-config.js';
import { readAuthType, readModelInfo } from './read-model-info.js';
import { readModelList } from './read-models.js';
import { readOffers } from './read-offers.js';
import { readSecrets } from './read-secrets.js';
import { readSshKeys } from './read-ssh-keys.js';
import { accessOf, readUsers, userAccounts } from './read-users.js';

const reading: Reading = { source: { road: 'api', call: 'X.Y v1' }, at: '2026-11-22T03:34:35Z' };
const nobody = (): void => undefined;

function value<T>(fact: Fact<T>): T {
  if (!isKnown(fact)) throw new Error(`not known: ${fact.unknown.reason}`);
  return fact.value;
}

function gapOf(fact: Fact<unknown>): { readonly reason: string; readonly permission?: string } {
  if (isKnown(fact)) throw new Error('known');
  return fact.unknown;
}

describe('users of a controller', () => {
  const all = userAccounts(reading, wsResponse('3-hardened/ws/UserInfo'), nobody);

  it('as a superuser sees them, disabled ones included', () => {
    const users = value(readUsers(reading, all, true));
    expect(users.map(({ name }) => name)).toEqual([
      'admin',
      'alice',
      'bob',
      'carol',
      'dave',
      'eve',
      'everyone@external',
      'juju-metrics',
    ]);
    expect(users.find(({ name }) => name === 'eve')).toEqual({
      name: 'eve',
      displayName: '',
      access: '',
      disabled: true,
      created: '2026-11-22T03:25:02Z',
      lastConnection: '2026-11-22T03:25:03Z',
    });
    expect(users.find(({ name }) => name === 'dave')).not.toHaveProperty('lastConnection');
  });

  it('are unknown to anybody else, who sees only himself', () => {
    const bob = userAccounts(reading, wsResponse('3-hardened/ws-as-bob-model-admin/UserInfo'), nobody);
    expect(bob).toHaveLength(1);
    expect(accessOf(bob, 'bob')).toBe('login');
    expect(gapOf(readUsers(reading, bob, false))).toMatchObject({ permission: 'controller superuser' });
  });
});

describe('the list of models', () => {
  it('gives names, owners and what else it tells', () => {
    expect(readModelList(reading, wsResponse('3-hardened/ws/ListModelSummaries'), nobody)).toEqual([
      {
        name: 'controller',
        uuid: '2ab8743d-ab79-4924-8000-1e71a9ff56f7',
        details: { owner: 'admin', isController: true, life: 'alive' },
      },
      expect.objectContaining({ name: 'data' }),
      expect.objectContaining({ name: 'cos' }),
    ]);
  });

  it('reads the qualifier of 4.x, a migration under way, and drops bad names', () => {
    const dropped: string[] = [];
    const uuid = '253b5010-f23f-4be4-84c6-e89bf4f73787';
    const results = [
      { result: { name: 'm', uuid, qualifier: 'prod', migration: { status: 'importing', start: 'x' } } },
      { result: { name: 'done', uuid, 'owner-tag': 'user-eve', migration: { status: 'old', end: 'x' } } },
      { result: { name: '../m', uuid } },
      { error: { message: 'no', code: '' } },
    ];
    const models = readModelList(reading, { results }, (_, name) => dropped.push(name));
    expect(models.map(({ details }) => details)).toEqual([
      { owner: 'prod', migration: 'importing' },
      { owner: 'eve' },
    ]);
    expect(dropped).toEqual(['../m']);
  });
});

describe('one model', () => {
  const results = (wsResponse('3-hardened/ws/ModelInfo') as { results: unknown[] }).results;
  const data = { results: [results[1]] };

  it('shows all its users to a superuser', () => {
    const { users } = readModelInfo(reading, data, { superuser: true, onBadName: nobody });
    expect(value(users)).toEqual([
      { name: 'admin', access: 'admin', lastConnection: '2026-11-22T03:34:35Z' },
      { name: 'bob', access: 'admin', lastConnection: '2026-11-22T03:31:46Z' },
      { name: 'carol', access: 'read', lastConnection: '2026-11-22T03:31:46Z' },
    ]);
  });

  test.each([
    ['ws-as-bob-model-admin', { name: 'bob', access: 'admin' }],
    ['ws-as-carol-model-read', { name: 'carol', access: 'read' }],
  ])('%s sees himself, but not its users', (who, reader) => {
    const answer = wsResponse(`3-hardened/${who}/ModelInfo`);
    const { details, users, credential } = readModelInfo(reading, answer, {
      superuser: false,
      onBadName: nobody,
    });
    expect(gapOf(users)).toMatchObject({ permission: 'controller superuser' });
    expect(details?.reader).toEqual(reader);
    expect(value(credential)).toEqual({ name: 'default', owner: 'admin', cloud: 'unmanaged', valid: true });
  });

  it.each<[string, unknown[]]>([
    ['shows none', []],
    [
      'shows several',
      [
        { user: 'bob', access: 'read' },
        { user: 'carol', access: 'write' },
      ],
    ],
  ])('does not tell who reads it where it %s', (_, users) => {
    const given = { superuser: false, onBadName: nobody };
    const { details } = readModelInfo(reading, { results: [{ result: { users } }] }, given);
    expect(details).not.toHaveProperty('reader');
  });

  it('names its credential, underscores included', () => {
    const result = {
      'cloud-credential-tag': 'cloudcred-aws_bob@external_my%5fkey',
      'cloud-credential-validity': false,
    };
    const { credential } = readModelInfo(
      reading,
      { results: [{ result }] },
      { superuser: true, onBadName: nobody },
    );
    expect(value(credential)).toEqual({ name: 'my_key', owner: 'bob@external', cloud: 'aws', valid: false });
  });

  it('takes the auth type from the credential and nothing else', () => {
    const result = { 'auth-type': 'access-key', attrs: { 'access-key': 'canary' }, redacted: ['secret-key'] };
    expect(readAuthType(reading, { results: [{ result }] })).toBe('access-key');
    expect(readAuthType(reading, { results: [{ error: { code: 'unauthorized access' } }] })).toBeUndefined();
  });

  it('that Juju refuses leaves gaps', () => {
    const error = { message: 'permission denied', code: 'unauthorized access' };
    const { users, credential } = readModelInfo(
      reading,
      { results: [{ error }] },
      { superuser: true, onBadName: nobody },
    );
    expect(gapOf(users)).toEqual({ reason: 'permission denied', permission: 'model read' });
    expect(isKnown(credential)).toBe(false);
  });
});

describe('other facts of a model', () => {
  it('blocks go by the names of the CLI', () => {
    expect(value(readBlocks(reading, wsResponse('3-hardened/ws/BlockList-data')))).toEqual([
      { commandSet: 'destroy-model', message: 'production' },
      { commandSet: 'remove-object', message: 'production' },
    ]);
    expect(value(readBlocks(reading, { results: [{ result: { type: 'BlockChange' } }] }))).toEqual([
      { commandSet: 'all' },
    ]);
    expect(value(readBlocks(reading, wsResponse('1-bare/ws/BlockList-data')))).toEqual([]);
  });

  it('secrets are told by owner and age, never by content', () => {
    const secrets = value(readSecrets(reading, wsResponse('3-hardened/ws/ListSecrets')));
    expect(secrets).toHaveLength(6);
    expect(secrets[0]).toEqual({
      id: '15d1b6mqg5uqbsifft40',
      owner: 'etcd',
      label: 'internal',
      rotation: 'monthly',
      nextRotation: '2026-12-22T03:24:27Z',
      revisionCreated: '2026-11-22T03:24:27Z',
      backend: 'internal',
    });
    // The newest revision counts; a later update of the same content does not.
    expect(secrets[1]).toMatchObject({ owner: '<model>', revisionCreated: '2026-11-22T03:31:09Z' });
  });

  it('a unit’s secret is told by the unit', () => {
    const results = [
      { uri: 'secret:x', 'owner-tag': 'unit-pg-k8s-0', 'latest-expire-time': '2026-12-01T00:00:00Z' },
    ];
    expect(value(readSecrets(reading, { results }))[0]).toEqual({
      id: 'x',
      owner: 'pg-k8s/0',
      expires: '2026-12-01T00:00:00Z',
    });
  });

  it('SSH keys are their fingerprints; no answer is unknown, not none', () => {
    const results = [{ result: ['b (bob@host)', 'a'] }];
    expect(value(readSshKeys(reading, { results }))).toEqual(['a', 'b (bob@host)']);
    expect(value(readSshKeys(reading, { results: [{}] }))).toEqual([]);
    expect(isKnown(readSshKeys(reading, wsResponse('3-hardened/ws/ListKeys')))).toBe(false);
    const error = { message: 'permission denied', code: 'unauthorized access' };
    expect(gapOf(readSshKeys(reading, { results: [{ error }] })).permission).toBe('model read');
  });

  it('clouds are told with their users', () => {
    const tags = cloudTags({ clouds: { 'cloud-lxd': {}, 'cloud-aws': {} } });
    expect(tags).toEqual(['cloud-aws', 'cloud-lxd']);
    const users = [
      { user: 'admin', access: 'admin' },
      { user: 'bob', access: 'add-model' },
      { user: '$', access: 'x' },
    ];
    const results = [
      { result: { type: 'ec2', users } },
      { result: { CloudDetails: { type: 'lxd' }, users: [] } },
    ];
    expect(value(readClouds(reading, { results }, tags))).toEqual({
      aws: { type: 'ec2', users: { admin: 'admin', bob: 'add-model' } },
      lxd: { type: 'lxd', users: {} },
    });
  });
});

describe('answers of any other shape', () => {
  test.each([null, undefined, 7, 'x', [], {}, { results: 7 }, { results: [null, 7, {}] }, { config: [] }])(
    '%j is read without a throw',
    (answer) => {
      expect(() => {
        readBlocks(reading, answer);
        readSecrets(reading, answer);
        readSshKeys(reading, answer);
        readOffers(reading, answer, nobody);
        readModelList(reading, answer, nobody);
        readModelInfo(reading, answer, { superuser: true, onBadName: nobody });
        readModelConfig(reading, answer);
        readControllerConfig(reading, answer);
        readApplication(reading, answer);
        readClouds(reading, answer, cloudTags(answer));
        userAccounts(reading, answer, nobody);
      }).not.toThrow();
    },
  );
});
