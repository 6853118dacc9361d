/** When maintenance windows are open. Pure: every question names its moment. */
import { Cron } from 'croner';
import { InputError } from '../input-error.js';
import type { WindowRule } from '../policy/rails.js';

/** When a window begins, and for how long it stays open. */
export type Schedule = Pick<WindowRule, 'cron' | 'duration' | 'timeZone'>;

/**
 * A time of day that the clocks skip counts from the moment after the gap; one that comes twice counts once, the first
 * time. Times named by `*` or a step (`0 * * * *`) follow the clock instead: skipped is skipped, and twice is twice.
 */
const compiled = new WeakMap<Schedule, Cron>();

function cronOf(schedule: Schedule): Cron {
  const known = compiled.get(schedule);
  if (known !== undefined) return known;
  const made = compile(schedule.cron, schedule.timeZone);
  compiled.set(schedule, made);
  return made;
}

function compile(cron: string, timezone: string): Cron {
  return new Cron(cron, { timezone, paused: true, mode: '5-part', fixedTimeRule: 'no-wildcard' });
}

/** @throws InputError for what is no cron expression of five fields, and for one that never comes. */
export function checkCron(cron: string): void {
  if (!/^[\dA-Za-z*,/#-]+( +[\dA-Za-z*,/#-]+){4}$/.test(cron.trim()))
    throw new InputError('write five fields: minute, hour, day of the month, month, day of the week');
  try {
    if (compile(cron, 'UTC').nextRun(new Date(0)) !== null) return;
  } catch (error) {
    throw new InputError(
      error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error),
    );
  }
  throw new InputError(`"${cron}" never comes: there is no such day; name another one`);
}

/** Whether it is a name of a time zone, such as `Europe/Berlin` or `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** From one moment until another (ms) without a gap. */
interface Span {
  readonly begin: number;
  readonly end: number;
}

/** The last opening that was asked for: the next question is most often about it again. */
const spans = new WeakMap<Schedule, Span>();

/** Whether the window is open at a moment (ms). It is from each of its beginnings, until its duration has passed. */
export function isOpen(schedule: Schedule, at: number): boolean {
  return openSpan(schedule, at) !== undefined;
}

/** When (ms) it closes again, the moment itself where it is shut; Infinity for one that never closes. */
export function closing(schedule: Schedule, at: number): number {
  return openSpan(schedule, at)?.end ?? at;
}

function openSpan(schedule: Schedule, at: number): Span | undefined {
  const known = spans.get(schedule);
  if (known !== undefined && known.begin <= at && at < known.end) return known;
  const begin = lastBeginning(schedule, at);
  if (begin === undefined || at >= begin + schedule.duration * 1000) return undefined;
  const span = { begin, end: endOf(schedule, begin) };
  spans.set(schedule, span);
  return span;
}

/** Beginnings meanwhile keep it open. */
function endOf(schedule: Schedule, first: number): number {
  let begin = first;
  for (let n = 0; n < mostBeginnings; n += 1) {
    const end = begin + schedule.duration * 1000;
    const next = nextBeginning(schedule, begin);
    if (next === undefined || next > end) return end;
    begin = next;
  }
  return Infinity;
}

/** Every five minutes of a day and a half; what goes on for longer without a gap is as good as always open. */
const mostBeginnings = 400;

/** When (ms) it begins next, after a moment; undefined: never. */
export function nextBeginning(schedule: Schedule, after: number): number | undefined {
  return cronOf(schedule).nextRun(new Date(after))?.getTime();
}

/** When (ms) what comes at set times comes next, after a moment; undefined: never. */
export function nextOccurrence(
  times: Pick<Schedule, 'cron' | 'timeZone'>,
  after: number,
): number | undefined {
  return compile(times.cron, times.timeZone).nextRun(new Date(after))?.getTime();
}

function lastBeginning(schedule: Schedule, at: number): number | undefined {
  return cronOf(schedule)
    .previousRuns(1, new Date(at + 1))[0]
    ?.getTime();
}
