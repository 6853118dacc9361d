/** The estate as it was read, made ready to be copied: every controller and model has a name. */
import { newDict } from '../../core/dict.js';
import { isWaived, type Finding } from '../../core/finding.js';
import { isViolation } from '../../core/outcome.js';
import { findingId } from '../../core/report/build.js';
import type { ControllerState, ModelState, Snapshot } from '../../core/snapshot.js';
import type { Target } from '../../core/target.js';

/** What roads that name no controller, or no model, get instead. */
const unnamed = { controller: 'controller', model: 'model' } as const;

export function withNames(snapshot: Snapshot): Snapshot {
  const controllers = newDict<ControllerState>();
  for (const state of Object.values(snapshot.controllers)) {
    const name = state.name || unnamed.controller;
    const models = newDict<ModelState>();
    for (const [key, model] of Object.entries(state.models))
      models[key || unnamed.model] = { ...model, controller: name, name: model.name || unnamed.model };
    controllers[name] = { ...state, name, models };
  }
  return { ...snapshot, controllers };
}

export function findingWithNames(finding: Finding): Finding {
  return { ...finding, target: targetWithNames(finding.target) };
}

function targetWithNames(target: Target): Target {
  const { controller = unnamed.controller, model } = target;
  return { ...target, controller, ...(model === undefined ? {} : { model: model || unnamed.model }) };
}

/** What the rehearsal is to put right: counted violations about which the policy does more than look. */
export function wantedOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    (finding) =>
      isViolation(finding.judgement.outcome) && !isWaived(finding) && finding.settings.mode !== 'observe',
  );
}

export function idOf({ control, target }: Finding): string {
  return findingId(control.id, target);
}

/** Only controllers of which something is wanted. */
export function concerned(snapshot: Snapshot, wanted: readonly Finding[]): Snapshot {
  const controllers = newDict<ControllerState>();
  for (const [name, state] of Object.entries(snapshot.controllers))
    if (wanted.some(({ target }) => target.controller === name)) controllers[name] = state;
  return { ...snapshot, controllers };
}
