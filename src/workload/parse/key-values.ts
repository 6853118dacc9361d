import { parseDocument } from 'yaml';
import { linesOf, ParseError } from './parse-error.js';

/** One key that was taken from a file: its path, parted by `/`, and its value as written. */
export interface KeyValue {
  readonly path: string;
  readonly raw: string;
}

/** Lines of `path<tab>value`, as the programs on the unit print them. @throws ParseError */
export function keyValues(text: string): readonly KeyValue[] {
  return linesOf(text)
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      if (tab < 0) throw new ParseError('holds a line without a value');
      return { path: line.slice(0, tab), raw: line.slice(tab + 1) };
    });
}

/** A scalar of YAML 1.1, as PyYAML reads it; lists and mappings become undefined. @throws ParseError */
export function yamlScalar(raw: string): string | number | boolean | undefined {
  if (raw.length > 4096) throw new ParseError('has a value that is too long');
  if (/^\s*[[{&*!|>]/.test(raw)) return undefined;
  const document = parseDocument(raw, { version: '1.1', prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) throw new ParseError('has a value that is no YAML');
  const value: unknown = document.toJS();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

const on: ReadonlySet<string> = new Set(['1', 'on', 't', 'tr', 'tru', 'true', 'y', 'ye', 'yes']);
const off: ReadonlySet<string> = new Set(['0', 'of', 'off', 'f', 'fa', 'fal', 'fals', 'false', 'n', 'no']);

/** A switch as PostgreSQL reads it (also shortened); undefined where nothing is set. @throws ParseError */
export function switchOf(raw: string | undefined): boolean | undefined {
  const value = raw === undefined ? undefined : yamlScalar(raw);
  if (value === undefined || value === '') return undefined;
  const given = String(value).toLowerCase();
  if (on.has(given)) return true;
  if (off.has(given)) return false;
  throw new ParseError('has no switch where one belongs');
}
