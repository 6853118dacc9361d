/** The safety rails, as the controller and the command line ask for them. */
import type { ProposedStep } from '../plan.js';
import { approval } from './approval.js';
import { blastRadius } from './blast-radius.js';
import { breaker } from './breaker.js';
import { fight } from './fight.js';
import { hourlyCap } from './hourly-cap.js';
import { journal } from './journal.js';
import { managed } from './managed.js';
import { mode } from './mode.js';
import { order } from './order.js';
import { pause } from './pause.js';
import { preflight } from './preflight.js';
import { quarantine } from './quarantine.js';
import { railNames, type Hold, type Rail, type RailName, type RailScene, type RailVerdict } from './rail.js';
import { self } from './self.js';
import { window } from './window.js';

export { type Hold, type RailScene, type RailVerdict, type World } from './rail.js';
export { applicationsOf } from './places.js';
export { nextOpening } from './calendar.js';
export { checkCron, isTimeZone, nextOccurrence } from './schedule.js';
export { splitPlan } from './split-plan.js';
export { isPauseOver } from './pause.js';

const rails: Readonly<Record<RailName, Rail>> = {
  journal,
  mode,
  managed,
  pause,
  quarantine,
  breaker,
  fight,
  self,
  order,
  preflight,
  'blast-radius': blastRadius,
  'hourly-cap': hourlyCap,
  window,
  approval,
};

/**
 * What a person should hear first: what only a person can change, then what a person may decide, then what time or the
 * world lifts by itself.
 */
const urgency: readonly RailName[] = [
  'quarantine',
  'fight',
  'journal',
  'managed',
  'mode',
  'self',
  'pause',
  'breaker',
  'blast-radius',
  'approval',
  'window',
  'preflight',
  'hourly-cap',
  'order',
];

/** Every rail's word on a step, in the order of railNames; also of those that hold nothing back. */
export function railsFor(step: ProposedStep, scene: RailScene): readonly RailVerdict[] {
  return railNames.map((rail) => ({ rail, ...rails[rail](step, scene) }));
}

/** Why a step may not be taken now: of all that hold it, what a person should hear first. */
export function heldBack(step: ProposedStep, scene: RailScene): Hold | undefined {
  for (const rail of urgency) {
    const { hold } = rails[rail](step, scene);
    if (hold !== undefined) return hold;
  }
  return undefined;
}

/** Every hold on a step, with its rail; what a person should hear first stands first. */
export function holdsOn(
  step: ProposedStep,
  scene: RailScene,
): readonly { readonly rail: RailName; readonly hold: Hold }[] {
  return urgency.flatMap((rail) => {
    const { hold } = rails[rail](step, scene);
    return hold === undefined ? [] : [{ rail, hold }];
  });
}
