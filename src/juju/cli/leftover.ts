/** Ends `juju` processes that a daemon before this one left behind when it was killed. */
import { readFile } from 'node:fs/promises';
import type { Clock } from '../../core/ports/time.js';

/** How long a killed process may take to go, ms. */
const patience = 2000;

/**
 * Ends the process group of a former call, if that process id still belongs to it: ids are given anew, so its arguments
 * must be those of the call. Resolves once it is gone, or after two seconds.
 */
export async function endLeftover(pid: number, argv: readonly string[], clock: Clock): Promise<void> {
  if (!(await runs(pid, argv.slice(1)))) return;
  kill(-pid);
  kill(pid);
  const deadline = clock.now() + patience;
  while ((await runs(pid, argv.slice(1))) && clock.now() < deadline) await clock.sleep(50);
}

/** Whether the process runs with these arguments, whatever starts it (a shell, an interpreter). */
async function runs(pid: number, args: readonly string[]): Promise<boolean> {
  try {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return line.endsWith(`\0${args.join('\0')}\0`);
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
