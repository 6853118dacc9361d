/** Custom controls as a person wrote them: data, with where each expression stands. */
import type { ScopeName } from '../control.js';
import type { Severity } from '../outcome.js';

/** A text of a file, with where it begins: for naming the place of a mistake. */
export interface Placed {
  readonly text: string;
  readonly file: string;
  /** As in `checks[0].pass`. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/** One condition of a control. */
export interface CustomCheck {
  /** Where it does not hold, the check does not apply; absent: it always does. */
  readonly when?: Placed;
  readonly pass: Placed;
  /** CamelCase; the violation's name. */
  readonly reason: string;
  /** A sentence with `${expression}` parts. */
  readonly message: Placed;
}

export interface CustomControl {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly scope: ScopeName;
  /** Name patterns; with scope application only. */
  readonly appliesTo: {
    readonly charms: readonly string[];
    readonly endpoints: readonly string[];
  };
  readonly rationale: string;
  readonly references: readonly string[];
  readonly manual: string;
  readonly checks: readonly CustomCheck[];
}
