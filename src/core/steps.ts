/**
 * Work that may be interrupted: it stops at each `yield`, where nothing is half done that others could see, and goes on
 * when its driver wants. Done at once or bit by bit, it comes to the same result.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of it without a stop. @throws what the work throws */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
