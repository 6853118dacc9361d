import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { captured, fixtureText } from '../../../test/support/recorded.js';
import { InputError } from '../../core/input-error.js';
import { isKnown } from '../../core/fact.js';
import type { ControllerState, ModelState } from '../../core/snapshot.js';
import { readRecording } from './read-recording.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-recording-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(path: string, content: unknown): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
}

async function read(): Promise<ControllerState> {
  const [controller] = Object.values((await readRecording(folder)).controllers);
  return controller!;
}

function model({ models }: ControllerState, name = 'data'): ModelState {
  return models[name]!;
}

const status = captured('1-bare/cli/status-utc');
const config = captured('1-bare/cli/config-kafka');

describe('what was run on units', () => {
  it('is read from the answers of the API', async () => {
    for (const name of ['ListOperations', 'FullStatus-data', 'login-controller'])
      put(`ws/${name}.json`, fixtureText(`captures/real/1-bare/ws/${name}.json`));
    const { operations } = model(await read());
    expect(isKnown(operations) && operations.value.map(({ action }) => action)).toEqual(
      Array(5).fill('exec'),
    );
    expect(operations.source.road).toBe('recording');
  });

  it('is read from the calls of juju', async () => {
    put('cli/status.json', status);
    put('cli/operations.json', captured('1-bare/cli/operations'));
    const { operations } = model(await read());
    expect(isKnown(operations) && operations.value).toHaveLength(10);
  });
});

describe('what Charmhub said', () => {
  const argv = (charm: string) => ['juju', 'info', charm, '--format', 'json'];
  const info = {
    name: 'charmed-etcd',
    publisher: 'Canonical',
    channels: { '3.6': { stable: [{ revision: 190, 'released-at': '2026-11-15T00:00:00Z' }] } },
  };
  const said = { exit: 0, stdout: JSON.stringify(info), stderr: '', at: '2026-11-22T06:00:00Z' };

  it('is read from the calls of juju info, each by its charm', async () => {
    put('cli/status.json', status);
    put('cli/info.json', { argv: argv('charmed-etcd'), ...said });
    put('cli/none.json', {
      argv: argv('own'),
      exit: 1,
      stdout: '{}',
      stderr: 'ERROR No information found for charm or bundle with the name "own"',
    });
    const { charmhub } = await readRecording(folder);
    expect(charmhub).toMatchObject({
      'charmed-etcd': {
        source: { road: 'recording' },
        value: { publisher: 'Canonical', askedAt: '2026-11-22T06:00:00Z', releases: [{ revision: 190 }] },
      },
      own: { value: { listed: false } },
    });
  });

  it('that it could not be reached is unknown, as it was recorded', async () => {
    put('cli/status.json', status);
    put('cli/info.json', fixtureText('recordings/juju/charmhub/info-offline.json'));
    const { charmhub } = await readRecording(folder);
    const fact = charmhub?.['postgresql'];
    const reason = fact !== undefined && !isKnown(fact) ? fact.unknown.reason : 'it was read';
    expect(reason).toContain('Charmhub did not say anything of postgresql');
  });

  it('is absent where nobody asked', async () => {
    put('cli/status.json', status);
    expect(await readRecording(folder)).not.toHaveProperty('charmhub');
  });
});

const broken: readonly (readonly [what: string, path: string, content: unknown, says: RegExp])[] = [
  [
    'a truncated answer',
    'ws/a.json',
    '{"request": {"type": "Cli',
    /ws\/a\.json is not valid JSON .*cut short/,
  ],
  ['binary noise', 'cli/a.json', Buffer.from([0xff, 0xfe, 0x00, 0x01]), /cli\/a\.json is not valid JSON/],
  ['UTF-16', 'a.json', Buffer.from('{"argv": []}', 'utf16le'), /a\.json is not valid JSON/],
  ['an empty file', 'a.json', '', /a\.json is not valid JSON/],
  ['only other JSON', 'cli/a.json', [{ name: 'timing' }], /holds no recorded answers of Juju: it needs cli/],
  ['only other files', 'notes.txt', 'hello', /holds no recorded answers of Juju: it needs cli/],
  ['a file called ws', 'ws', 'hello', /ws is a file, and a recording is a folder/],
];

describe('a folder that is no recording', () => {
  test.each(broken)('with %s is refused in one sentence', async (_what, path, content, says) => {
    put(path, content);
    await expect(readRecording(folder)).rejects.toThrow(InputError);
    await expect(readRecording(folder)).rejects.toThrow(says);
  });

  it('is refused when it is a file', async () => {
    put('status.json', {});
    await expect(readRecording(join(folder, 'status.json'))).rejects.toThrow(
      /is a file, and a recording is a folder/,
    );
  });

  it('is refused when it is not there', async () => {
    await expect(readRecording(join(folder, 'gone'))).rejects.toThrow(/there is no such folder/);
  });
});

