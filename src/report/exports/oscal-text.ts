import { oneLine, visible } from './text.js';

/** Our own names for properties and systems: an address of nobody's, in the form that every reader takes for a URI. */
export const namespace = 'holdfast://oscal/v1';

export interface Property {
  readonly name: string;
  readonly ns: string;
  readonly value: string;
}

/** Properties under our namespace; OSCAL has none without a value, and no empty list. */
export function props(values: Readonly<Record<string, string | number | null | undefined>>): {
  readonly props?: readonly Property[];
} {
  const list = Object.entries(values).flatMap(([name, value]) => {
    const text = oneLine(String(value ?? ''));
    return text === '' ? [] : [{ name, ns: namespace, value: text }];
  });
  return list.length === 0 ? {} : { props: list };
}

/** An optional list: OSCAL has no empty ones. */
export function some<K extends string, T>(name: K, items: readonly T[]): Partial<Record<K, readonly T[]>> {
  return items.length === 0 ? {} : ({ [name]: items } as Record<K, readonly T[]>);
}

/** One line of markup that says just the text. */
export function line(text: string): string {
  return marked(oneLine(text)) || '(no text)';
}

/** Paragraphs of markup that say just the text. */
export function prose(text: string): string {
  return marked(visible(text));
}

/** What Markdown and its HTML would take for more than text; underscores within words are none. */
function marked(text: string): string {
  return text.replace(/[\\`*[\]<>{}]/g, '\\$&');
}

/** A token: letters, digits, dots, hyphens, underscores, with a letter or underscore first; here of ASCII only. */
export function token(text: string): string {
  const safe = text.replace(/[^\w.-]/g, '_');
  return /^[A-Za-z_]/.test(safe) ? safe : `_${safe}`;
}
