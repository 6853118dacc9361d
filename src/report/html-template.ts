import { commandLine } from '../core/action/argv.js';

/** Markup of our own making. Nothing read from a model or a file can be one, so everything else gets escaped. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

export type Content = Html | string | number | undefined | readonly Content[];

/** Template tag: escapes every value that is not markup itself; lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const fixed = unindented(strings);
  let markup = fixed[0] ?? '';
  values.forEach((value, index) => {
    markup += render(value) + (fixed[index + 1] ?? '');
  });
  return new Html(markup);
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The source's indentation says nothing in a page, and would be a third of a long one. */
function unindented(strings: TemplateStringsArray): readonly string[] {
  const before = known.get(strings);
  if (before !== undefined) return before;
  const fixed = strings.map((text) => text.replace(/\n\s*/g, '\n'));
  known.set(strings, fixed);
  return fixed;
}

export const nothing = new Html('');

function render(value: Content): string {
  if (value instanceof Html) return value.toString();
  if (value === undefined) return '';
  if (isList(value)) return value.map(render).join('');
  return escapeHtml(String(value));
}

function isList(value: Content): value is readonly Content[] {
  return Array.isArray(value);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
/** Characters that hide or turn around what a person reads. Line breaks and tabs stay. */
const unseen =
  // eslint-disable-next-line no-control-regex -- control characters are what it removes
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Safe between tags and in quoted attributes; control and direction characters show as the replacement character. */
export function escapeHtml(text: string): string {
  return text.replace(unseen, '\uFFFD').replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}

/** The line a person would type, whether or not the program is named in the arguments. */
export function shellLine(argv: readonly string[]): string {
  return commandLine(argv[0] === 'juju' ? argv.slice(1) : argv);
}

/** A moment as people read it, with the exact one for machines. */
export function time(at: string): Html {
  const told = at.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
  return html`<time datetime="${at}">${told}</time>`;
}
