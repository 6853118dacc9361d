import { visible } from './text.js';

/**
 * A text as a SARIF message that says just this: readers put arguments in place of `{0}` and make links of
 * `[text](target)`, so both are written in the way that stands for themselves.
 */
export function plainMessage(text: string): string {
  const whole = visible(text)
    .replace(/\{(\d+)\}/g, '{{$1}}')
    .replace(/\[(?=[^\]]*\]\()/g, '\\[');
  return whole.trim() === '' ? '(no text)' : whole;
}
