import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../src/core/ports/time.js';

/** The machine's time, for tests of what is a process or a socket itself. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
