import type { RailScene, Rail } from './rail.js';
import { approvedBegun, approvedPart } from './covering.js';
import { needsApproval } from './holds.js';
import { excessOf, excessText, reachOf, type Excess } from './reach.js';

/** A run, which is one plan, that reaches too far is refused as a whole; an approved part of its split is let through, and so
 * is the end of a refresh that was approved and begun: an application is not left between two revisions. */
export const blastRadius: Rail = (step, scene) => {
  const { proposal, world } = scene;
  const { actions, limits } = proposal.plan;
  const excess = excessOf(actions, world.model, limits);
  if (excess.length === 0) return { note: withinText(scene) };
  const part = approvedPart(step, scene);
  if (part !== undefined) {
    const { n = 1, of = 1 } = part.plan.partOf ?? {};
    return { note: `part ${n} of ${of} of a plan over the limits, approved by ${part.by}` };
  }
  const begun = approvedBegun(step, scene);
  if (begun !== undefined) return { note: `ends what was begun, as ${begun.by} approved` };
  return {
    hold: needsApproval('BlastRadiusExceeded', refusal(excess)),
    note: excess.map(excessText).join('; '),
  };
};

function refusal(excess: readonly Excess[]): string {
  const by = excess.map((one) => `${excessText(one)} (${one.is - one.most} too many)`).join('; ');
  return `the plan reaches too far: ${by}. None of it is done; its split can be approved part by part`;
}

function withinText({ proposal, world }: RailScene): string {
  const { actions, limits } = proposal.plan;
  const { applications, units } = reachOf(actions, world.model);
  return (
    `${applications.length} of ${limits.applications} applications, ${units} of ${limits.units} units, ` +
    `${actions.length} of ${limits.actions} actions`
  );
}
