import { describe, expect, test } from '@jest/globals';
import { captured } from '../../../test/support/recorded.js';
import { isKnown, valueOf, type Fact } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type { Clock, CliOutcome, CliResult, JujuCli } from '../../core/ports/index.js';
import type { ModelState, Snapshot } from '../../core/snapshot.js';
import { refusal } from '../cli/check-argv.js';
import { readWithCli } from './read-with-cli.js';

const clock: Clock = {
  now: () => Date.parse('2026-11-22T03:34:20.500Z'),
  sleep: () => Promise.resolve(),
  after: () => () => undefined,
};

/** Which recording answers a question that was asked under another spelling of the model's name. */
const files: Readonly<Record<string, string>> = {
  'show-controller prod': 'show-controller',
  'users -c prod --all --exact-time': 'users-exact',
  'controller-config -c prod': 'controller-config',
  'models -c prod --all --exact-time': 'models',
  'models -c prod --exact-time': 'models',
  'credentials -c prod': 'credentials',
  'status -m prod:admin/data --utc': 'status-utc',
  'status -m prod:admin/cos --utc': 'status-cos',
  'show-model prod:admin/data': 'show-model',
  'show-model prod:admin/cos': 'show-model-cos',
  'model-config -m prod:admin/data': 'model-config',
  'model-config -m prod:admin/cos': 'model-config-cos',
  'disabled-commands -m prod:admin/data': 'disabled-commands',
  'secrets -m prod:admin/data': 'secrets',
  'ssh-keys -m prod:admin/data': 'ssh-keys',
  'model-secret-backend -m prod:admin/data': 'model-secret-backend',
  'offers -m prod:admin/cos': 'offers',
};

type Changed = Readonly<Record<string, Partial<CliResult> | undefined>>;

/** A juju that answers as the recorded one did; what is not recorded is not found. */
function recordedCli(changed: Changed = {}): JujuCli & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    controller: 'prod',
    asked,
    run: (argv) => {
      const key = argv.join(' ').replace(' --format json', '');
      asked.push(key);
      expect(refusal(argv, { controller: 'prod', readOnly: true })).toBeUndefined();
      return Promise.resolve({ ...answerTo(key, argv), ...changed[key] });
    },
  };
}

function answerTo(key: string, argv: readonly string[]): CliResult {
  const config = /^config -m prod:admin\/data (.*)$/.exec(key);
  const file = config === null ? files[key] : `config-${config[1]!}`;
  const common = { argv, timedOut: false, durationMs: 1 };
  if (file === undefined) return { ...common, ...failed('not-found', 'it does not exist') };
  return { ...common, outcome: 'done', summary: 'done', ...captured(`3-hardened/cli/${file}`) };
}

function failed(
  outcome: CliOutcome,
  summary: string,
): Pick<CliResult, 'outcome' | 'summary' | 'stdout' | 'stderr'> {
  return { outcome, summary, stdout: '{}\n', stderr: `ERROR ${summary}` };
}

async function read(changed: Changed = {}): Promise<Snapshot> {
  return readWithCli({ cli: recordedCli(changed), user: 'admin', clock, progress: () => undefined });
}

async function dataModel(changed: Changed = {}): Promise<ModelState> {
  return (await read(changed)).controllers['prod']!.models['data']!;
}

function gapOf(fact: Fact<unknown>): { readonly reason: string; readonly permission?: string } {
  return isKnown(fact) ? { reason: '' } : fact.unknown;
}

