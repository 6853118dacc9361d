import { seconds } from '../duration.js';
import type { Instant } from '../fact.js';
import { InputError } from '../input-error.js';
import { instant } from '../time.js';

const pattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** The longest span that means anything here, in seconds. */
const longest = 100 * 365 * 86_400;

/** Milliseconds of a moment such as `2026-11-22T08:00:00Z`, or of a day at 00:00Z. @throws InputError */
export function momentOf(text: string, option: string): number {
  const ms = pattern.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms))
    throw new InputError(`${option}: "${text}" is no time: write it as 2026-11-22T08:00:00Z or 2026-11-22`);
  return ms;
}

/** Seconds of a span that is longer than nothing. @throws InputError */
export function spanOf(text: string, option: string): number {
  const span = secondsOf(text, option);
  if (span <= 0 || span > longest)
    throw new InputError(`${option}: ${text} is ${span <= 0 ? 'nothing' : 'too long'}: write one such as 2h`);
  return span;
}

/** A moment, or so long before `now` (ms). @throws InputError */
export function sinceOf(text: string, now: number, option: string): Instant {
  return instant(/^\d{4}-/.test(text) ? momentOf(text, option) : now - spanOf(text, option) * 1000);
}

function secondsOf(text: string, option: string): number {
  try {
    return seconds(text);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${option}: ${error.message}`) : error;
  }
}
