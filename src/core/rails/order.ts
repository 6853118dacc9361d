/** Whether the world is at rest where a step acts, and whether its turn has come. */
import { unmet } from '../action/precondition.js';
import { valueOf } from '../fact.js';
import type { ProposedStep } from '../plan.js';
import type { ApplicationState, ModelState } from '../snapshot.js';
import { waiting } from './holds.js';
import { neighbourHold } from './order-neighbours.js';
import { zookeeperFirst } from './order-zookeeper.js';
import { applicationsOf, goesOn, isBusy, isRefreshing, statesOf } from './places.js';
import type { Hold, Rail, RailScene } from './rail.js';
import { settlingElsewhere } from './order-settling.js';

export const order: Rail = (step, scene) => {
  const hold = outOfTurn(step, scene);
  if (hold !== undefined) return { hold, note: hold.message };
  const names = applicationsOf(step);
  return { note: names.length === 0 ? 'nothing in the way' : `${names.join(' and ')} at rest` };
};

function outOfTurn(step: ProposedStep, scene: RailScene): Hold | undefined {
  const { model } = scene.world;
  const apps = statesOf(applicationsOf(step), model);
  return (
    modelHold(model) ??
    firstOf(apps, (app) => unrest(app, step)) ??
    firstOf(apps, (app) => operationHold(app, model)) ??
    firstOf(apps, (app) => neighbourHold(app, scene.world)) ??
    settlingElsewhere(step, scene) ??
    zookeeperFirst(step, scene) ??
    preconditionHold(step, scene)
  );
}

function firstOf(
  apps: readonly ApplicationState[],
  look: (app: ApplicationState) => Hold | undefined,
): Hold | undefined {
  for (const app of apps) {
    const hold = look(app);
    if (hold !== undefined) return hold;
  }
  return undefined;
}

/** Nothing while an upgrade or a migration is seen. */
function modelHold(model: ModelState | undefined): Hold | undefined {
  if (model === undefined) return undefined;
  const info = valueOf(model.info);
  if (info === undefined) return waiting('ModelNotSeen', 'the model could not be read');
  if (info.migration !== undefined)
    return waiting('MigrationInProgress', `the model is being migrated: ${info.migration}`);
  const { status = '' } = info;
  return restingStatuses.has(status) ? undefined : waiting('ModelBusy', `the model is ${status}`);
}

const restingStatuses: ReadonlySet<string> = new Set(['available', '']);

/** During a refresh nothing but going on with it is allowed; else nothing while a unit is at work. */
function unrest(app: ApplicationState, { action }: ProposedStep): Hold | undefined {
  if (isRefreshing(app) && !goesOn(action, app))
    return waiting('RefreshInProgress', `${app.name} is being refreshed`);
  return isBusy(app) ? waiting('UnitsNotIdle', `units of ${app.name} are at work`) : undefined;
}

/** A backup, a restore or a check that runs must end first. */
function operationHold({ name }: ApplicationState, model: ModelState | undefined): Hold | undefined {
  const running = (model && valueOf(model.operations))?.find(
    ({ status, units }) => unfinished.has(status) && units.some((unit) => unit.startsWith(`${name}/`)),
  );
  return running && waiting('OperationRunning', `${running.action} is ${running.status} on ${name}`);
}

const unfinished: ReadonlySet<string> = new Set(['pending', 'running']);

function preconditionHold(step: ProposedStep, { world, now }: RailScene): Hold | undefined {
  const place = { ...world, now };
  for (const precondition of step.action.preconditions) {
    const why = unmet(precondition, place);
    if (why !== undefined) return waiting('PreconditionUnmet', why);
  }
  return undefined;
}
