/** Works a queue off: calls `reconcile` for each key, requeues as it says, backs off when it throws. */
import type { Clock, Log, Random, Telemetry } from '../core/ports/index.js';
import { backoff } from './backoff.js';
import type { WorkQueue } from './queue.js';

/** When to look at the key again, in milliseconds; undefined: when something happens. */
export interface Result {
  readonly requeueAfter?: number;
}

/** Trying again would not help: reported, counted, not retried until something about the key changes. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}

export interface RunnerOptions {
  readonly queue: WorkQueue;
  readonly reconcile: (key: string) => Promise<Result>;
  readonly workers: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

const retryTimes = { first: 1000, limit: 300_000 };

/** Runs until the queue is closed; resolves when the last key in flight is done. */
export async function runWorkers(options: RunnerOptions): Promise<void> {
  const failures = new Map<string, number>();
  await Promise.all(Array.from({ length: options.workers }, () => work(options, failures)));
}

async function work(options: RunnerOptions, failures: Map<string, number>): Promise<void> {
  for (;;) {
    const key = await options.queue.take();
    if (key === undefined) return;
    try {
      await handle(key, options, failures);
    } finally {
      options.queue.done(key);
    }
  }
}

async function handle(key: string, options: RunnerOptions, failures: Map<string, number>): Promise<void> {
  const { queue, clock, telemetry } = options;
  const began = clock.now();
  try {
    const { requeueAfter } = await options.reconcile(key);
    failures.delete(key);
    telemetry.reconciled('done', (clock.now() - began) / 1000);
    if (requeueAfter !== undefined) queue.addAfter(key, requeueAfter);
  } catch (error) {
    telemetry.reconciled('failed', (clock.now() - began) / 1000);
    retryLater(key, error, options, failures);
  }
}

function retryLater(
  key: string,
  error: unknown,
  options: RunnerOptions,
  failures: Map<string, number>,
): void {
  const terminal = isTerminal(error);
  options.log.error(
    { key, terminal, error: error instanceof Error ? error.message : String(error) },
    'reconcile failed',
  );
  if (terminal) return;
  const count = (failures.get(key) ?? 0) + 1;
  failures.set(key, count);
  options.queue.addAfter(key, backoff(count, retryTimes, options.random), true);
}

/** Found through wrapping, too. */
function isTerminal(error: unknown): boolean {
  if (error instanceof TerminalError) return true;
  return error instanceof Error && error.cause !== undefined && isTerminal(error.cause);
}
