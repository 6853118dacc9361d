import type { Clock } from '../../core/ports/index.js';

/** Time that passes `speed` times as fast as `base`, from the same beginning. */
export function scaledClock(base: Clock, speed: number): Clock {
  const start = base.now();
  return {
    now: () => start + (base.now() - start) * speed,
    sleep: (ms, signal) => base.sleep(ms / speed, signal),
    after: (ms, task) => base.after(ms / speed, task),
  };
}
