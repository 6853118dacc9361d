/** Where the values of a JSON text end: as much of its grammar as it takes to cut it, and no more. */

const quote = 0x22;
const backslash = 0x5c;
export const comma = 0x2c;
const colon = 0x3a;

/** `{` and `[`. */
export function opens(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

/** `}` and `]`. */
function closes(byte: number | undefined): boolean {
  return byte === 0x7d || byte === 0x5d;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

/**
 * Behind the value that begins here; undefined when it is an object or a list of more than `most` bytes.
 * @throws SyntaxError when there is no value, or no end of it
 */
export function endOfValue(bytes: Uint8Array, from: number, most: number): number | undefined {
  const first = bytes[from];
  if (first === quote) return endOfString(bytes, from);
  return opens(first) ? endOfContainer(bytes, from, most) : endOfScalar(bytes, from);
}

/** Where the value of the member that begins here begins. @throws SyntaxError */
export function startOfMemberValue(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote) throw new SyntaxError('a key was expected');
  const at = skipSpace(bytes, endOfString(bytes, from));
  if (bytes[at] !== colon) throw new SyntaxError('a colon was expected');
  return skipSpace(bytes, at + 1);
}

/** Behind the string that begins here. @throws SyntaxError */
export function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at += 1;
  }
  throw new SyntaxError('a string has no end');
}

function endOfContainer(bytes: Uint8Array, from: number, most: number): number | undefined {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, at) - 1;
    else if (opens(byte)) depth += 1;
    else if (closes(byte) && (depth -= 1) === 0) return at + 1;
    if (at - from > most) return undefined;
  }
  throw new SyntaxError('an object or a list has no end');
}

function endOfScalar(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== comma && !closes(bytes[at]) && !isSpace(bytes[at])) at += 1;
  if (at === from) throw new SyntaxError('a value was expected');
  return at;
}
