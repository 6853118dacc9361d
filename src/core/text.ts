/** Texts that come from elsewhere, made fit to be shown. */

/** Control characters, C1 controls and direction overrides: what could move the cursor or hide text. */
// eslint-disable-next-line no-control-regex -- these characters are what is looked for
const harmful = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** One line of text with every control character replaced by a visible mark; line breaks become spaces. */
export function clean(text: string): string {
  return text.replace(/\s*[\r\n]+\s*|\t/g, ' ').replace(harmful, '\u00b7');
}

/** A moment to the second. */
export function second(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}

/** `3 findings`, `1 finding`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Names as one text, at most so many of them. */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
