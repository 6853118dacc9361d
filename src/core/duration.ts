import { InputError } from './input-error.js';

const units = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;

/** Seconds in a duration such as `15s`, `30d`, `1.5h`. @throws InputError for anything else. */
export function seconds(text: string): number {
  const match = pattern.exec(text.trim());
  if (match === null)
    throw new InputError(
      `"${text}" is no duration: write a number and ms, s, m, h, d or w, as in 15s or 30d`,
    );
  return Number(match[1]) * units[match[2] as keyof typeof units];
}

/** A duration for people: `45s`, `12m`, `3h`, `90d`; rounded down to one unit. */
export function durationText(total: number): string {
  if (total < 60) return `${total < 10 ? trimmed(total) : Math.floor(total)}s`;
  if (total < 3600) return `${Math.floor(total / 60)}m`;
  if (total < 2 * 86_400) return `${Math.floor(total / 3600)}h`;
  return `${Math.floor(total / 86_400)}d`;
}

function trimmed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
