import type { Clock } from '../../src/core/ports/time.js';
import { eventually } from './juju-server.js';
import { realClock } from './real-clock.js';

/** Real time, but that what is due after `deadlineMs` is due as soon as something holds, however long that takes. */
export function deadlineOnce(deadlineMs: number, holds: () => boolean): Clock {
  const clock = realClock();
  return {
    ...clock,
    after: (ms, task) => {
      if (ms !== deadlineMs) return clock.after(ms, task);
      let isOff = false;
      void eventually('the deadline', () => isOff || holds()).then(() => {
        if (!isOff) task();
      });
      return () => {
        isOff = true;
      };
    },
  };
}
