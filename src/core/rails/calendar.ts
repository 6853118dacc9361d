/** When several windows together let changes through. */
import { closing, isOpen, nextBeginning, type Schedule } from './schedule.js';

/** Windows that bind together: no `deny` may be open, and of each list of `allow` one must be. */
export interface Calendar {
  readonly deny: readonly Schedule[];
  readonly allow: readonly (readonly Schedule[])[];
}

/** The first moment (ms) from `at` on at which the calendar lets changes through; undefined: none was found. */
export function nextOpening(calendar: Calendar, at: number): number | undefined {
  let moment: number | undefined = at;
  for (let n = 0; n < mostSteps && moment !== undefined; n += 1) {
    const later: number = obstacle(calendar, moment);
    if (later === moment) return moment;
    moment = Number.isFinite(later) ? later : undefined;
  }
  return undefined;
}

/** Enough for a month of nights that are all denied; further ahead no opening is promised. */
const mostSteps = 100;

/** When (ms) what stands in the way at a moment is over; the moment itself when nothing does; Infinity: never. */
function obstacle({ deny, allow }: Calendar, moment: number): number {
  const denial = deny.find((window) => isOpen(window, moment));
  if (denial !== undefined) return closing(denial, moment);
  const shut = allow.find((windows) => !windows.some((window) => isOpen(window, moment)));
  if (shut === undefined) return moment;
  const next = shut.flatMap((window) => nextBeginning(window, moment) ?? []);
  return Math.min(...next);
}
