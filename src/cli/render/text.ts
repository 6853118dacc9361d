/** Texts for terminals: made harmless, measured, wrapped, cut. */

import { clean } from '../../core/text.js';

export { clean, counted, listed, second } from '../../core/text.js';

/** Several lines of text, each made harmless. */
export function cleanLines(text: string): string {
  return text.split('\n').map(clean).join('\n');
}

const plain = /^[\x20-\x7e]*$/;
const zero = /[\p{Mn}\p{Me}\p{Cf}]/u;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

// eslint-disable-next-line no-control-regex -- colours begin with this character
const colors = /\u001b\[\d+m/g;

/** Columns that a text takes in a terminal; colours take none. */
export function width(text: string): number {
  if (plain.test(text)) return text.length;
  let columns = 0;
  for (const letter of text.replace(colors, '')) columns += letterWidth(letter);
  return columns;
}

function letterWidth(letter: string): number {
  if (zero.test(letter)) return 0;
  return wide.test(letter) ? 2 : 1;
}

/** The text cut to so many columns, with an ellipsis when something is missing. */
export function cut(text: string, columns: number): string {
  return width(text) <= columns ? text : `${head(text, columns - 1)}…`;
}

/** As much of the beginning as fits. */
function head(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const letter of text) {
    used += letterWidth(letter);
    if (used > columns) break;
    taken += letter;
  }
  return taken;
}

export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Breaks a text at spaces into lines of at most so many columns; a longer word is broken within. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, columns))) {
    if (line !== '' && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, columns: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (width(rest) > columns) {
    const part = head(rest, Math.max(2, columns));
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}

/** Lines that hang behind a label: the first beside it, the others below its text. */
export function hanging(label: string, lines: readonly string[]): string[] {
  const indent = ' '.repeat(width(label));
  return lines.map((line, index) => (index === 0 ? label : indent) + line);
}
