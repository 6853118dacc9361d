import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { realClock } from '../../../test/support/real-clock.js';
import { endLeftover } from './leftover.js';

const started: ReturnType<typeof spawn>[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A process in a group of its own, as a call of ours is. */
async function leftBehind(args: readonly string[]): Promise<ReturnType<typeof spawn>> {
  const child = spawn('sh', ['-c', 'sleep 60', ...args], { detached: true, stdio: 'ignore' });
  started.push(child);
  await once(child, 'spawn');
  return child;
}

test('a process that still runs the arguments of a former call is ended with its group', async () => {
  const child = await leftBehind(['integrate', 'a:b', 'c:d']);
  await endLeftover(child.pid ?? 0, ['juju', 'integrate', 'a:b', 'c:d'], realClock());
  expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGKILL');
});

test.each([
  ['another process that has got its id', ['juju', 'remove-relation', 'a:b', 'c:d']],
  ['one whose arguments only begin alike', ['juju', 'integrate', 'a:b']],
])('%s is left alone', async (_name, argv) => {
  const child = await leftBehind(['integrate', 'a:b', 'c:d']);
  await endLeftover(child.pid ?? 0, argv, realClock());
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);
});

test('a process that has ended is no trouble', async () => {
  await expect(endLeftover(2 ** 22 - 1, ['juju', 'x'], realClock())).resolves.toBeUndefined();
});
