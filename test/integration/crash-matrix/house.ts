/** Where lives of a daemon are spent: a folder, a simulated estate that outlives them, a `juju` that notes its calls. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock, Journal, Remediation, Step } from '../../../src/core/ports/index.js';
import { observeOnly, type Policy } from '../../../src/core/policy/policy.js';
import { systemClock } from '../../../src/main/system.js';
import { installJuju } from '../../../src/simulator/install-juju.js';
import type { Simulator } from '../../../src/simulator/index.js';
import { openJournal } from '../../../src/store/sqlite/open.js';
import { enforced, quickPace, wideLimits } from '../../support/rig.js';
import type { FlowSettings } from './flow-life.js';
import type { Settings } from './life.js';

export interface House {
  readonly folder: string;
  readonly juju: string;
  readonly policy: Policy;
}

const child = fileURLToPath(new URL('./child.ts', import.meta.url));
const builtJuju = fileURLToPath(new URL('../../../dist/simulator/juju.js', import.meta.url));

/** Spends one life, which ends by SIGKILL; resolves to the lines that it said. Longer than `patience` (ms): it hangs. */
export function life(
  folder: string,
  settings: Settings | FlowSettings,
  patience: number,
): Promise<readonly string[]> {
  const file = join(folder, 'life.json');
  writeFileSync(file, JSON.stringify(settings));
  const args = ['--disable-warning=ExperimentalWarning', child, file];
  return new Promise((resolve, reject) => {
    const daemon = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    daemon.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    daemon.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const hanging = setTimeout(() => {
      reject(new Error(`the daemon did not come to an end: ${out.slice(-2000)} ${err}`));
      daemon.kill('SIGKILL');
    }, patience);
    daemon.on('close', (code) => {
      clearTimeout(hanging);
      if (code !== null) reject(new Error(`the daemon ended by itself (${code}): ${err}`));
      else resolve(out.split('\n').filter((line) => line !== ''));
    });
  });
}

/** What the lives in a house left in the journal. */
export interface Left {
  readonly remediations: readonly Remediation[];
  readonly steps: readonly Step[];
  readonly chain: string;
}

export async function leftIn(stateDir: string): Promise<Left> {
  const journal = await openJournal(join(stateDir, 'journal.sqlite'));
  try {
    const remediations = await journal.remediations(1000);
    const chain = await journal.verifyChain();
    return { remediations, steps: await allSteps(journal, remediations), chain: chain.state };
  } finally {
    await journal.close();
  }
}

async function allSteps(journal: Journal, remediations: readonly Remediation[]): Promise<readonly Step[]> {
  const lists = await Promise.all(remediations.map(({ id }) => journal.steps(id)));
  return lists.flat();
}

/** Every call of `juju` that was really made, as one line each. */
export function callsIn(folder: string): readonly string[] {
  const file = callsFile(folder);
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

function callsFile(folder: string): string {
  return join(folder, 'calls.log');
}

/** The simulated client behind a launcher that notes down its arguments first, and then takes its time (seconds). */
export async function loggingJuju(folder: string, slow = 0): Promise<string> {
  const { juju } = await installJuju(join(folder, 'bin'), { entry: builtJuju });
  const file = join(folder, 'juju');
  const wait = slow === 0 ? '' : `/bin/sleep ${slow}\n`;
  writeFileSync(file, `#!/bin/sh\necho "$*" >> '${callsFile(folder)}'\n${wait}exec '${juju}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The simulated world lives faster than its clock, so that nobody waits for its hooks. */
export function hasty(times: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
    after: (ms, task) => systemClock.after(ms / times, task),
  };
}

/** All is enforced, and nothing waits longer than it must. */
export function policyFor(simulator: Simulator): Policy {
  const [controller] = simulator.controllers;
  if (controller === undefined) throw new Error('there is no controller');
  const { name, addresses, caCert, credentials } = controller;
  const identity = (user: string) => ({ user, password: credentials[user]?.password ?? '' });
  const access = {
    ...{ name, addresses, caCert },
    observer: identity('observer'),
    auditor: identity('auditor'),
    remediator: identity('remediator'),
  };
  const pace = { ...quickPace, verifyLook: 0.2, quiet: 0.5, retryFirst: 0.2, cliDeadline: 10 };
  const limits = [{ ...wideLimits, attempts: 1000, coolDown: 1 }];
  return { ...observeOnly, controllers: [access], rules: [{ match: {}, ...enforced }], limits, pace };
}

/** Calls beyond those that the journal knows of. */
export function unexplained(calls: readonly string[], steps: readonly Step[]): readonly string[] {
  return [...new Set(calls)].flatMap((call) => {
    const made = calls.filter((each) => each === call).length;
    const noted = steps.filter(({ argv }) => argv.slice(1).join(' ') === call).length;
    return made <= noted ? [] : [`${call}: called ${made} times, ${noted} in the journal`];
  });
}
