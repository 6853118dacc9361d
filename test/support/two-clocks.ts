/** A machine whose wall clock can be set while time goes on. */
import type { Clock } from '../../src/core/ports/index.js';

export interface TwoClocks {
  readonly clock: Clock;
  /** Lets so many ms pass. */
  readonly pass: (ms: number) => void;
  /** Sets the wall clock by so many ms. */
  readonly set: (ms: number) => void;
}

export function twoClocks(start: number): TwoClocks {
  let [wall, steady] = [start, 0];
  return {
    clock: {
      now: () => wall,
      steady: () => steady,
      sleep: () => Promise.resolve(),
      after: () => () => undefined,
    },
    pass: (ms) => {
      wall += ms;
      steady += ms;
    },
    set: (ms) => {
      wall += ms;
    },
  };
}
