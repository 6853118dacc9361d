import type { Socket } from 'node:net';
import type { Clock } from '../core/ports/time.js';

/** How long one connection may take, and who may cancel it. */
export interface AttemptLimits {
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The place to connect to. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/** Connections that never came about, and why. */
export type NoConnection = 'refused' | 'unreachable' | 'timeout';

/**
 * Watches one socket until `listen` tells what it came to, or the deadline passes; then the socket is gone in any
 * case. @throws the signal's reason when it aborts.
 */
export function attempt<T>(
  socket: Socket,
  limits: AttemptLimits,
  listen: (finish: (outcome: T) => void) => void,
): Promise<T | 'timeout'> {
  const { clock, deadlineMs, signal } = limits;
  const { promise, resolve, reject } = Promise.withResolvers<T | 'timeout'>();
  const onAbort = (): void => {
    reject(signal?.reason instanceof Error ? signal.reason : new Error('the probe was cancelled'));
  };
  const cancel = clock.after(deadlineMs, () => {
    resolve('timeout');
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  // What still happens on the socket after the end must not become an uncaught error.
  socket.on('error', () => undefined);
  listen(resolve);
  if (signal?.aborted === true) onAbort();
  return promise.finally(() => {
    cancel();
    signal?.removeEventListener('abort', onAbort);
    socket.destroy();
  });
}

const unreachable: ReadonlySet<string> = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EHOSTDOWN',
  'ENETDOWN',
  'EACCES',
  'EPERM',
  'EINVAL',
]);

/** Why a connection never came about, or undefined for errors of one that did. */
export function noConnection(error: Error): NoConnection | undefined {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  return unreachable.has(code) ? 'unreachable' : undefined;
}
