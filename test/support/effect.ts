import type { Control } from '../../src/core/control.js';
import { Evaluation } from '../../src/core/evaluate/evaluation.js';
import type { Judgement } from '../../src/core/judgement.js';
import { nobodyNamed, observeOnly } from '../../src/core/policy/policy.js';
import { settingsResolver } from '../../src/core/policy/resolve.js';
import { namedUsersResolver } from '../../src/core/policy/users.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { JudgedTime, millis } from '../../src/core/time.js';
import { knowledge, toldEffect } from './judge.js';

/** What a control says about the effect of its remedy on one application. @throws Error when it looks at none. */
export function effectOn(
  control: Control,
  snapshot: Snapshot,
  model: string,
  application: string,
): Judgement {
  const asOf = millis(snapshot.takenAt);
  const evaluation = new Evaluation([], observeOnly, knowledge);
  evaluation.update(snapshot, asOf);
  const controllers = evaluation.view()?.controllers() ?? [];
  const view = controllers
    .map((one) => one.model(model)?.application(application))
    .find((one) => one !== undefined);
  if (view === undefined || control.effect === undefined)
    throw new Error(`${control.id} has no effect to look at`);
  const params = control.params.parse({});
  const effect = control.effect(view, {
    params,
    time: new JudgedTime(asOf),
    knowledge,
    profile: 'baseline',
    ourselves: [],
    settingsFor: settingsResolver(observeOnly),
    users: namedUsersResolver(nobodyNamed)({}),
  });
  return toldEffect(control, effect);
}
