import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/ports/index.js';

/** The machine's own time. Timers do not keep the process alive by themselves: a simulation ends with its host. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    steady: () => performance.now(),
    sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      timer.unref();
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