describe('a controller read by a logged-in juju', () => {
  test('tells version and users, each with where and when', async () => {
    const controller = (await read()).controllers['prod']!;
    expect(controller.info).toMatchObject({
      value: { uuid: 'b9ab8cfb-a5eb-42cb-8085-5b3117f3744d', version: '4.0.15' },
      source: { road: 'cli', call: 'show-controller prod --format json' },
      at: '2026-11-22T03:34:20Z',
    });
    const users = valueOf(controller.users)!;
    expect(users.map((user) => user.name)).toContain('juju-metrics');
    expect(users.find((user) => user.name === 'dave')).toEqual({
      name: 'dave',
      displayName: '',
      access: '',
      disabled: true,
      created: '2026-11-22T03:25:02Z',
    });
    expect(users.find((user) => user.name === 'bob')).toMatchObject({
      access: 'login',
      lastConnection: '2026-11-22T03:31:46Z',
    });
    expect(valueOf(controller.self)!.identities).toEqual([
      { role: 'caller', user: 'admin', access: 'superuser' },
    ]);
  });

  test('tells the controller settings without certificates', async () => {
    const config = valueOf((await read()).controllers['prod']!.config)!;
    expect(config).toMatchObject({ 'auditing-enabled': true, 'agent-ratelimit-max': 10 });
    expect(config['ca-cert']).toBeUndefined();
  });

  test('follows all models of a superuser by their short names', async () => {
    expect(Object.keys((await read()).controllers['prod']!.models)).toEqual(['controller', 'data', 'cos']);
  });

  test('names models by owner where two share a name', async () => {
    const models = ['admin/x', 'bob/x', 'bob/y'].map((name) => ({ name }));
    const snapshot = await read({
      'models -c prod --all --exact-time': { stdout: JSON.stringify({ models }) },
    });
    expect(Object.keys(snapshot.controllers['prod']!.models)).toEqual(['admin/x', 'bob/x', 'y']);
  });
});

describe('a model read by a logged-in juju', () => {
  test('tells what a status tells, and the details of the list', async () => {
    const model = await dataModel();
    expect(valueOf(model.info)).toEqual({
      type: 'iaas',
      cloud: 'unmanaged',
      provider: 'unmanaged',
      version: '4.0.15',
      owner: 'admin',
      life: 'alive',
      uuid: '253b5010-f23f-4be4-84c6-e89bf4f73787',
      isController: false,
      status: 'available',
    });
    expect(Object.keys(model.applications)).toHaveLength(17);
    expect(valueOf(model.relations)).toHaveLength(31);
  });

  test('tells users with when they were last there, as far as juju says it in words', async () => {
    expect(valueOf((await dataModel()).users)).toEqual([
      { name: 'admin', access: 'admin', lastConnection: '2026-11-22T03:34:20Z' },
      { name: 'bob', access: 'admin', lastConnection: '2026-11-22T03:32:20Z' },
      { name: 'carol', access: 'read', lastConnection: '2026-11-22T03:32:20Z' },
    ]);
  });

  test('does not take words that it cannot read for never connected', async () => {
    const users = { bob: { access: 'admin', 'last-connection': 'quite a while back' } };
    const model = await dataModel({
      'show-model prod:admin/data': { stdout: JSON.stringify({ data: { users } }) },
    });
    expect(gapOf(model.users).reason).toMatch(/words that cannot be read/);
  });

  test('tells settings, blocks, credential, keys and secret backend', async () => {
    const model = await dataModel();
    expect(valueOf(model.config)!['ssh-allow']).toEqual({ value: '10.77.0.0/24', source: 'model' });
    expect(valueOf(model.blocks)).toEqual([
      { commandSet: 'destroy-model', message: 'production' },
      { commandSet: 'remove-object', message: 'production' },
    ]);
    expect(valueOf(model.credential)).toEqual({
      name: 'default',
      owner: 'admin',
      cloud: 'unmanaged',
      valid: true,
      authType: 'empty',
    });
    expect(valueOf(model.sshKeys)).toEqual([]);
    expect(valueOf(model.secretBackend)).toBe('auto');
  });

  test('tells secrets without contents; the age of a second revision is not that of the secret', async () => {
    const secrets = valueOf((await dataModel()).secrets)!;
    expect(secrets.find((secret) => secret.label === 'internal' && secret.owner === 'etcd')).toEqual({
      id: '15d1b6mqg5uqbsifft40',
      owner: 'etcd',
      label: 'internal',
      rotation: 'monthly',
      nextRotation: '2026-12-22T03:24:27Z',
      revisionCreated: '2026-11-22T03:24:27Z',
    });
    expect(secrets.find((secret) => secret.label === 'tmp-secret')).toEqual({
      id: '2jtla3ar8g75jfdvrlt0',
      owner: '<model>',
      label: 'tmp-secret',
      rotation: 'never',
    });
  });

  test('tells options and trust, and never keeps what looks like a secret', async () => {
    const { applications } = await dataModel();
    expect(valueOf(applications['etcd']!.config)!['auto-compaction-mode']).toEqual({
      value: 'periodic',
      source: 'default',
      type: 'string',
    });
    expect(valueOf(applications['etcd']!.trust)).toBe(false);
    expect(valueOf(applications['ubuntu-pro']!.config)!['token']).toEqual({
      source: 'user',
      type: 'string',
      redacted: true,
    });
    expect(JSON.stringify(applications)).not.toContain('STUB-NOT-A-SECRET');
  });

  test('joins the offers of list and status', async () => {
    const cos = (await read()).controllers['prod']!.models['cos']!;
    expect(valueOf(cos.offers)!['loki-logging']).toEqual({
      name: 'loki-logging',
      url: 'admin/cos.loki-logging',
      application: 'loki',
      charm: 'local:amd64/loki-k8s-0',
      connections: 2,
      endpoints: [{ name: 'logging', interface: 'loki_push_api', role: 'provider' }],
      users: { admin: 'admin', bob: 'consume' },
    });
  });
});

