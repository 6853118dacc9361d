import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { InputError } from '../../core/input-error.js';
import { jujuData, type ControllerLogin } from './juju-data.js';

const root = mkdtempSync(join(tmpdir(), 'holdfast-data-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const login: ControllerLogin = {
  name: 'prod',
  uuid: 'b9ab8cfb-a5eb-42cb-8085-5b3117f3744d',
  addresses: ['10.0.0.5:17070', '[fd00::5]:17070'],
  caCertificate: '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n',
  user: 'remediator',
  password: ' "odd: pässword\' #\n',
  models: [{ name: 'admin/data', uuid: '253b5010-f23f-4be4-84c6-e89bf4f73787', type: 'iaas' }],
};

let states = 0;
function state(): string {
  return join(root, `state-${(states += 1)}`);
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe('jujuData', () => {
  test('says where it cannot write, why, and what to do', async () => {
    const place = state();
    writeFileSync(place, '');
    await expect(jujuData(place, 'prod', 'worker-1').write(login)).rejects.toThrow(
      `what juju needs to log in cannot be written to ${place}/juju/prod/worker-1: what should be a folder is a file. Let this user write there, or name another state directory (HOLDFAST_STATE_DIR, --state-dir)`,
    );
  });

  test('writes what juju needs to log in by itself, for nobody else to read', async () => {
    const { directory, write } = jujuData(state(), 'prod', 'worker-1');
    await write(login);
    expect(directory.endsWith('/juju/prod/worker-1')).toBe(true);
    expect(modeOf(directory)).toBe('700');
    expect(readdirSync(directory).map((name) => [name, modeOf(join(directory, name))])).toEqual([
      ['accounts.yaml', '600'],
      ['controllers.yaml', '600'],
      ['models.yaml', '600'],
    ]);
    expect(parse(readFileSync(join(directory, 'controllers.yaml'), 'utf8'))).toMatchObject({
      controllers: {
        prod: { uuid: login.uuid, 'api-endpoints': login.addresses, 'ca-cert': login.caCertificate },
      },
      'current-controller': 'prod',
    });
    expect(parse(readFileSync(join(directory, 'accounts.yaml'), 'utf8'))).toEqual({
      controllers: { prod: { user: 'remediator', password: login.password } },
    });
    expect(parse(readFileSync(join(directory, 'models.yaml'), 'utf8'))).toEqual({
      controllers: {
        prod: { models: { 'admin/data': { uuid: login.models[0]!.uuid, type: 'iaas', branch: '' } } },
      },
    });
  });

  test('writes anew only what changed, each file in one stroke', async () => {
    const { directory, write } = jujuData(state(), 'prod', 'w');
    await write(login);
    const before = ['accounts.yaml', 'controllers.yaml'].map((name) => statSync(join(directory, name)).ino);
    writeFileSync(join(directory, 'controllers.yaml.new'), 'left by a crash');
    await write({ ...login, addresses: ['10.0.0.6:17070'] });
    const after = ['accounts.yaml', 'controllers.yaml'].map((name) => statSync(join(directory, name)).ino);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(readFileSync(join(directory, 'controllers.yaml'), 'utf8')).toContain('10.0.0.6:17070');
    expect(readdirSync(directory)).not.toContain('controllers.yaml.new');
  });

  test('calls that begin at the same time do not get into each other’s way', async () => {
    const { directory, write } = jujuData(state(), 'prod', 'w');
    await Promise.all([1, 2, 3, 4].map((n) => write({ ...login, password: `password-${n}` })));
    expect(readFileSync(join(directory, 'accounts.yaml'), 'utf8')).toContain('password-4');
  });

  test('closes a directory and a file that were left open to others', async () => {
    const { directory, write } = jujuData(state(), 'prod', 'w');
    await write(login);
    chmodSync(directory, 0o755);
    chmodSync(join(directory, 'accounts.yaml'), 0o644);
    await write(login);
    expect([modeOf(directory), modeOf(join(directory, 'accounts.yaml'))]).toEqual(['700', '600']);
  });

  test('refuses a directory in which aliases could redefine commands', async () => {
    const { directory, write } = jujuData(state(), 'prod', 'w');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'aliases'), 'status = destroy-model');
    await expect(write(login)).rejects.toThrow(/aliases can redefine juju commands: remove it/);
  });

  test('refuses a directory that is a link to somewhere else', async () => {
    const { directory, write } = jujuData(state(), 'prod', 'w');
    mkdirSync(join(directory, '..'), { recursive: true });
    symlinkSync(root, directory);
    await expect(write(login)).rejects.toThrow(InputError);
  });

  test.each([
    ['../../etc', 'w'],
    ['prod', '../w'],
    ['a/b', 'w'],
    ['prod', ''],
    ['..', 'w'],
  ])('refuses the names %p and %p', (controller, worker) => {
    expect(() => jujuData(root, controller, worker)).toThrow(InputError);
  });
});
