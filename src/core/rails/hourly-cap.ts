import { instant } from '../time.js';
import { waiting } from './holds.js';
import { limitsOf } from './limits-of.js';
import { moments } from './marks.js';
import type { Rail } from './rail.js';

const hour = 3_600_000;

/** Many small plans may not pass the blast radius: in any hour only so many changes are begun on one controller. */
export const hourlyCap: Rail = (step, { marks, now, world }) => {
  const { perHour } = limitsOf(step);
  const attempts = moments(marks.filter(({ kind }) => kind === 'attempt')).filter((at) => at > now - hour);
  const note = `${attempts.length} of ${perHour} changes in the last hour`;
  const decisive = attempts.at(-perHour);
  if (decisive === undefined) return { note };
  const until = decisive + hour;
  const message =
    `${attempts.length} of ${perHour} changes that are allowed in any hour were begun on ` +
    `${world.controller.name}: next at ${instant(until)}`;
  return { hold: waiting('HourlyCapReached', message, until), note };
};
