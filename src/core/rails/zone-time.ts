/** A moment as a person reads it: in the window's own zone, and in UTC. */
import { instant } from '../time.js';

/** `2026-11-23 02:00 Europe/Berlin (01:00Z)`; the date in UTC too where it differs. */
export function zoneTime(at: number, timeZone: string): string {
  const utc = instant(at);
  const [day = '', time = ''] = utc.split('T');
  const short = `${time.slice(0, 5)}Z`;
  if (timeZone === 'UTC') return `${day} ${short}`;
  const local = localTime(at, timeZone);
  return `${local} ${timeZone} (${local.startsWith(day) ? short : `${day} ${short}`})`;
}

function localTime(at: number, timeZone: string): string {
  const numeric = '2-digit';
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    hourCycle: 'h23',
  });
  return format.format(at);
}
