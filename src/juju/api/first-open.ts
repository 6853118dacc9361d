import type { Clock } from '../../core/ports/index.js';
import { ConnectionError, sentenceOf } from './api-error.js';

export interface Race<T> {
  readonly addresses: readonly string[];
  /** Opens one address; the signal aborts once another one won. */
  readonly open: (address: string, signal: AbortSignal) => Promise<T>;
  /** Ends what was opened too late. */
  readonly discard: (late: T) => void;
  /** Head start of each address over the next, milliseconds. */
  readonly stagger: number;
}

/**
 * Tries all addresses, each a little later than the one before or as soon as that failed, and takes the first that
 * opens. @throws ConnectionError naming every address's failure, or the signal's reason
 */
export async function firstOpen<T>(
  race: Race<T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly address: string; readonly value: T }> {
  signal.throwIfAborted();
  const over = new AbortController();
  const failures: string[] = [];
  let started = 0;
  let cancel = (): void => undefined;
  return new Promise<{ address: string; value: T }>((resolve, reject) => {
    const onAbort = (): void => {
      over.abort();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      over.abort();
    };
    const launch = (): void => {
      cancel();
      const address = race.addresses[started];
      if (address === undefined || over.signal.aborted) return;
      started += 1;
      cancel = clock.after(race.stagger, launch);
      race.open(address, over.signal).then(
        (value) => {
          if (over.signal.aborted) {
            race.discard(value);
            return;
          }
          finish();
          resolve({ address, value });
        },
        (error: unknown) => {
          failures.push(sentenceOf(error));
          if (over.signal.aborted) return;
          if (failures.length < race.addresses.length) {
            launch();
            return;
          }
          finish();
          reject(new ConnectionError(`cannot connect: ${failures.join('; ')}`));
        },
      );
    };
    if (race.addresses.length === 0) {
      finish();
      reject(new ConnectionError('no controller address is known'));
      return;
    }
    launch();
  });
}
