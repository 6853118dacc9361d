/**
 * The last line of defence, on the action itself and whatever guide asked for it: nothing that would take our own
 * access away, leave nobody who may mend it, or undo a protection.
 */
import { onlyProposed } from './holds.js';
import type { Rail } from './rail.js';
import { accessHarm } from './self-access.js';
import { modelHarm } from './self-model.js';
import { reachHarm } from './self-reach.js';

export const self: Rail = (step, { world: { controller }, ourselves }) => {
  const { args } = step.action;
  const harm =
    accessHarm(args, { controller, ourselves }) ?? reachHarm(step, controller) ?? modelHarm(args, controller);
  if (harm === undefined) return { note: 'leaves us our access' };
  return { hold: onlyProposed(harm.reason, harm.message), note: harm.message };
};
