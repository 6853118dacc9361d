/**
 * YAML read in time and memory that grow with the text alone, whoever wrote it. The library by itself looks for repeated
 * keys and puts its errors into words in quadratic time, takes nothing for a multiplication by aliases that ends in
 * empty lists, and prints warnings that quote the text.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml';
import { expandedSize } from './loop.js';

/** What is wrong with a text: a sentence with line and column each, never a part of the text itself. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly mistakes: readonly string[];
  /** Of the first mistake; absent where no one place is wrong. */
  readonly line: number | undefined;

  constructor(mistakes: readonly string[], line?: number) {
    super(mistakes[0] ?? 'it is no YAML');
    this.mistakes = mistakes;
    this.line = line;
  }
}

export interface YamlOptions {
  /** Takes a key that comes twice in a group for a mistake; otherwise the later one counts. */
  readonly uniqueKeys: boolean;
}

/** Mistakes beyond this number are not listed. */
const mostMistakes = 20;
const mostAliases = 400;
/** Lists and groups that stand open at once. Nobody's file has a tenth of them; the library's stack bears more. */
const deepest = 1000;

/** The first document of a text; null for an empty one. @throws YamlError */
export function yamlValue(text: string, options: YamlOptions): unknown {
  return yamlValues(text, options)[0] ?? null;
}

/** All documents of a text. @throws YamlError */
export function yamlValues(text: string, { uniqueKeys }: YamlOptions): readonly unknown[] {
  if (isTooDeep(text)) throw new YamlError(['it is nested too deeply']);
  const lines = new LineCounter();
  const documents = documentsIn(text, lines);
  for (const document of documents) refuseErrors(document, lines, uniqueKeys);
  return documents.map((document) => valueOf(document, text.length));
}

function documentsIn(text: string, lineCounter: LineCounter): readonly Document[] {
  const quiet = { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' } as const;
  try {
    return parseAllDocuments(text, { ...quiet, lineCounter });
  } catch (error) {
    throw new YamlError([error instanceof RangeError ? 'it is nested too deeply' : firstLine(error)]);
  }
}

function refuseErrors({ errors, contents }: Document, lines: LineCounter, uniqueKeys: boolean): void {
  const found = errors.map(({ message, pos: [at] }) => ({ message, at }));
  const repeated = uniqueKeys && found.length === 0 ? repeatedKeys(contents) : [];
  const all = [...found, ...repeated].slice(0, mostMistakes).map(({ message, at }) => {
    const { line, col } = lines.linePos(at);
    return { line, text: `${message.split('\n', 1).join('')} at line ${line}, column ${col}` };
  });
  if (all.length > 0)
    throw new YamlError(
      all.map(({ text }) => text),
      all[0]?.line,
    );
}

interface Found {
  readonly message: string;
  /** Offset in the text. */
  readonly at: number;
}

function repeatedKeys(root: Node | null): readonly Found[] {
  const found: Found[] = [];
  for (const node of nodesIn(root))
    if (isMap(node) && found.length < mostMistakes)
      found.push(...repeatedIn(node.items.map(({ key }) => key)).slice(0, mostMistakes));
  return found;
}

/** In the order of the text, keys left out. */
function* nodesIn(root: Node | null): Iterable<unknown> {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    yield node;
    if (isSeq(node)) for (const item of node.items.toReversed()) open.push(item);
    if (isMap(node)) for (const { value } of node.items.toReversed()) open.push(value);
  }
}

/** Aliases are looked up one by one, each in all that comes before it. */
function refuseManyAliases(root: Node | null): void {
  let count = 0;
  for (const node of nodesIn(root)) if (isAlias(node)) count += 1;
  if (count > mostAliases) throw new YamlError([`it has more than ${mostAliases} YAML aliases (*name)`]);
}

function repeatedIn(keys: readonly unknown[]): readonly Found[] {
  const seen = new Set<unknown>();
  return keys.flatMap((key) => {
    if (!isScalar(key)) return [];
    const isNew = seen.size < seen.add(key.value).size;
    return isNew ? [] : [{ message: 'Map keys must be unique', at: key.range?.[0] ?? 0 }];
  });
}

/** Aliases that lead nowhere, multiply beyond reason, or go round in circles only show when the value is made. */
function valueOf(document: Document, length: number): unknown {
  refuseManyAliases(document.contents);
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    throw new YamlError([error instanceof RangeError ? 'it is nested too deeply' : firstLine(error)]);
  }
  const size = expandedSize(value);
  if (size === Infinity) throw new YamlError(['it contains itself: one of its YAML aliases (*name) loops']);
  if (size > 10_000 + 10 * length)
    throw new YamlError(['its YAML aliases (*name) multiply it beyond reason']);
  return value;
}

/** By an upper bound: brackets that stand open, and marks of lists and keys that begin on one line. */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (const [mark] of text.matchAll(/[[{\]}]/g)) {
    open = Math.max(0, open + (mark === '[' || mark === '{' ? 1 : -1));
    if (open > deepest) return true;
  }
  return inOneLine.test(text);
}

const inOneLine = new RegExp(`^[ \\t]*(?:[-?:][ \\t]+){${deepest}}`, 'm');

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1).join('');
}
