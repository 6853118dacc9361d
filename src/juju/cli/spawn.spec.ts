import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { deadlineOnce } from '../../../test/support/deadline-once.js';
import { eventually } from '../../../test/support/juju-server.js';
import { realClock } from '../../../test/support/real-clock.js';
import { defaultLimits, spawn, type SpawnRequest } from './spawn.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-spawn-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const clock = realClock();
const deadlineMs = 600_000;
const quick = { ...defaultLimits, graceMs: 200, drainMs: 100 };

/** A real executable made of a shell script. */
function script(name: string, body: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

function request(file: string, more: Partial<SpawnRequest> = {}): SpawnRequest {
  return { file, args: [], env: { PATH: '/usr/bin:/bin' }, cwd: folder, deadlineMs, ...more };
}

/** Gone, or only waiting to be reaped by whoever adopted it. */
function isGone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' Z ');
  } catch {
    return true;
  }
}

function pidIn(name: string): number {
  try {
    return Number(readFileSync(join(folder, name), 'utf8'));
  } catch {
    return 0;
  }
}

describe('spawn', () => {
  test('hands on arguments as they are and returns both outputs with the exit code', async () => {
    const file = script('args', 'printf "%s|" "$@"; echo oops >&2; exit 3');
    const ended = await spawn(request(file, { args: ['a b', '$HOME', '`id`', ';x', '*'] }), clock);
    expect(ended).toEqual({
      exitCode: 3,
      stdout: 'a b|$HOME|`id`|;x|*|',
      stderr: 'oops\n',
      timedOut: false,
      aborted: false,
    });
  });

  test('gives the process the environment asked for and nothing of ours', async () => {
    const file = script('env', '/usr/bin/env | /usr/bin/sort');
    const ended = await spawn(request(file, { env: { JUJU_DATA: '/x', PATH: '/bin' } }), clock);
    const names = ended.stdout
      .trim()
      .split('\n')
      .map((line) => line.slice(0, line.indexOf('=')));
    expect(names.filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name))).toEqual([
      'JUJU_DATA',
      'PATH',
    ]);
  });

  test('closes standard input, so that a prompt ends at once', async () => {
    const ended = await spawn(
      request(script('prompt', 'read answer && echo "got $answer" || echo "no answer"')),
      clock,
    );
    expect(ended.stdout).toBe('no answer\n');
  });

  test('gives the bytes on standard input when there are some', async () => {
    const file = script('secret', 'cat');
    const ended = await spawn(request(file, { stdin: new TextEncoder().encode('s3cret\n') }), clock);
    expect(ended.stdout).toBe('s3cret\n');
  });

  test('a process that never reads its input does no harm', async () => {
    const ended = await spawn(request(script('deaf', 'exit 0'), { stdin: new Uint8Array(1_000_000) }), clock);
    expect(ended.exitCode).toBe(0);
  });

  test('ends the whole group at the deadline, a grandchild included', async () => {
    const file = script(
      'family',
      `(sleep 300 & echo $! > ${folder}/grandchild; wait) & echo $! > ${folder}/child; wait`,
    );
    const isWhole = (): boolean => pidIn('child') > 1 && pidIn('grandchild') > 1;
    const ended = await spawn(request(file), deadlineOnce(deadlineMs, isWhole), quick);
    expect(ended).toEqual({ stdout: '', stderr: '', timedOut: true, aborted: false });
    await eventually('both to end', () => isGone(pidIn('child')) && isGone(pidIn('grandchild')));
  });

  test('kills what ignores the polite signal after the grace', async () => {
    const file = script(
      'stubborn',
      `trap '' TERM; echo $$ > ${folder}/stubborn-pid; while :; do sleep 0.05; done`,
    );
    const ended = await spawn(
      request(file),
      deadlineOnce(deadlineMs, () => pidIn('stubborn-pid') > 1),
      quick,
    );
    expect(ended.timedOut).toBe(true);
    await eventually('it to end', () => isGone(pidIn('stubborn-pid')));
  });

  test('does not wait for a process that left the group and holds the output open', async () => {
    const file = script('deserter', `setsid sleep 600 & echo $! > ${folder}/deserter-pid; echo done`);
    const ended = await spawn(request(file), clock, quick);
    expect(ended).toMatchObject({ exitCode: 0, stdout: 'done\n', timedOut: false });
    expect(isGone(pidIn('deserter-pid'))).toBe(false);
    process.kill(pidIn('deserter-pid'));
  });

  test('ends the process when the signal aborts, and starts none when it has', async () => {
    const file = script('long', `echo $$ > ${folder}/long-pid; exec sleep 300`);
    const abort = new AbortController();
    const running = spawn(request(file, { signal: abort.signal }), clock, quick);
    await eventually('it to begin', () => pidIn('long-pid') > 1);
    abort.abort();
    expect(await running).toMatchObject({ aborted: true, timedOut: false });
    await eventually('it to end', () => isGone(pidIn('long-pid')));
    const never = script('never', `touch ${folder}/was-started`);
    expect(await spawn(request(never, { signal: abort.signal }), clock)).toMatchObject({ aborted: true });
    expect(() => readFileSync(join(folder, 'was-started'))).toThrow(/ENOENT/);
  });

  test('keeps the head of the output and the tail of the errors, and marks the cuts', async () => {
    const file = script(
      'flood',
      'i=0; while [ $i -lt 4000 ]; do echo "out $i"; echo "err $i" >&2; i=$((i+1)); done; echo "ERROR the end" >&2',
    );
    const ended = await spawn(request(file), clock, { ...quick, stdoutBytes: 1000, stderrBytes: 1000 });
    expect(ended.stdout).toMatch(/^out 0\n[^]*\n\[\d+ bytes cut\]\n$/);
    expect(ended.stderr).toMatch(/^\[\d+ bytes cut\]\n[^]*ERROR the end\n$/);
    expect(Math.max(ended.stdout.length, ended.stderr.length)).toBeLessThan(1040);
    expect(ended.exitCode).toBe(0);
  });

  test.each([
    ['is not there', join(folder, 'absent'), 'ENOENT'],
    ['is not executable', folder, 'EACCES'],
  ])('tells when the file %s', async (_, file, startError) => {
    expect(await spawn(request(file), clock)).toMatchObject({ startError, timedOut: false });
  });

  test('tells neither an exit code nor a deadline when somebody else killed the process', async () => {
    const ended = await spawn(request(script('suicide', 'kill -9 $$')), clock);
    expect(ended).toEqual({ stdout: '', stderr: '', timedOut: false, aborted: false });
  });
});
