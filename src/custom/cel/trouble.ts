/** What may come of an expression instead of a value. */
import type { Unknown } from '../../core/fact.js';

/** A fact that was needed was not read. */
export class Unseen extends Error {
  override readonly name = 'Unseen';
  readonly fact: Unknown;

  constructor(fact: Unknown) {
    super(fact.unknown.reason);
    this.fact = fact;
  }
}

/** The expression does not fit what it was given: a missing key, a text where a number is needed. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** The expression took more steps than it may. Nothing catches it before the whole judgement has ended. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly';
}
