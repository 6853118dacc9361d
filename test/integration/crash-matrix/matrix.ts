/** Kills the daemon at the same write on the way of every kind of action, once for each; the last life ends it all. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock, Journal, Remediation, Step } from '../../../src/core/ports/index.js';
import { observeOnly, type Policy } from '../../../src/core/policy/policy.js';
import { systemClock } from '../../../src/main/system.js';
import { installJuju } from '../../../src/simulator/install-juju.js';
import { startSimulator, type Simulator } from '../../../src/simulator/index.js';
import { openJournal } from '../../../src/store/sqlite/open.js';
import { enforced, quickPace, wideLimits } from '../../support/rig.js';
import { estateOf, type Kind } from './kinds.js';
import type { Settings } from './life.js';

export interface MatrixOptions {
  readonly kinds: readonly Kind[];
  /** At which of its writes the daemon is killed, once for each kind: `after exited`. */
  readonly target: string;
}

export interface MatrixResult {
  readonly target: string;
  /** The kind on whose way each life ended, in their order. */
  readonly deaths: readonly string[];
  readonly remediations: readonly Remediation[];
  readonly steps: readonly Step[];
  /** Every call of `juju` that was really made, as one line each. */
  readonly calls: readonly string[];
  readonly chain: string;
}

const child = fileURLToPath(new URL('./child.ts', import.meta.url));
const builtJuju = fileURLToPath(new URL('../../../dist/simulator/juju.js', import.meta.url));
/** The simulated world lives faster than its clock, so that nobody waits for its hooks. */
const haste = 6;
/** A life that takes longer than this hangs, ms: what was not done is done again after 13 seconds. */
const patience = 40_000;

export async function crashMatrix(options: MatrixOptions): Promise<MatrixResult> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
  const simulator = await startSimulator({ estate: estateOf(options.kinds), clock: hasty() });
  try {
    const juju = await loggingJuju(folder);
    const deaths = await lives(options, { folder, juju, policy: policyFor(simulator) });
    return await resultOf(folder, deaths, options);
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface House {
  readonly folder: string;
  readonly juju: string;
  readonly policy: Policy;
}

/** In each life another kind begins, on whose way the daemon is killed; those before it are finished meanwhile. */
async function lives({ kinds, target }: MatrixOptions, house: House): Promise<readonly string[]> {
  const deaths: string[] = [];
  const names = kinds.map(({ name }) => name);
  for (const [index, victim] of names.entries()) {
    const killed = await life({ kinds: names.slice(0, index + 1), target, victim }, house);
    if (killed !== undefined) deaths.push(killed);
  }
  await life({ kinds: names, target }, house);
  return deaths;
}

/** The kind on whose way it ended itself; undefined when all came to their end. */
function life(
  about: Pick<Settings, 'kinds' | 'target' | 'victim'>,
  house: House,
): Promise<string | undefined> {
  const { folder, juju, policy } = house;
  const file = join(folder, 'life.json');
  const settings: Settings = { policy, stateDir: join(folder, 'state'), juju, ...about };
  writeFileSync(file, JSON.stringify(settings));
  const args = ['--disable-warning=ExperimentalWarning', child, file];
  return new Promise((resolve, reject) => {
    const daemon = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    daemon.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    daemon.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const hanging = setTimeout(() => {
      reject(new Error(`the daemon did not come to an end: ${err}`));
      daemon.kill('SIGKILL');
    }, patience);
    daemon.on('exit', (code) => {
      clearTimeout(hanging);
      if (code !== null) reject(new Error(`the daemon ended by itself (${code}): ${err}`));
      else resolve(out === '' ? undefined : out.trim());
    });
  });
}

async function resultOf(
  folder: string,
  deaths: readonly string[],
  { target }: MatrixOptions,
): Promise<MatrixResult> {
  const journal = await openJournal(join(folder, 'state', 'journal.sqlite'));
  try {
    const remediations = await journal.remediations(1000);
    const chain = await journal.verifyChain();
    const steps = await allSteps(journal, remediations);
    const calls = callsIn(join(folder, 'calls.log'));
    return { target, deaths, remediations, steps, calls, chain: chain.state };
  } finally {
    await journal.close();
  }
}

async function allSteps(journal: Journal, remediations: readonly Remediation[]): Promise<readonly Step[]> {
  const lists = await Promise.all(remediations.map(({ id }) => journal.steps(id)));
  return lists.flat();
}

function callsIn(file: string): readonly string[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

/** The simulated client behind a launcher that notes down its arguments first. */
async function loggingJuju(folder: string): Promise<string> {
  const { juju } = await installJuju(join(folder, 'bin'), { entry: builtJuju });
  const file = join(folder, 'juju');
  writeFileSync(file, `#!/bin/sh\necho "$*" >> '${join(folder, 'calls.log')}'\nexec '${juju}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

function hasty(): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * haste,
    sleep: (ms, signal) => systemClock.sleep(ms / haste, signal),
    after: (ms, task) => systemClock.after(ms / haste, task),
  };
}

function policyFor(simulator: Simulator): Policy {
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
