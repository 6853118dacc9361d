import { instant } from '../time.js';
import { waiting } from './holds.js';
import { limitsOf } from './limits-of.js';
import { begun, moments } from './marks.js';
import type { Rail } from './rail.js';

const hour = 3_600_000;

/** Many small plans may not pass the blast radius: in any hour only so many changes are begun on one controller. */
export const hourlyCap: Rail = (step, { marks, now, world }) => {
  const { perHour } = limitsOf(step);
  const attempts = moments(begun(marks)).filter((at) => at > now - hour);
  const note = `${counted(attempts.length)} in the last hour, ${perHour} allowed`;
  const decisive = attempts.at(-perHour);
  if (decisive === undefined) return { note };
  const until = decisive + hour;
  const message = `${counted(attempts.length)} on ${world.controller.name} in the last hour, ${perHour} allowed: next at ${instant(until)}`;
  return { hold: waiting('HourlyCapReached', message, until), note };
};

function counted(changes: number): string {
  return changes === 1 ? '1 change' : `${changes} changes`;
}