describe('what the caller may not see', () => {
  const login = JSON.parse(captured('3-hardened/cli/show-controller').stdout) as {
    prod: { account: { access: string } };
  };
  const plain = {
    'show-controller prod': {
      stdout: JSON.stringify({ prod: { ...login.prod, account: { access: 'login' } } }),
    },
  };

  test('users take a superuser', async () => {
    const controller = (await read(plain)).controllers['prod']!;
    expect(gapOf(controller.users).permission).toBe('controller superuser');
    expect(gapOf(controller.models['data']!.users).permission).toBe('controller superuser');
  });

  test('a refused question names the permission', async () => {
    const model = await dataModel({ 'offers -m prod:admin/data': failed('denied', 'permission denied') });
    expect(model.offers).toMatchObject({
      unknown: { reason: 'permission denied', permission: 'model admin' },
    });
  });

  test('a model whose status fails is unknown as a whole, and the others are read', async () => {
    const snapshot = await read({
      'status -m prod:admin/data --utc': failed('retry', 'juju did not finish'),
    });
    const { data, cos } = snapshot.controllers['prod']!.models;
    expect([gapOf(data!.info).reason, gapOf(data!.machines).reason]).toEqual([
      'juju did not finish',
      'juju did not finish',
    ]);
    expect(data!.applications).toEqual({});
    expect(Object.keys(cos!.applications)).toHaveLength(3);
  });

  test('output that is no JSON makes one fact unknown', async () => {
    const model = await dataModel({ 'config -m prod:admin/data etcd': { stdout: 'oops' } });
    expect(gapOf(model.applications['etcd']!.config).reason).toMatch(/no JSON/);
    expect(isKnown(model.applications['kafka']!.config)).toBe(true);
  });

  test.each([
    ['the controller', 'show-controller prod'],
    ['the list of models', 'models -c prod --all --exact-time'],
  ])('without %s there is no snapshot, but a sentence', async (_, key) => {
    const wanted = read({ [key]: failed('denied', 'the login was refused') });
    await expect(wanted).rejects.toThrow(InputError);
    await expect(wanted).rejects.toThrow(
      /cannot read the controller prod \(permission denied\): try "juju status"/,
    );
  });

  test('never asks more than four questions at once', async () => {
    let running = 0;
    let most = 0;
    const inner = recordedCli();
    const cli: JujuCli = {
      controller: 'prod',
      run: async (argv) => {
        most = Math.max(most, (running += 1));
        await new Promise(setImmediate);
        running -= 1;
        return inner.run(argv);
      },
    };
    await readWithCli({ cli, user: 'admin', clock, progress: () => undefined });
    expect(most).toBe(4);
  });
});
