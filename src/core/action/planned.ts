import type { Limits } from '../policy/limits.js';
import type { Action, Precondition, Risk } from './action.js';
import type { Recipe } from './recipe.js';

/** One action of a plan: what is done, on what conditions, with what effect, and how it is undone. */
export interface PlannedAction {
  readonly id: string;
  readonly type: Action['type'];
  readonly args: Action;
  readonly preconditions: readonly Precondition[];
  readonly argv: readonly string[];
  readonly effect: string;
  readonly inverse?: readonly Action[];
  readonly irreversible?: string;
  readonly risk: Risk;
  readonly disruptive: boolean;
  readonly repeatable: boolean;
  readonly cutsOff: readonly string[];
  /** What must not be lost with it, such as the command with which a charm says how to go back. */
  readonly note?: string;
  /** Of what larger thing it is a step: an approval is for all of it. */
  readonly recipe?: Recipe;
  /** The controls whose findings it puts right. */
  readonly controls: readonly string[];
  /** The limits in force for it, where they are not the strictest of its plan. */
  readonly limits?: Limits;
}
