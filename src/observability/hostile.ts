/** Texts and labels from servers, made fit to be kept. */
import { dictOf, type Dict } from '../core/dict.js';
import { clean } from '../core/text.js';

/** One line without control characters, cut short. */
export function shortText(text: string, longest = 160): string {
  const line = clean(text.slice(0, longest * 2)).trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

const mostLabels = 40;

/** Labels with values cut short; more of them than any real rule has are left out. */
export function keptLabels(labels: Dict<string>): Dict<string> {
  const entries = Object.entries(labels).slice(0, mostLabels);
  return dictOf(entries.map(([name, value]) => [shortText(name, 100), shortText(value, 200)]));
}
