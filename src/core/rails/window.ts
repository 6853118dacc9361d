import type { ProposedStep } from '../plan.js';
import type { Settings } from '../policy/resolve.js';
import type { WindowRule } from '../policy/rails.js';
import { nextOpening } from './calendar.js';
import { outsideWindow } from './holds.js';
import { disrupts } from './places.js';
import type { Hold, Rail, RailVerdict } from './rail.js';
import { closing, isOpen } from './schedule.js';
import { zoneTime } from './zone-time.js';

/**
 * When changes may begin. A denying window holds every change; allowing ones hold what disrupts while they are shut. A
 * step that has begun is finished, whatever closes meanwhile: so it has to be open only when a step begins.
 */
export const window: Rail = (step, { now }) => {
  const calendar = calendarOf(step);
  const denial = calendar.deny.find((one) => isOpen(one, now));
  if (denial !== undefined) return denied(denial, calendar, now);
  const missing = step.findings.find(({ settings }) => lacksWindow(step, settings));
  if (missing !== undefined) return noWindow(missing.control.id);
  const shut = calendar.allow.find((windows) => !windows.some((one) => isOpen(one, now)));
  if (shut !== undefined) return closed(shut, calendar, now);
  return { note: openNote(calendar, now) };
};

type Verdict = Omit<RailVerdict, 'rail'>;

interface Calendar {
  readonly deny: readonly WindowRule[];
  /** For each finding whose windows bind the step: one of them must be open. */
  readonly allow: readonly (readonly WindowRule[])[];
}

function calendarOf({ action, findings }: ProposedStep): Calendar {
  const all = findings.map(({ settings }) => settings.windows);
  const deny = new Set(all.flatMap((windows) => windows.filter(({ kind }) => kind === 'deny')));
  const allow = disrupts(action) ? all.map((windows) => windows.filter(({ kind }) => kind === 'allow')) : [];
  return { deny: [...deny], allow: allow.filter((windows) => windows.length > 0) };
}

/** The policy lets it through in windows only, and gives it none. */
function lacksWindow({ action }: ProposedStep, { disruptive, windows }: Settings): boolean {
  return disrupts(action) && disruptive === 'window' && !windows.some(({ kind }) => kind === 'allow');
}

function denied(denial: WindowRule, calendar: Calendar, now: number): Verdict {
  const message = `window ${denial.name} denies changes; ${openingText(calendar, denial, now)}`;
  return held('ChangesDenied', message, calendar, now);
}

function closed(shut: readonly WindowRule[], calendar: Calendar, now: number): Verdict {
  const [first] = shut;
  const names = shut.map(({ name }) => name).join(' and ');
  const message = `outside of window ${names}; ${first === undefined ? '' : openingText(calendar, first, now)}`;
  return held('WindowClosed', message, calendar, now);
}

function noWindow(control: string): Verdict {
  const message = `the policy lets ${control} disrupt in windows only, and no window matches: add one to windows`;
  return { hold: outsideWindow('NoWindow', message), note: 'no window matches' };
}

function held(reason: string, message: string, calendar: Calendar, now: number): Verdict {
  const hold: Hold = outsideWindow(reason, message, nextOpening(calendar, now));
  return { hold, note: message };
}

/** The next opening in the zone of the window that a person would look at. */
function openingText(calendar: Calendar, about: WindowRule, now: number): string {
  const next = nextOpening(calendar, now);
  if (next === undefined) return 'no opening is in sight';
  const opener = calendar.allow.flat().find((one) => isOpen(one, next)) ?? about;
  return `next at ${zoneTime(next, opener.timeZone)}`;
}

function openNote({ allow }: Calendar, now: number): string {
  const open = allow.flat().find((one) => isOpen(one, now));
  if (open === undefined) return 'no window binds it';
  const end = closing(open, now);
  const until = Number.isFinite(end) ? ` until ${zoneTime(end, open.timeZone)}` : '';
  return `window ${open.name} is open${until}`;
}
