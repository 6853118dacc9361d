import type { Action, Remedy, Undo } from '../../core/action/action.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import { modelRef } from '../shared/model-ref.js';
import { settingText } from './controller-setting.js';

/** What setting a key of the model's configuration means to those who rely on it. */
export interface SettingChange {
  readonly key: string;
  /** Undefined: back to Juju's default. */
  readonly value: string | undefined;
  readonly effect: string;
  readonly disruptive: boolean;
  readonly cutsOff: readonly string[];
}

/** Sets or resets a key; undone by what it was before. Empty where the model cannot be addressed. */
export function setModelKey(view: ModelView, change: SettingChange): readonly Remedy[] {
  const model = modelRef(view);
  const before = valueOf(view.get('config'))?.[change.key];
  if (model === undefined || before === undefined) return [];
  const { key, value, effect, disruptive, cutsOff } = change;
  const action: Action =
    value === undefined
      ? { type: 'reset-model-config', model, key }
      : { type: 'set-model-config', model, key, value };
  const back: Action =
    before.source === 'model'
      ? { type: 'set-model-config', model, key, value: settingText(before.value) }
      : { type: 'reset-model-config', model, key };
  const undo: Undo = { inverse: [back] };
  return [
    {
      action,
      undo,
      effect,
      risk: disruptive ? 'high' : 'low',
      disruptive,
      repeatable: true,
      cutsOff,
      preconditions: [],
    },
  ];
}
