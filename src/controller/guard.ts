/** Why a step may not be taken now. Each guard has its reason; the first that speaks holds the step. */
import { unmet } from '../core/action/precondition.js';
import { valueOf } from '../core/fact.js';
import type { ProposedStep } from '../core/plan.js';
import type { RemediationState } from '../core/ports/index.js';
import type { ControllerState, ModelState } from '../core/snapshot.js';
import { isBusy } from './settle.js';

export interface Hold {
  readonly state: RemediationState;
  readonly reason: string;
  readonly message: string;
}

export interface World {
  readonly controller: ControllerState;
  readonly model?: ModelState;
}

/** Undefined when the step may be taken now. */
export function heldBack(step: ProposedStep, world: World): Hold | undefined {
  return (
    modeHold(step) ??
    approvalHold(step) ??
    modelHold(world.model) ??
    unitsHold(step, world.model) ??
    preconditionHold(step, world)
  );
}

function modeHold(step: ProposedStep): Hold | undefined {
  if (step.findings.some((finding) => finding.settings.mode === 'enforce')) return undefined;
  return { state: 'Proposed', reason: 'ModePropose', message: 'the policy only proposes here' };
}

/** Irreversible steps always need a person; disruptive ones unless the policy lets them through. */
function approvalHold(step: ProposedStep): Hold | undefined {
  const { action, findings } = step;
  const allowed = findings.every((finding) => finding.settings.disruptive === 'allow');
  if (action.irreversible === undefined && (!action.disruptive || allowed)) return undefined;
  const why =
    action.irreversible === undefined ? 'it is disruptive' : `it cannot be undone: ${action.irreversible}`;
  return { state: 'WaitingApproval', reason: 'ApprovalNeeded', message: `needs an approval: ${why}` };
}

/** Nothing while an upgrade or a migration is seen. */
function modelHold(model: ModelState | undefined): Hold | undefined {
  if (model === undefined) return undefined;
  const info = valueOf(model.info);
  if (info === undefined) return dependency('ModelNotSeen', 'the model could not be read');
  if (info.migration !== undefined)
    return dependency('MigrationInProgress', `the model is being migrated: ${info.migration}`);
  const { status = 'available' } = info;
  return restingStatuses.has(status) ? undefined : dependency('ModelBusy', `the model is ${status}`);
}

const restingStatuses: ReadonlySet<string> = new Set(['available', '']);

/** Nothing while a unit of an application concerned is at work or one is being refreshed. */
function unitsHold(step: ProposedStep, model: ModelState | undefined): Hold | undefined {
  for (const name of applicationsOf(step)) {
    const app = model?.applications[name];
    if (app === undefined) continue;
    if (isBusy(app)) return dependency('UnitsNotIdle', `units of ${name} are at work`);
    const refreshing = Object.values(valueOf(app.units) ?? {}).some(
      (unit) => unit.upgradingFrom !== undefined,
    );
    if (refreshing) return dependency('RefreshInProgress', `${name} is being refreshed`);
  }
  return undefined;
}

function preconditionHold(step: ProposedStep, world: World): Hold | undefined {
  for (const precondition of step.action.preconditions) {
    const why = unmet(precondition, world);
    if (why !== undefined) return dependency('PreconditionUnmet', why);
  }
  return undefined;
}

function dependency(reason: string, message: string): Hold {
  return { state: 'WaitingDependency', reason, message };
}

/** The applications of the model that a step touches. */
export function applicationsOf(step: ProposedStep): readonly string[] {
  const { args } = step.action;
  if ('ends' in args) return args.ends.map((end) => end.application);
  return 'application' in args ? [args.application] : [];
}
