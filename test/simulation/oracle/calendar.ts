/** Whether a window is open, by looking at every minute in which it could have begun. */
import type { WindowRule } from '../../../src/core/policy/rails.js';

const minute = 60_000;

/** At this moment, ms. */
export function isOpen(window: WindowRule, now: number): boolean {
  for (let begin = Math.floor(now / minute) * minute; begin > now - window.duration * 1000; begin -= minute) {
    if (begins(window, begin)) return true;
  }
  return false;
}

function begins({ cron, timeZone }: WindowRule, moment: number): boolean {
  const [minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] = cron.split(' ');
  const at = localTime(timeZone, moment);
  return (
    holds(minutes, at.minute) &&
    holds(hours, at.hour) &&
    holds(days, at.day) &&
    holds(months, at.month) &&
    holds(weekdays, at.weekday)
  );
}

/** A star, `5`, `1-3`, each with a step behind a slash, and lists of them. */
function holds(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step = '1'] = part.split('/');
    const [low, high] = range === '*' ? [0, Infinity] : bounds(range);
    return value >= low && value <= high && (value - low) % Number(step) === 0;
  });
}

function bounds(range: string): readonly [number, number] {
  const [low = '0', high = low] = range.split('-');
  return [Number(low), Number(high)];
}

interface LocalTime {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function localTime(timeZone: string, moment: number): LocalTime {
  const format = formats.get(timeZone) ?? newFormat(timeZone);
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    minute: number('minute'),
    hour: number('hour'),
    day: number('day'),
    month: number('month'),
    weekday: weekdays.indexOf(parts.get('weekday') ?? ''),
  };
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    minute: 'numeric',
    hour: 'numeric',
    day: 'numeric',
    month: 'numeric',
    weekday: 'short',
  });
}
