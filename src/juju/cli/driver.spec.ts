import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { realClock } from '../../../test/support/real-clock.js';
import { InputError } from '../../core/input-error.js';
import type { JujuCli } from '../../core/ports/juju-cli.js';
import { jujuCli, type DriverOptions } from './driver.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-driver-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const integrate = ['integrate', '-m', 'prod:admin/data', 'etcd:peer-certificates', 'ca:certificates'];

function driver(body: string, more: Partial<DriverOptions> = {}): JujuCli {
  const file = join(folder, `juju-${Math.trunc(performance.now() * 1000)}`);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return jujuCli({
    controller: 'prod',
    binary: () => Promise.resolve(file),
    dataDirectory: folder,
    environment: { PATH: '/usr/bin:/bin', HOME: folder },
    temporaryDirectory: folder,
    deadlineMs: 10_000,
    readOnly: false,
    secrets: () => ['correct-horse'],
    clock: realClock(),
    ...more,
  });
}

describe('jujuCli', () => {
  test('runs the call and judges it', async () => {
    const result = await driver('echo "$@"').run(integrate);
    expect(result).toMatchObject({
      outcome: 'done',
      argv: integrate,
      exitCode: 0,
      timedOut: false,
      stdout: `${integrate.join(' ')}\n`,
    });
    expect(result.durationMs).toBeGreaterThan(0);
  });

  test('judges a failure by what juju says', async () => {
    const result = await driver('echo "ERROR cannot add relation: already exists" >&2; exit 1').run(
      integrate,
    );
    expect(result).toMatchObject({
      outcome: 'already',
      exitCode: 1,
      summary: 'it is so already, says Juju: cannot add relation: already exists',
    });
  });

  test('hands texts to standard input, and shows neither them nor other secrets of the call', async () => {
    const call = { input: 'new-password-0123\n', secrets: ['in-the-file-4567'] };
    const result = await driver('read line; echo "got $line and in-the-file-4567"; exit 1').run(
      integrate,
      call,
    );
    expect(result).toMatchObject({ exitCode: 1, stdout: 'got [secret] and [secret]\n' });
  });

  test('hands nothing to standard input unless told to', async () => {
    expect((await driver('cat; echo end').run(integrate)).stdout).toBe('end\n');
  });

  test('gives juju its data directory, plain output and little else', async () => {
    const { stdout } = await driver('env | sort | grep -vE "^(PWD|SHLVL|_|OLDPWD)="').run(integrate);
    expect(stdout.trim().split('\n')).toEqual([
      `HOME=${folder}`,
      `JUJU_DATA=${folder}`,
      'NO_COLOR=1',
      'PATH=/usr/bin:/bin',
      'TERM=dumb',
      `TMPDIR=${folder}`,
    ]);
  });

  test('leaves JUJU_DATA alone for a caller who uses his own', async () => {
    const { stdout } = await driver('echo "${JUJU_DATA-unset}"', { dataDirectory: undefined }).run(integrate);
    expect(stdout).toBe('unset\n');
  });

  test('prepares the data directory before each call, and does not call when that fails', async () => {
    const marker = join(folder, 'called');
    const prepare = (): Promise<void> =>
      Promise.reject(new InputError('aliases can redefine juju commands, correct-horse'));
    const result = await driver(`touch ${marker}`, { prepare }).run(integrate);
    expect(result).toMatchObject({
      outcome: 'retry',
      summary: 'aliases can redefine juju commands, [secret]',
    });
    expect(existsSync(marker)).toBe(false);
  });

  test('refuses what it does not know without starting anything', async () => {
    const marker = join(folder, 'destroyed');
    const result = await driver(`touch ${marker}`).run(['destroy-model', 'prod:admin/data']);
    expect(result).toMatchObject({ outcome: 'rejected', timedOut: false, durationMs: 0 });
    expect(existsSync(marker)).toBe(false);
  });

  test('refuses an argument that holds a secret, and does not repeat it', async () => {
    const result = await driver('true').run([
      'config',
      '-m',
      'prod:admin/data',
      'pg',
      'password=correct-horse',
    ]);
    expect(result.outcome).toBe('rejected');
    expect(JSON.stringify(result)).not.toContain('correct-horse');
  });

  test('keeps secrets out of outputs and summary', async () => {
    const result = await driver(
      'echo correct-horse; echo "ERROR login with correct-horse failed" >&2; exit 1',
    ).run(integrate);
    expect(JSON.stringify(result)).not.toContain('correct-horse');
    expect(result.summary).toBe('juju refused: login with [secret] failed');
  });

  test('ends a call at the deadline and says to try again', async () => {
    const result = await driver('sleep 60', { deadlineMs: 200 }).run(integrate);
    expect(result).toMatchObject({ outcome: 'retry', timedOut: true });
    expect('exitCode' in result).toBe(false);
  });

  test('gives an action the time that it was told to wait on top', async () => {
    const argv = ['run', '-m', 'prod:admin/data', 'etcd/0', 'create-backup', '--wait', '5s'];
    const result = await driver('sleep 0.6; echo ok', { deadlineMs: 100 }).run(argv);
    expect(result).toMatchObject({ timedOut: false, stdout: 'ok\n' });
  });

  test('tells of a cancelled call', async () => {
    const result = await driver('sleep 60').run(integrate, { signal: AbortSignal.timeout(150) });
    expect(result).toMatchObject({
      outcome: 'retry',
      timedOut: false,
      summary: 'the call was cancelled and juju was ended',
    });
  });

  test('tells when juju cannot be started', async () => {
    const result = await driver('true', { binary: () => Promise.resolve(join(folder, 'none')) }).run(
      integrate,
    );
    expect(result).toMatchObject({
      outcome: 'retry',
      summary: `${join(folder, 'none')} could not be started: ENOENT`,
    });
  });
});
