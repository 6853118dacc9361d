/** Names, labels and texts as the Kubernetes API takes them. */
import { hash } from 'node:crypto';

/** A text as the value of a label: itself where it is one, else what is left of it with a mark of the whole. */
export function labelValue(text: string): string {
  if (text.length <= 63 && /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/.test(text)) return text;
  return marked(text, text.replace(/[^A-Za-z0-9_.-]+/g, '-'));
}

/** A text as a part of an object's name, on the same terms. */
export function namePart(text: string): string {
  if (text.length <= 63 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text)) return text;
  return marked(text, text.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
}

/** Two texts that read the same once cut and cleaned still differ by the mark. */
function marked(text: string, cleaned: string): string {
  const head = cleaned.replace(/^[^A-Za-z0-9]+/, '').slice(0, 50);
  const mark = hash('sha256', text).slice(0, 10);
  return head === '' ? mark : `${head.replace(/[^A-Za-z0-9]+$/, '')}-${mark}`;
}

/** Control characters, line and paragraph ends, and whatever turns or hides text. */
const unseen =
  /* eslint-disable-next-line no-control-regex -- control characters are what it removes */
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** One line that is safe to show, of at most `longest` characters (UTF-16), the mark of a cut included. */
export function plainLine(text: string, longest: number): string {
  const clean = text
    .slice(0, longest * 2)
    .replace(unseen, ' ')
    .replace(/  +/g, ' ')
    .trim()
    .toWellFormed();
  if (clean.length <= longest) return clean;
  return `${clean
    .slice(0, longest - 1)
    .toWellFormed()
    .trimEnd()}…`;
}
