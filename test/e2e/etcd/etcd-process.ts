/** Real etcd processes. */
import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that is etcd, with what comes before its own arguments. */
export interface EtcdProgram {
  readonly version: string;
  readonly file: string;
  readonly before: readonly string[];
}

/** etcd of kubelab's build, a newer one where it could be built, and Debian's where it is installed. */
export function etcdPrograms(): readonly EtcdProgram[] {
  const kubelab = process.env['HOLDFAST_KUBELAB'];
  if (kubelab === undefined) throw new Error('make e2e builds etcd and names it in HOLDFAST_KUBELAB');
  const found = [{ file: kubelab, before: ['etcd'] }];
  const newer = process.env['HOLDFAST_ETCD'];
  if (newer !== undefined && newer !== '') found.push({ file: newer, before: [] });
  if (existsSync('/usr/bin/etcd')) found.push({ file: '/usr/bin/etcd', before: [] });
  return found.map((program) => ({ ...program, version: versionOf(program) }));
}

function versionOf({ file, before }: Omit<EtcdProgram, 'version'>): string {
  const said = execFileSync(file, [...before, '--version'], { encoding: 'utf8' });
  return /etcd Version: (\S+)/.exec(said)?.[1] ?? 'unknown';
}

export interface RunningEtcd {
  /** `stopped`: it ended by itself before it served. */
  readonly state: 'serving' | 'stopped';
  readonly log: () => string;
  readonly pid: number;
  readonly dataDir: string;
  readonly end: () => Promise<void>;
}

export interface EtcdStart {
  readonly args: (dataDir: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const patience = 8000;

/** Starts one and waits until it serves or has ended. */
export async function startEtcd(program: EtcdProgram, { args, env = {} }: EtcdStart): Promise<RunningEtcd> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-etcd-'));
  const dataDir = join(folder, 'data');
  const child = spawn(program.file, [...program.before, ...args(dataDir)], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const state = await new Promise<RunningEtcd['state']>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`etcd neither serves nor ends: ${log.slice(-2000)}`));
    }, patience);
    // A listener that fails ends etcd only after it has said that it is ready.
    const lasting = (): void => {
      setTimeout(() => {
        settle('serving');
      }, 400);
    };
    const hear = (chunk: Buffer): void => {
      log += chunk.toString();
      if (/ready to serve client requests|serving client traffic/.test(log)) lasting();
    };
    const settle = (as: RunningEtcd['state']): void => {
      clearTimeout(timer);
      resolve(as);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => {
      settle('stopped');
    });
  }).catch(async (error: unknown) => {
    await ended(child);
    throw error;
  });
  const end = async (): Promise<void> => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  return { state, log: () => log, pid: child.pid ?? 0, dataDir, end };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Two ports that were free a moment ago. */
export async function freePorts(): Promise<readonly [number, number]> {
  return [await freePort(), await freePort()];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
