import type { Remedy } from '../../core/action/action.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';

/** How one key of the controller's configuration is judged. */
export interface KeyQuestion {
  readonly key: string;
  readonly wanted: string;
  /** The reason code and sentence of what is wrong with a value, or undefined when nothing is. */
  readonly complaint: (value: unknown) => { readonly reason: string; readonly message: string } | undefined;
}

export const keyReasons = {
  KeyNotReported: 'The controller does not report this key.',
} as const;

export function judgeKey(view: ControllerView, { key, wanted, complaint }: KeyQuestion): Judgement {
  const fact = view.get('config');
  if (!isKnown(fact)) return notSeen(fact, `${key}: ${wanted}`);
  const value = fact.value[key];
  if (value === undefined) {
    return unsettled(
      'KeyNotReported',
      `the controller does not report ${key}`,
      evidenceOf(fact, 'not reported', wanted),
    );
  }
  const seen = evidenceOf(fact, `${key}=${settingText(value)}`, wanted);
  const wrong = complaint(value);
  return wrong === undefined
    ? pass(`${key} is ${settingText(value)}`, seen)
    : fail(wrong.reason, wrong.message, seen);
}

/** Sets a key; undone by setting it to what it was. */
export function setKey(view: ControllerView, key: string, value: string, effect: string): readonly Remedy[] {
  const controller = view.get('name');
  const before = valueOf(view.get('config'))?.[key];
  if (controller === '' || before === undefined) return [];
  return [
    {
      action: { type: 'set-controller-config', controller, key, value },
      undo: { inverse: [{ type: 'set-controller-config', controller, key, value: settingText(before) }] },
      effect,
      risk: 'low',
      disruptive: false,
      repeatable: true,
      cutsOff: [],
      preconditions: [],
    },
  ];
}

/** A value as `juju controller-config` takes it: a list in brackets. */
export function settingText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(String).join(',')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Juju's roads give booleans as such or as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