describe('calls of the command line', () => {
  it('are found by what they ask, never by the name of their file', async () => {
    put('cli/zebra.json', {
      ...config,
      argv: ['juju', 'config', 'kafka', '--format=json', '--model', 'admin/data'],
    });
    put('cli/config-etcd.json', status);
    const { config: options } = model(await read()).applications['kafka']!;
    expect(options).toMatchObject({
      value: { log_level: { value: 'WARNING' } },
      source: { road: 'recording' },
    });
  });

  it('without a model are of the one whose status was recorded without one', async () => {
    put('cli/1.json', { ...status, argv: ['juju', 'status', '--format', 'json'] });
    put('cli/2.json', { ...config, argv: ['juju', 'config', 'kafka', '--format', 'json'] });
    put('cli/3.json', captured('1-bare/cli/status-cos'));
    const state = await read();
    expect([state.name, ...Object.keys(state.models).sort()]).toEqual(['prod', 'cos', 'data']);
    expect(isKnown(model(state).applications['kafka']!.config)).toBe(true);
  });

  it('without a model count for nothing where several could be meant', async () => {
    put('cli/1.json', status);
    put('cli/2.json', { ...config, argv: ['juju', 'config', 'kafka', '--format', 'json'] });
    put('cli/3.json', captured('1-bare/cli/status-cos'));
    expect(model(await read()).applications['kafka']!.config).toMatchObject({
      unknown: { reason: expect.stringContaining('the recording holds no answer to juju config') },
    });
  });

  it('that failed tell why', async () => {
    put('cli/1.json', status);
    put('cli/2.json', {
      ...config,
      exit: 1,
      stdout: '',
      stderr: 'ERROR permission denied (unauthorized access)',
    });
    expect(model(await read()).applications['kafka']!.config).toMatchObject({
      unknown: { reason: 'permission denied', permission: 'model read' },
    });
  });
});

const uuids = ['253b5010-f23f-4be4-84c6-e89bf4f73787', 'd38e73bb-c350-4a4b-8291-b0de09d86c8a'] as const;

function ask(type: string, request: string, response: object, more: object = {}): object {
  return { request: { type, version: 1, request, params: {} }, response, ...more };
}

function putModels(): void {
  const models = ['data', 'cos'].map((name, at) => ({
    result: { name, uuid: uuids[at], 'owner-tag': 'user-admin' },
  }));
  put('ws/list.json', ask('ModelManager', 'ListModelSummaries', { results: models }));
  const applications = { data: { kafka: {}, web: {} }, cos: { loki: {}, web: {} } };
  for (const [name, listed] of Object.entries(applications))
    put(`ws/${name}.json`, ask('Client', 'FullStatus', { model: { name }, applications: listed }));
}

function get(application: string, value: string, more: object = {}): object {
  const asked = { type: 'Application', version: 19, request: 'Get', params: { application } };
  return { request: asked, response: { config: { level: { value, source: 'user' } } }, ...more };
}

function level(state: ControllerState, name: string, application: string): unknown {
  const { config: options } = model(state, name).applications[application]!;
  return isKnown(options) ? options.value['level']?.value : 'unknown';
}

describe('answers of the API', () => {
  it('are of the model that has the application they are about', async () => {
    putModels();
    put('ws/1.json', get('kafka', 'a'));
    put('ws/2.json', get('loki', 'b'));
    const state = await read();
    expect([level(state, 'data', 'kafka'), level(state, 'cos', 'loki')]).toEqual(['a', 'b']);
  });

  it('are of no model where two could be meant', async () => {
    putModels();
    put('ws/1.json', get('web', 'a'));
    const state = await read();
    expect([level(state, 'data', 'web'), level(state, 'cos', 'web')]).toEqual(['unknown', 'unknown']);
  });

  it('are of the model whose connection they came by', async () => {
    putModels();
    put('ws/1.json', get('web', 'a', { path: `/model/${uuids[0]}/api` }));
    put('ws/2.json', get('web', 'b', { path: `/model/${uuids[1]}/api` }));
    const state = await read();
    expect([level(state, 'data', 'web'), level(state, 'cos', 'web')]).toEqual(['a', 'b']);
  });

  it('that name no model are of each where every one got the same', async () => {
    putModels();
    put('ws/1.json', ask('Block', 'List', {}));
    put('ws/2.json', ask('Block', 'List', {}));
    const { models } = await read();
    expect(Object.values(models).map(({ blocks }) => blocks)).toMatchObject([{ value: [] }, { value: [] }]);
  });

  it('that name no model are of the one that is left', async () => {
    putModels();
    const block = { result: { tag: `model-${uuids[0]}`, type: 'BlockDestroy' } };
    put('ws/1.json', ask('Block', 'List', { results: [block] }));
    put('ws/2.json', ask('Block', 'List', {}));
    const state = await read();
    expect(model(state).blocks).toMatchObject({ value: [{ commandSet: 'destroy-model' }] });
    expect(model(state, 'cos').blocks).toMatchObject({ value: [] });
  });

  it('go before those of the command line, which fill what is missing', async () => {
    putModels();
    put('ws/1.json', get('kafka', 'from the API'));
    put('cli/1.json', {
      ...config,
      stdout: '{"charm":"kafka","settings":{"level":{"value":"from the CLI"}}}',
    });
    put('cli/2.json', status);
    put('cli/3.json', captured('1-bare/cli/ssh-keys'));
    const state = await read();
    expect(level(state, 'data', 'kafka')).toBe('from the API');
    expect(model(state).sshKeys).toMatchObject({ value: [], source: { call: 'ssh-keys -m prod:data' } });
  });
});
