import type { execa as Execa } from 'execa';
import type { Clock } from '../../core/ports/time.js';
import { capped, type Capped } from './capped.js';

/** One process to run. Nothing of our own environment reaches it. */
export interface SpawnRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs. */
  readonly cwd: string;
  readonly deadlineMs: number;
  /** Bytes for standard input; it is closed when there are none, so that nothing can wait for an answer. */
  readonly stdin?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of the process's id as soon as it runs. */
  readonly onSpawn?: (pid: number) => void;
}

export interface Limits {
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /** How long output may still come in after the process itself has ended. */
  readonly drainMs: number;
}

export const defaultLimits: Limits = {
  stdoutBytes: 16 * 1024 * 1024,
  stderrBytes: 64 * 1024,
  graceMs: 2000,
  drainMs: 500,
};

export interface SpawnResult {
  /** Absent when a signal ended the process or it never started. */
  readonly exitCode?: number;
  /** Set when the process could not be started: `ENOENT`, `EACCES`, … */
  readonly startError?: string;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

type Subprocess = ReturnType<typeof start>;

/**
 * Runs one process in a process group of its own, and ends the whole group at the deadline or when the signal aborts:
 * `juju` itself goes on trying for ten minutes. Never rejects.
 */
export async function spawn(
  request: SpawnRequest,
  clock: Clock,
  limits: Limits = defaultLimits,
): Promise<SpawnResult> {
  // Loaded with the first process: a daemon that only watches starts none.
  const { execa } = await import('execa');
  if (request.signal?.aborted === true) return notStarted({ aborted: true });
  const stdout = capped(limits.stdoutBytes, 'head');
  const stderr = capped(limits.stderrBytes, 'tail');
  const child = start(execa, request);
  collect(child, stdout, stderr);
  if (child.pid !== undefined) request.onSpawn?.(child.pid);
  const guard = watch(child, { request, clock, limits });
  const result = await child;
  guard.stop();
  const ended = { timedOut: guard.reason() === 'deadline', aborted: guard.reason() === 'abort' };
  return {
    ...exitOf(result, guard.reason() !== undefined),
    ...ended,
    stdout: stdout.text(),
    stderr: stderr.text(),
  };
}

function start(execa: typeof Execa, { file, args, env, cwd, stdin }: SpawnRequest) {
  return execa(file, args, {
    env,
    cwd,
    extendEnv: false,
    // A process group of its own, which also ends when Holdfast itself exits.
    killDescendants: true,
    cleanup: true,
    shell: false,
    buffer: false,
    reject: false,
    encoding: 'buffer',
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(stdin === undefined ? {} : { input: stdin }),
  });
}

function collect(child: Subprocess, stdout: Capped, stderr: Capped): void {
  child.stdout.on('data', (chunk: Uint8Array) => {
    stdout.add(chunk);
  });
  child.stderr.on('data', (chunk: Uint8Array) => {
    stderr.add(chunk);
  });
}

type EndReason = 'deadline' | 'abort';

interface Guard {
  reason(): EndReason | undefined;
  stop(): void;
}

interface Watch {
  readonly request: SpawnRequest;
  readonly clock: Clock;
  readonly limits: Limits;
}

/** Holds the deadline, the abort signal, and the short time for output after the end. */
function watch(child: Subprocess, { request, clock, limits }: Watch): Guard {
  const cancels: (() => void)[] = [];
  let reason: EndReason | undefined;
  const end = (why: EndReason): void => {
    if (reason !== undefined) return;
    reason = why;
    signalGroup(child.pid, 'SIGTERM');
    cancels.push(
      clock.after(limits.graceMs, () => {
        signalGroup(child.pid, 'SIGKILL');
      }),
    );
  };
  const onAbort = (): void => {
    end('abort');
  };
  cancels.push(
    clock.after(request.deadlineMs, () => {
      end('deadline');
    }),
  );
  request.signal?.addEventListener('abort', onAbort, { once: true });
  cancels.push(() => request.signal?.removeEventListener('abort', onAbort));
  child.nodeChildProcess.once('exit', () => {
    if (reason !== undefined) signalGroup(child.pid, 'SIGKILL');
    cancels.push(
      clock.after(limits.drainMs, () => {
        closeOutput(child);
      }),
    );
  });
  return {
    reason: () => reason,
    stop: () => {
      for (const cancel of cancels) cancel();
    },
  };
}

/** A negative id means the group: children of `juju` (ssh, plugins) end with it. */
function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/** A process that left the group may hold the pipes open for ever; we do not wait for it. */
function closeOutput(child: Subprocess): void {
  child.stdout.destroy();
  child.stderr.destroy();
}

interface Exit {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly code?: string | undefined;
}

function exitOf(exit: Exit, endedByUs: boolean): Pick<SpawnResult, 'exitCode' | 'startError'> {
  if (endedByUs) return {};
  if (exit.exitCode !== undefined) return { exitCode: exit.exitCode };
  return exit.signal === undefined ? { startError: exit.code ?? 'unknown' } : {};
}

function notStarted(ended: { readonly aborted: boolean }): SpawnResult {
  return { ...ended, timedOut: false, stdout: '', stderr: '' };
}
