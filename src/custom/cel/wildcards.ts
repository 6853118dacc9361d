import type { Meter } from './meter.js';

/** Whether a text fits a pattern in which `*` stands for any characters and `?` for one. Never worse than the product of their lengths. */
export function isLike(text: string, pattern: string, meter: Meter): boolean {
  let [at, want, star, retry] = [0, 0, -1, 0];
  while (at < text.length) {
    meter.spend(1 / 16);
    if (want < pattern.length && pattern[want] === '*') {
      star = want;
      want += 1;
      retry = at;
    } else if (want < pattern.length && (pattern[want] === '?' || pattern[want] === text[at])) {
      at += 1;
      want += 1;
    } else if (star >= 0) {
      want = star + 1;
      retry += 1;
      at = retry;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(want));
}
