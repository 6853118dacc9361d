import { TooCostly } from './trouble.js';

/** Steps that the expressions of one judgement may take together: a few milliseconds. */
const mostSteps = 100_000;
/** Characters that are looked at in one step. */
const charactersAStep = 64;

/** Counts what a judgement costs. By steps and not by time, so that the answer is the same on every machine. */
export class Meter {
  private left = mostSteps;

  /** @throws TooCostly when there is nothing left. */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooCostly(`takes more than ${mostSteps} steps`);
  }

  /** For work that grows with the length of texts. */
  spendOn(...texts: readonly string[]): void {
    this.spend(1 + texts.reduce((sum, text) => sum + text.length, 0) / charactersAStep);
  }
}
