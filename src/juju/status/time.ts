import type { Instant } from '../../core/fact.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayFirst = /^(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;
const yearFirst =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)? ?(Z|[+-]\d{2}:?\d{2})(?: [A-Z]{1,5})?$/;

/**
 * A moment as Juju prints it, to the second. Reads `22 Nov 2026 02:59:46Z`, `2026-11-22 02:59:48Z`,
 * `2026-11-22 03:34:10.41 +0000 UTC` and RFC 3339. Undefined for words such as `never connected` or `5 minutes ago`.
 */
export function instantOf(printed: string): Instant | undefined {
  const iso = isoOf(printed);
  const ms = iso === undefined ? NaN : Date.parse(iso);
  return Number.isNaN(ms) ? undefined : secondsOf(ms);
}

/** A moment of milliseconds since 1970, to the second. */
export function secondsOf(ms: number): Instant {
  return `${new Date(ms).toISOString().slice(0, -5)}Z`;
}

const milliseconds = { second: 1000, minute: 60_000, hour: 3_600_000 } as const;
const ago = /^(\d+) (second|minute|hour)s? ago$/;
/** Milliseconds that a date can be away from 1970. */
const furthest = 8.64e15;
const dateOnly = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A moment as Juju tells people: `just now`, `5 minutes ago`, or the bare date after a day, which is taken as its
 * midnight. Undefined for what is none of these, `never connected` included.
 */
export function aboutInstant(printed: string, now: Instant): Instant | undefined {
  if (printed === 'just now') return now;
  if (dateOnly.test(printed)) return instantOf(`${printed} 00:00:00Z`);
  const match = ago.exec(printed);
  if (match === null) return instantOf(printed);
  const ms = Date.parse(now) - Number(match[1]) * milliseconds[match[2] as keyof typeof milliseconds];
  return Math.abs(ms) <= furthest ? secondsOf(ms) : undefined;
}

function isoOf(printed: string): string | undefined {
  const late = yearFirst.exec(printed);
  if (late !== null) return `${late[1] ?? ''}T${late[2] ?? ''}${zone(late[3] ?? 'Z')}`;
  const early = dayFirst.exec(printed);
  if (early === null) return undefined;
  const month = months.indexOf(early[2] ?? '') + 1;
  return `${early[3] ?? ''}-${pad(month)}-${pad(Number(early[1]))}T${early[4] ?? ''}${early[5] ?? ''}`;
}

function zone(offset: string): string {
  return offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
