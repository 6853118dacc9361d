import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '../../core/steps.js';

/** Milliseconds of one slice: several large models at once still leave the loop free well within 50 ms. */
const sliceMs = 6;

/**
 * Does the work in slices, between which the process does what else is due. The first `atOnce` steps are done without a
 * stop, so that small work does not wait its turn. @throws what the work throws
 */
export async function inSlices<T>(steps: Steps<T>, atOnce = 0): Promise<T> {
  let left = atOnce;
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
      left -= 1;
    } while (left > 0 || performance.now() < until);
    await nextTurn();
  }
}
