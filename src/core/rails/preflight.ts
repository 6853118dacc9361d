/** What must be sound before anything is restarted. */
import type { ProposedStep } from '../plan.js';
import type { ApplicationState } from '../snapshot.js';
import { backupHold } from './preflight-backup.js';
import { certificateHold } from './preflight-certificates.js';
import { hasNoSpare, quorumHold } from './preflight-quorum.js';
import { standingOf } from './covering.js';
import { needsApproval, waiting } from './holds.js';
import { limitsOf } from './limits-of.js';
import { changedBy, disrupts, goesOn, statesOf, unitsOf } from './places.js';
import type { Hold, Rail, RailScene } from './rail.js';

export const preflight: Rail = (step, scene) => {
  if (!disrupts(step.action)) return { note: 'nothing is restarted' };
  const apps = statesOf(changedBy(step.action), scene.world.model);
  for (const app of apps) {
    const hold = errorHold(app) ?? (restarts(step, app) ? restartHold(app, step, scene) : undefined);
    if (hold !== undefined) return { hold, note: hold.message };
  }
  return { note: apps.length === 0 ? 'nothing is restarted' : apps.map(healthText).join(', ') };
};

/** What disrupts without a restart: it cuts somebody off. */
const cuttingOnly: ReadonlySet<string> = new Set(['expose', 'unexpose']);

/** A refresh that waits half done is not sound by nature: the condition of its own action is that what is done is. */
function restarts({ action }: ProposedStep, app: ApplicationState): boolean {
  return !cuttingOnly.has(action.type) && !goesOn(action, app);
}

function errorHold(app: ApplicationState): Hold | undefined {
  const failed = unitsOf(app).find(({ agent, workload }) => workload === 'error' || agent === 'error');
  return failed && waiting('UnitInError', `${failed.name} is in error: put that right first`);
}

function restartHold(app: ApplicationState, step: ProposedStep, scene: RailScene): Hold | undefined {
  return (
    quorumHold(app) ??
    certificateHold(app, step, scene.now) ??
    backupHold(app, { age: limitsOf(step).backupAge, scene }) ??
    outageHold(app, step, scene)
  );
}

/** Restarting what has no spare stops it: that is for a person to allow. */
function outageHold(app: ApplicationState, step: ProposedStep, scene: RailScene): Hold | undefined {
  if (!hasNoSpare(app) || standingOf(step, scene).approvals.length > 0) return undefined;
  const { length } = unitsOf(app);
  if (length === 1)
    return needsApproval(
      'SingleUnitOutage',
      `${app.name} has one unit: restarting it is a full outage of ${app.name}`,
    );
  const message = `${app.name} needs all of its ${length} units: restarting one is a full outage of ${app.name}`;
  return needsApproval('NoSpareUnit', message);
}

function healthText(app: ApplicationState): string {
  const units = unitsOf(app);
  const well = units.filter(({ workload }) => workload === 'active').length;
  return `${well} of ${units.length} units of ${app.name} active`;
}
