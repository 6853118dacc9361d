/** Asks a control for its answer. A control that fails is a defect of ours: it is told, and blinds nobody else. */
import type { Context, Control } from '../control.js';
import type { Finding } from '../finding.js';
import { unsettled, type Judgement } from '../judgement.js';
import type { View } from './view.js';

/** What a control answered; `failure` says what went wrong inside it. */
export interface Answered<T> {
  readonly answer: T;
  readonly failure?: string;
}

/** The control's judgements; one that says unknown where it failed: what it would have said is not known. */
export function judgementsOf(
  control: Control,
  view: View,
  context: Context<unknown>,
): Answered<readonly Judgement[]> {
  return attempted(
    () => {
      const judged = control.evaluate(view, context);
      return Array.isArray(judged) ? (judged as readonly Judgement[]) : [judged as Judgement];
    },
    (failure) => [failed(control, failure)],
  );
}

/** The control's remedies for a violation; none where it failed: the violation stands. */
export function remediesOf(
  control: Control,
  view: View,
  context: Context<unknown>,
  judgement: Judgement,
): Answered<Finding['remedies']> {
  return attempted(
    () => control.remediate?.(view, context, judgement) ?? none,
    () => none,
  );
}

/** Whether the control's change has taken effect; undefined where it knows no other evidence. */
export function effectOf(control: Control, view: View, context: Context<unknown>): Judgement | undefined {
  return attempted(
    () => control.effect?.(view, context),
    (failure) => failed(control, failure),
  ).answer;
}

const none: Finding['remedies'] = [];
/** Longest text of a failure, in characters. */
const longest = 200;

function attempted<T>(work: () => T, otherwise: (failure: string) => T): Answered<T> {
  try {
    return { answer: work() };
  } catch (error) {
    const failure = String(error).slice(0, longest);
    return { answer: otherwise(failure), failure };
  }
}

function failed(control: Control, failure: string): Judgement {
  return unsettled('ControlFailed', `${control.id} failed, which is a defect of Holdfast: ${failure}`);
}
