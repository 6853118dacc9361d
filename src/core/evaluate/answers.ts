/** Asks a control for its answer. A control that fails is a defect of ours: it is told, and blinds nobody else. */
import type { Context, Control } from '../control.js';
import type { Finding } from '../finding.js';
import { unsettled, type Judgement } from '../judgement.js';
import { modelRef } from './model-ref.js';
import type { View } from './view.js';

/** What a control answered; `failure` says what went wrong inside it. */
export interface Answered<T> {
  readonly answer: T;
  readonly failure?: string;
}

/** The control's judgements; one that says unknown where it failed: what it would have said is not known. */
export function judgementsOf(control: Control, view: View, context: Context<unknown>): Answered<Judged> {
  try {
    return { answer: control.evaluate(view, context) };
  } catch (error) {
    const failure = failureText(error);
    return { answer: failed(control, failure), failure };
  }
}

/** Mostly it is one, which is not worth a list of its own. */
export type OneOrMore<T> = T | readonly T[];

/** As controls answer. */
export type Judged = OneOrMore<Judgement>;

export function isList<T extends object>(some: OneOrMore<T>): some is readonly T[] {
  return Array.isArray(some);
}

/** The control's remedies for a violation; none where it failed: the violation stands. */
export function remediesOf(
  control: Control,
  view: View,
  context: Context<unknown>,
  judgement: Judgement,
): Answered<Finding['remedies']> {
  if (control.remediate === undefined || isBeyondReach(view)) return withoutRemedies;
  try {
    return { answer: control.remediate(view, context, judgement) };
  } catch (error) {
    return { answer: none, failure: failureText(error) };
  }
}

/** Every change of an application names its model: where nobody can tell which one that is, none is looked for. */
function isBeyondReach(view: View): boolean {
  return view.scope === 'application' && modelRef(view.model) === undefined;
}

/** Whether the control's change has taken effect; undefined where it knows no other evidence. */
export function effectOf(control: Control, view: View, context: Context<unknown>): Judgement | undefined {
  try {
    return control.effect?.(view, context);
  } catch (error) {
    return failed(control, failureText(error));
  }
}

const none: Finding['remedies'] = [];
/** The answer where there is nothing to mend, or no way to. */
export const withoutRemedies: Answered<Finding['remedies']> = { answer: none };
/** Longest text of a failure, in characters. */
const longest = 200;

function failureText(error: unknown): string {
  return String(error).slice(0, longest);
}

function failed(control: Control, failure: string): Judgement {
  return unsettled('ControlFailed', `${control.id} failed, which is a defect of Holdfast: ${failure}`);
}
