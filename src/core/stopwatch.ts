import type { Clock } from './ports/time.js';

/** Milliseconds by which spans are measured: setting the wall clock does not change them. */
export function steadyOf(clock: Clock): number {
  return clock.steady?.() ?? clock.now();
}

/** A moment as both clocks saw it, ms. */
export interface Moment {
  readonly wall: number;
  readonly steady: number;
}

export function presentOf(clock: Clock): Moment {
  return { wall: clock.now(), steady: steadyOf(clock) };
}

/**
 * Milliseconds since a moment by the clock that saw more of them pass: what may last so long and no longer is not made
 * longer by a wall clock that is set back, nor by a machine that sleeps.
 */
export function longestSince(moment: Moment, clock: Clock): number {
  return Math.max(clock.now() - moment.wall, steadyOf(clock) - moment.steady);
}
