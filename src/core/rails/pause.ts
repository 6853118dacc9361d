import type { Pause } from '../ports/index.js';
import { millis } from '../time.js';
import { waiting } from './holds.js';
import type { Rail, RailScene } from './rail.js';

/** Nothing is changed where a person said so, until it is lifted or over. */
export const pause: Rail = (_step, scene) => {
  const pauses = scene.orders.pauses.filter((one) => concerns(one, scene) && !isPauseOver(one, scene.now));
  const [first] = pauses;
  if (first === undefined) return { note: 'not paused' };
  const ends = pauses.map(({ until }) => (until === undefined ? Infinity : millis(until)));
  const last = Math.max(...ends);
  const hold = waiting('Paused', text(first), Number.isFinite(last) ? last : undefined);
  return { hold, note: `paused by ${first.by}` };
};

function concerns({ controller, model }: Pause, { world }: RailScene): boolean {
  const here = controller === undefined || controller === world.controller.name;
  return here && (model === undefined || model === world.model?.name);
}

/** Whether its time is over, at this moment (ms). */
export function isPauseOver({ until }: Pause, now: number): boolean {
  return until !== undefined && millis(until) <= now;
}

function text({ by, until, reason }: Pause): string {
  const what = until === undefined ? 'until it is lifted' : `until ${until}`;
  return `${by} paused all changes here ${what}${reason === undefined ? '' : `: ${reason}`}`;
}
