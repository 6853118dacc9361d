/** A YAML document as etcd's library reads it (YAML 1.1, of which it knows only the first document of a text). */
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node } from 'yaml';
import { EtcdSourceError } from './etcd-source-error.js';

/** A value; `text` is how a scalar was written, which is what etcd takes where it wants a text. */
export type Plain =
  | { readonly kind: 'scalar'; readonly value: unknown; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Plain[] }
  | { readonly kind: 'group'; readonly entries: ReadonlyMap<string, Plain> };

const nothing: Plain = { kind: 'scalar', value: null, text: '' };

/** More than this, aliases included, and a text is no configuration. */
const mostNodes = 20_000;
const deepest = 64;

interface Walk {
  /** What each anchor last stood for: an alias means the one before it. */
  readonly anchors: Map<string, Node>;
  left: number;
}

/**
 * Undefined entries are those of an empty text; `refused` says why etcd cannot read it.
 * @throws EtcdSourceError for a text that nests or repeats beyond reason.
 */
export function readPlainYaml(text: string): Plain | { readonly refused: string } {
  const document = firstDocument(text);
  if (document === undefined) return nothing;
  const [error] = document.errors;
  if (error !== undefined) return { refused: `it is no YAML: ${error.message.split('\n', 1).join('')}` };
  const walk = { anchors: new Map<string, Node>(), left: mostNodes };
  return plainOf(document.contents, walk, 0);
}

function firstDocument(text: string): Document | undefined {
  if (depthOf(text) > deepest) throw new EtcdSourceError('the configuration file nests too deep');
  try {
    const documents: readonly Document[] = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
      version: '1.1',
      merge: true,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    return documents[0];
  } catch (error) {
    throw new EtcdSourceError(`the configuration file cannot be read: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n', 1).join('') : String(error);
}

/** An upper bound of how deep brackets nest, and of how many blocks begin on one line. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [mark] of text.matchAll(/[[{\]}]/g)) {
    depth += mark === '[' || mark === '{' ? 1 : -1;
    most = Math.max(most, depth);
  }
  const steps = /^(?:[ \t]*[-?:][ \t])+/gm;
  for (const [run] of text.matchAll(steps)) most = Math.max(most, run.split(/[-?:]/).length - 1);
  return most;
}

function plainOf(node: Node | null | undefined, walk: Walk, depth: number): Plain {
  walk.left -= 1;
  if (walk.left < 0 || depth > deepest)
    throw new EtcdSourceError('the configuration file nests or repeats itself beyond reason');
  if (isAlias(node)) return plainOf(walk.anchors.get(node.source), walk, depth + 1);
  if (node?.anchor !== undefined) walk.anchors.set(node.anchor, node);
  if (isScalar(node)) return { kind: 'scalar', value: node.value, text: scalarText(node) };
  if (isSeq(node))
    return { kind: 'list', items: node.items.map((item) => plainOf(item as Node | null, walk, depth + 1)) };
  if (!isMap(node)) return nothing;
  const entries = new Map<string, Plain>();
  for (const { key, value } of node.items)
    put(entries, key as Node | null, plainOf(value as Node | null, walk, depth + 1));
  return { kind: 'group', entries };
}

function put(entries: Map<string, Plain>, key: Node | null, value: Plain): void {
  if (!isScalar(key)) return;
  const name = scalarText(key);
  if (!isMerge(key, name)) {
    entries.set(name, value);
    return;
  }
  const merged = value.kind === 'list' ? [...value.items].reverse() : [value];
  for (const one of merged)
    if (one.kind === 'group') for (const [inner, given] of one.entries) entries.set(inner, given);
}

function isMerge(key: { readonly type?: string | undefined }, name: string): boolean {
  return name === '<<' && key.type === 'PLAIN';
}

function scalarText(node: { readonly value: unknown; readonly source?: string }): string {
  if (typeof node.value === 'string') return node.value;
  if (node.value === null || node.value === undefined) return '';
  if (typeof node.value === 'boolean') return String(node.value);
  return node.source ?? '';
}
