import { newDict, type Dict } from '../../core/dict.js';
import { linesOf } from './parse-error.js';

/**
 * Properties as Java reads them (java.util.Properties.load): lines that end in an odd number of backslashes go on in the
 * next one, keys end at `=`, `:` or a blank, and of keys that come twice the last one counts.
 * @throws ParseError
 */
export function parseProperties(text: string): Dict<string> {
  const properties = newDict<string>();
  for (const line of logicalLines(linesOf(text))) {
    const [key, value] = split(line);
    properties[unescaped(key)] = unescaped(value);
  }
  return properties;
}

function* logicalLines(lines: readonly string[]): Generator<string> {
  let text: string | undefined;
  for (const raw of lines) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (text === undefined && /^(?:[#!]|$)/.test(line)) continue;
    const goesOn = (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
    text = (text ?? '') + (goesOn ? line.slice(0, -1) : line);
    if (goesOn) continue;
    yield text;
    text = undefined;
  }
  if (text !== undefined) yield text;
}

/** The key ends at the first separator that is not escaped. */
function split(line: string): readonly [string, string] {
  let end = 0;
  while (end < line.length && !/[ \t\f=:]/.test(line.charAt(end))) end += line[end] === '\\' ? 2 : 1;
  const rest = line.slice(end).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '');
  return [line.slice(0, end), rest];
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|(.?))/gs, (_, code: string | undefined, letter = '') =>
    code === undefined
      ? (escapes[letter as string] ?? (letter as string))
      : String.fromCharCode(parseInt(code, 16)),
  );
}

/** As Java's `Boolean.parseBoolean`: only `true`, in any case, is true. */
export function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === 'true';
}
