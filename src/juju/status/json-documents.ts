/** JSON documents one after another, as a loop over models prints them: concatenated, or one a line. */

export interface JsonDocuments {
  /** The text of each whole document, in order. */
  readonly texts: readonly string[];
  /** Whether the text ends within another one. */
  readonly cutShort: boolean;
}

/** White space, byte order marks included, and the dashes of `---`. */
const between = /[\s-]*/y;
const quote = 0x22;
const backslash = 0x5c;

/**
 * Cuts a text at the ends of its outermost objects and lists, in one pass; whether each is JSON is for its parser to
 * say. Undefined when something else stands between them.
 */
export function jsonDocuments(body: string): JsonDocuments | undefined {
  const texts: string[] = [];
  for (let start = skipBetween(body, 0); start < body.length;) {
    if (!isOpener(body.charCodeAt(start))) return undefined;
    const end = endOfDocument(body, start);
    if (end === undefined) return { texts, cutShort: true };
    texts.push(body.slice(start, end));
    start = skipBetween(body, end);
  }
  return { texts, cutShort: false };
}

function skipBetween(body: string, at: number): number {
  between.lastIndex = at;
  between.test(body);
  return between.lastIndex;
}

/** Behind the bracket that closes the one at `start`. */
function endOfDocument(body: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < body.length; at += 1) {
    const code = body.charCodeAt(at);
    if (code === quote) at = endOfString(body, at);
    else if (isOpener(code)) depth += 1;
    else if (isCloser(code)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** `{` or `[`, which differ in one bit. */
function isOpener(code: number): boolean {
  return (code | 0x20) === 0x7b;
}

/** `}` or `]`, likewise. */
function isCloser(code: number): boolean {
  return (code | 0x20) === 0x7d;
}

/** Where the closing quote of a string stands; the text's end when it has none. */
function endOfString(body: string, opening: number): number {
  let at = body.indexOf('"', opening + 1);
  while (at >= 0 && isEscaped(body, at)) at = body.indexOf('"', at + 1);
  return at < 0 ? body.length : at;
}

function isEscaped(body: string, at: number): boolean {
  let first = at;
  while (body.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}
