/** `holdfast run` as a process over a simulated fleet on real sockets, seen from outside. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type * as Simulators from '../../src/simulator/index.js';
import type { Simulator } from '../../src/simulator/index.js';
import { fromDist } from '../../scripts/from-dist.ts';
import { fleetEstate, identities, type FleetSize } from './fleet-estate.ts';

const { startSimulator } = await fromDist<typeof Simulators>('simulator/index.js');

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
/** Of /proc/PID/stat. */
const ticksPerSecond = 100;

/** A line of the daemon's log. */
export interface Told {
  readonly msg: string;
  /** ms. */
  readonly at: number;
  readonly control?: string;
  readonly target?: { readonly controller?: string; readonly model?: string; readonly application?: string };
}

export interface Watching {
  readonly simulator: Simulator;
  readonly page: string;
  readonly told: readonly Told[];
  /** ms from the start of the process to the first `ready`. */
  readonly readyAfter: number;
  readonly pid: number;
  readonly usage: () => Usage;
  stop(): Promise<void>;
}

/** What the operating system says of the daemon. */
export interface Usage {
  /** MiB. */
  readonly rss: number;
  /** Seconds of CPU since its start. */
  readonly cpu: number;
  readonly threads: number;
}

export async function watchFleet(size: FleetSize, pace: string): Promise<Watching> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-fleet-'));
  const simulator = await startSimulator({ estate: fleetEstate(size) });
  const policy = await writePolicy(folder, simulator, pace);
  const begun = performance.now();
  const child = start(policy, folder);
  const told: Told[] = [];
  const page = await addressFrom(child, told);
  await until('the daemon is ready', async () => (await fetch(`${page}/readyz`)).status === 200);
  const readyAfter = performance.now() - begun;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    simulator,
    page,
    told,
    readyAfter,
    pid: child.pid ?? 0,
    usage: () => usageOf(child.pid ?? 0),
    stop,
  };
}

async function writePolicy(folder: string, { controllers }: Simulator, pace: string): Promise<string> {
  const entries = controllers.map(async ({ name, addresses, caCert, credentials }) => {
    await writeFile(join(folder, `${name}.pem`), caCert);
    for (const user of identities) {
      const text = `username: ${user}\npassword: ${credentials[user]?.password ?? ''}\n`;
      await writeFile(join(folder, `${name}-${user}.yaml`), text, { mode: 0o600 });
    }
    const files = identities.map((user) => `${user}: { credentialsFile: ${name}-${user}.yaml }`).join(', ');
    return `  - { name: ${name}, addresses: [${addresses.join(', ')}], caFile: ${name}.pem, identities: { ${files} } }\n`;
  });
  const file = join(folder, 'holdfast.yaml');
  await writeFile(
    file,
    `kind: Policy\nversion: v1\ncontrollers:\n${(await Promise.all(entries)).join('')}${pace}`,
  );
  return file;
}

function start(policy: string, folder: string): ChildProcess {
  const args = ['run', '--policy', policy, '--listen', '127.0.0.1:0', '--state-dir', join(folder, 'state')];
  // What the daemon's Node is to be told besides, such as where to write a profile.
  const more = process.env['HOLDFAST_BENCH_NODE'];
  return spawn(launcher, args, {
    env: { PATH: process.env['PATH'], HOME: folder, ...(more === undefined ? {} : { NODE_OPTIONS: more }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Keeps what is logged, and resolves to the page's address. */
function addressFrom(child: ChildProcess, told: Told[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let last = '';
    child.once('exit', () => {
      reject(new Error(`the daemon ended: ${last}`));
    });
    createInterface({ input: child.stderr! }).on('line', (line) => {
      last = line;
      if (!line.startsWith('{')) return;
      const said = JSON.parse(line) as Told & { readonly time: string; readonly address?: string };
      if (said.address !== undefined) resolve(`http://${said.address}`);
      if (said.msg.startsWith('finding ')) told.push({ ...said, at: Date.parse(said.time) });
    });
  });
}

function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    rss: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
    cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    threads: Number(/Threads:\s+(\d+)/.exec(status)?.[1]),
  };
}

/** Sum of all samples of a metric. */
export async function metricOf(page: string, name: string, labels = ''): Promise<number> {
  const text = await (await fetch(`${page}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(name) && line.includes(labels));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 120,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s until ${what}`);
    await pause(20);
  }
}
