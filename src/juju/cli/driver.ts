import type { Clock } from '../../core/ports/time.js';
import type { CallOptions, CliResult, JujuCli } from '../../core/ports/juju-cli.js';
import { refusal } from './check-argv.js';
import { classify } from './classify.js';
import { brief } from './error-text.js';
import { scrubber } from './scrub.js';
import { defaultLimits, spawn, type Limits, type SpawnResult } from './spawn.js';
import { waitMs } from './wait.js';

/** Settings of a driver. The environment is all that `juju` gets to see. */
export interface DriverOptions {
  readonly controller: string;
  /** The executable, chosen anew for each call: a controller may have been upgraded meanwhile. @throws InputError */
  readonly binary: () => Promise<string>;
  /** JUJU_DATA; without it juju looks where it always does, below HOME. */
  readonly dataDirectory?: string | undefined;
  /** Brings the data directory up to date before a call. @throws InputError */
  readonly prepare?: (() => Promise<void>) | undefined;
  /** PATH, HOME and what else of the caller's the process may see, such as proxies. */
  readonly environment: Readonly<Record<string, string>>;
  readonly temporaryDirectory: string;
  /** Milliseconds for a call; one with `--wait` gets that time on top. */
  readonly deadlineMs: number;
  /** Refuses everything that could change something. */
  readonly readOnly: boolean;
  /** Why a call must not be made besides; for drivers that may do a few things only, `readOnly` aside. */
  readonly refuses?: (argv: readonly string[]) => string | undefined;
  /** Known secrets, never to be seen in a result. */
  readonly secrets: () => readonly string[];
  readonly clock: Clock;
  readonly limits?: Limits;
}

/**
 * Drives `juju` for one controller. Arguments come complete from typed actions and are checked once more here; each
 * call is one process, tried once: trying again is the caller's decision.
 */
export function jujuCli(options: DriverOptions): JujuCli {
  return { controller: options.controller, run: (argv, call) => run(options, argv, call) };
}

async function run(
  options: DriverOptions,
  argv: readonly string[],
  call: CallOptions = {},
): Promise<CliResult> {
  const started = options.clock.now();
  const { input, secrets = [] } = call;
  const given = input === undefined ? [] : [input.trim()];
  const scrub = scrubber([...options.secrets(), ...secrets, ...given]);
  const problem = refusal(argv, options) ?? options.refuses?.(argv) ?? secretIn(argv, scrub);
  if (problem !== undefined) return refused(problem, argv.map(scrub));
  const process = await prepared(options, argv, call);
  if (process === 'not wanted')
    return { ...refused('it may not be started any more', argv), outcome: 'busy' };
  // Our own surroundings failed, not the change: no binary yet, a full disk. That may pass.
  if (typeof process === 'string') return { ...refused(scrub(process), argv), outcome: 'retry' };
  return resultOf(process, { argv, durationMs: options.clock.now() - started, scrub });
}

function secretIn(argv: readonly string[], scrub: (text: string) => string): string | undefined {
  return argv.some((argument) => scrub(argument) !== argument)
    ? 'an argument holds a secret; secrets go by file'
    : undefined;
}

/** The ended process, or a sentence why it was not started; `not wanted` where it was told not to. */
async function prepared(
  options: DriverOptions,
  argv: readonly string[],
  { signal, onSpawn, input, mayStart }: CallOptions,
): Promise<SpawnResult | string> {
  let file: string;
  try {
    file = await options.binary();
    await options.prepare?.();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { deadlineMs, clock, limits } = options;
  const request = {
    file,
    args: argv,
    env: environmentOf(options),
    cwd: '/',
    deadlineMs: deadlineMs + waitMs(argv),
    signal,
    ...(onSpawn === undefined ? {} : { onSpawn }),
    ...(input === undefined ? {} : { stdin: Buffer.from(input) }),
  };
  if (mayStart?.() === false) return 'not wanted';
  const ended = await spawn(request, clock, limits ?? defaultLimits);
  return ended.startError === undefined ? ended : `${file} could not be started: ${ended.startError}`;
}

function environmentOf(options: DriverOptions): Readonly<Record<string, string>> {
  return {
    ...options.environment,
    ...(options.dataDirectory === undefined ? {} : { JUJU_DATA: options.dataDirectory }),
    TMPDIR: options.temporaryDirectory,
    NO_COLOR: '1',
    TERM: 'dumb',
  };
}

interface Told {
  readonly argv: readonly string[];
  readonly durationMs: number;
  readonly scrub: (text: string) => string;
}

function resultOf(ended: SpawnResult, { argv, durationMs, scrub }: Told): CliResult {
  const { exitCode, timedOut, aborted } = ended;
  const [stdout, stderr] = [scrub(ended.stdout), scrub(ended.stderr)];
  const verdict = aborted
    ? { outcome: 'retry' as const, summary: 'the call was cancelled and juju was ended' }
    : classify({ exitCode, stdout, stderr, timedOut, argv });
  return {
    ...verdict,
    argv,
    ...(exitCode === undefined ? {} : { exitCode }),
    timedOut,
    stdout,
    stderr,
    durationMs,
  };
}

function refused(problem: string, argv: readonly string[]): CliResult {
  return {
    outcome: 'rejected',
    argv,
    timedOut: false,
    stdout: '',
    stderr: '',
    durationMs: 0,
    summary: brief(problem),
  };
}
