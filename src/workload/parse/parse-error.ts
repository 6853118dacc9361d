/** The text is not what the product that it belongs to would read, or not what is read here. Holds nothing of the text. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
}

/** Longer texts, and more lines, are not read at all: nothing that charms write comes near. */
const most = { characters: 65_536, lines: 4000 } as const;

/** What stands for a part of a file that could not be told apart from what must not be printed. */
const odd = '#!odd';

/**
 * The lines of a text from inside a unit.
 * @throws ParseError when it is too long, or holds what cannot be read line by line.
 */
export function linesOf(text: string): readonly string[] {
  if (text.length > most.characters) throw new ParseError('is longer than what is read');
  const lines = text.split(/\r?\n/);
  if (lines.length > most.lines) throw new ParseError('has more lines than are read');
  if (lines.includes(odd)) throw new ParseError('is written in a form that is not read here');
  return lines;
}

/** @throws ParseError for what is no JSON, or too long. */
export function jsonOf(text: string): unknown {
  if (text.length > most.characters) throw new ParseError('is longer than what is read');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ParseError('is no JSON');
  }
}

const longest = 200;

/** A word of a file, made fit to be kept: bounded, and without what moves a cursor. */
export function word(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

/** The words of a list parted by a separator, without empty ones. */
export function words(text: string, separator: string | RegExp = ','): readonly string[] {
  return text
    .split(separator)
    .map(word)
    .filter((part) => part !== '')
    .slice(0, 256);
}
