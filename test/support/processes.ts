/** The built program as processes: the daemon, and commands beside it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/main/system.js';
import { installJuju } from '../../src/simulator/install-juju.js';
import { ask } from './ask.js';
import { patience } from './patience.js';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const builtJuju = fileURLToPath(new URL('../../dist/simulator/juju.js', import.meta.url));

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line to its end, `under` another program if one is given (`prlimit …`, `sh -c …`). */
export async function holdfast(
  argv: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  under: readonly string[] = [],
): Promise<Said> {
  const [program = launcher, ...args] = [...under, launcher, ...argv];
  const child = spawn(program, args, { env: environment(variables), stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, out, err };
}

/**
 * Runs one command line at a terminal, where somebody reads what it says and types one line once `answer` knows what;
 * resolves to all that stood on the screen.
 */
export async function onTerminal(
  argv: readonly string[],
  variables: NodeJS.ProcessEnv,
  answer: (screen: string) => string | undefined,
): Promise<Pick<Said, 'code' | 'out'>> {
  const line = [launcher, ...argv].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: environment(variables),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let out = '';
  let isAnswered = false;
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    const typed = isAnswered ? undefined : answer(out);
    if (typed === undefined) return;
    isAnswered = true;
    child.stdin.write(`${typed}\n`);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, out };
}

export interface RunningDaemon {
  readonly child: ChildProcess;
  /** What it has logged so far. */
  readonly log: () => string;
  /** What it serves under a path, once it listens. */
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  readonly json: <T>(path: string) => Promise<T>;
  /** Ends it with this signal; resolves to its exit code, or to the signal that ended it. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | string | null>;
}

/** What is unusual about a daemon's process. */
export interface Surroundings {
  /** Another program that runs it (`prlimit …`, `sh -c …`). */
  readonly under?: readonly string[];
  /** Where it listens; 127.0.0.1:0 unless said. */
  readonly listen?: string;
}

export function startRun(
  policyFile: string,
  stateDir: string,
  variables: NodeJS.ProcessEnv = {},
  { under = [], listen = '127.0.0.1:0' }: Surroundings = {},
): RunningDaemon {
  const run = ['run', '--policy', policyFile, '--listen', listen, '--state-dir', stateDir];
  const [program = launcher, ...args] = [...under, launcher, ...run];
  const child = spawn(program, args, { env: environment(variables), stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => (log += String(chunk)));
  const address = (): string | undefined => /"address":"([^"]+)"/.exec(log)?.[1];
  const get = async (path: string, init: RequestInit = {}): Promise<Response> => {
    await until('it listens', () => address() !== undefined || child.exitCode !== null);
    return ask(`http://${address() ?? ''}${path}`, init);
  };
  return {
    child,
    log: () => log,
    get,
    json: async <T>(path: string) => (await (await documentOf(() => get(path))).json()) as T,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
      child.kill(signal);
      const [code, by] = (await once(child, 'exit')) as [number | null, string | null];
      return code ?? by;
    },
  };
}

/** What is served once it has started: before, a sentence says so. */
export async function documentOf(get: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await get();
    const isDocument = answer.headers.get('content-type')?.includes('json') === true;
    if (isDocument || answer.status !== 503) return answer;
    await systemClock.sleep(50);
  }
}

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = patience,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${ms / 1000} s until ${what}`);
    await systemClock.sleep(50);
  }
}

/** A simulated `juju` that writes down every call, and can be told to fail, or to linger once it has done its work. */
export interface NotedJuju {
  /** To be given to the daemon. */
  readonly variables: NodeJS.ProcessEnv;
  readonly calls: () => Promise<readonly string[]>;
  /** For a passing reason. */
  readonly fail: (on: boolean) => Promise<void>;
  /** For good. */
  readonly reject: (on: boolean) => Promise<void>;
  readonly linger: (on: boolean, seconds?: number) => Promise<void>;
  /** Whether a call has done its work and lingers. */
  readonly lingers: () => Promise<boolean>;
}

export async function notedJuju(folder: string): Promise<NotedJuju> {
  const { juju4 } = await installJuju(join(folder, 'bin'), { entry: builtJuju });
  const place = (name: string): string => join(folder, name);
  const [calls, program] = [place('calls'), place('juju-noted')];
  const [failing, rejecting] = [place('failing'), place('rejecting')];
  const [lingering, lingers] = [place('lingering'), place('lingers')];
  await appendFile(calls, '');
  await writeFile(
    program,
    `#!/bin/sh
echo "$*" >> '${calls}'
if [ -e '${failing}' ]; then echo 'ERROR state changing too quickly; try again soon' >&2; exit 1; fi
if [ -e '${rejecting}' ]; then echo 'ERROR the moon is not right' >&2; exit 1; fi
'${juju4}' "$@"
code=$?
if [ -e '${lingering}' ]; then seconds=$(cat '${lingering}'); : > '${lingers}'; sleep "$seconds"; fi
exit $code
`,
  );
  await chmod(program, 0o755);
  const flag = (file: string) => (on: boolean) => (on ? writeFile(file, '') : rm(file, { force: true }));
  return {
    variables: { HOME: folder, HOLDFAST_JUJU_4: program },
    calls: async () => (await readFile(calls, 'utf8')).split('\n').filter((line) => line !== ''),
    fail: flag(failing),
    reject: flag(rejecting),
    linger: async (on, seconds = 20) => {
      await rm(lingers, { force: true });
      await (on ? writeFile(lingering, String(seconds)) : rm(lingering, { force: true }));
    },
    lingers: () => Promise.resolve(existsSync(lingers)),
  };
}

function environment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...variables };
}
