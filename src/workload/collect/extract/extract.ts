/**
 * The same keys as the programs on the unit take from a file, taken here: from what somebody recorded, and from files of
 * simulated units. What goes beyond the keys is dropped before anything else sees it.
 */
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import type { KeyFormat } from '../../../core/ports/workload-reader.js';

const odd = '#!odd';
/** Longer files are cut, as they are on the unit. */
const longest = 262_144;

/** The lines that the unit itself would have printed of these keys. */
export function extract(format: KeyFormat, text: string, keys: readonly string[]): string {
  const lines = extractors[format](text.slice(0, longest), keys);
  return lines.map((line) => `${line}\n`).join('');
}

const extractors = { properties, ini, yaml } as const satisfies Record<
  KeyFormat,
  (text: string, keys: readonly string[]) => readonly string[]
>;

function properties(text: string, keys: readonly string[]): readonly string[] {
  const patterns = keys.map((key) => new RegExp(`^${key.replaceAll('.', '[.]').replaceAll('*', '[^. ]+')}$`));
  const wanted = (line: string): readonly string[] => {
    const key = /^[^ \t\f=:]*/.exec(line)?.[0] ?? '';
    if (key.includes('\\')) return [odd];
    if (key.endsWith('.oauthbearer.sasl.jaas.config')) return [`${key}=${oauthChecks(line)}`];
    return patterns.some((pattern) => pattern.test(key)) ? [line] : [];
  };
  return joined(text).flatMap(wanted);
}

/** Logical lines: those that end in an odd number of backslashes go on in the next one. */
function joined(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (open === undefined && /^(?:[#!]|$)/.test(line)) continue;
    const goesOn = (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
    open = (open ?? '') + (goesOn ? line.slice(0, -1) : line);
    if (goesOn) continue;
    lines.push(open);
    open = undefined;
  }
  return open === undefined ? lines : [...lines, open];
}

const addresses =
  /^oauth\.(?:valid\.issuer|jwks\.endpoint|introspection\.endpoint|userinfo\.endpoint|token\.endpoint)\.uri$/;

function oauthChecks(line: string): string {
  const told = [...line.matchAll(/(oauth\.[a-z.]+)="([^"]*)"/g)].flatMap(([, name = '', value = '']) => {
    if (name === 'oauth.check.audience') return [` ${name}=${value === 'true' ? 'true' : 'false'}`];
    const scheme = /^(https?):\/\//.exec(value.toLowerCase())?.[1] ?? 'other';
    return addresses.test(name) ? [` ${name}=${scheme}`] : [];
  });
  return told.join('');
}

function ini(text: string, keys: readonly string[]): readonly string[] {
  const wanted = new Set(keys);
  const lines: string[] = [];
  let section = '';
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/^[ \t]+/, '');
    if (line.startsWith('%include')) lines.push(odd);
    const [, name] = /^\[([^\]]*)/.exec(line) ?? [];
    section = name ?? section;
    const [, key, value = ''] = /^([A-Za-z0-9_.*-]+)[ \t]*=[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (key !== undefined && wanted.has(`${section}/${key}`)) lines.push(`${section}/${key}\t${value}`);
  }
  return lines;
}

/** What is longer, or has more brackets, is no file that a charm writes, and would keep its reader busy. */
const reasonable = { length: 65_536, brackets: 400, keys: 2000 } as const;

function isReasonable(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return (
    text.length <= reasonable.length &&
    count(/[[{]/g) <= reasonable.brackets &&
    count(/[:?-](?=\s)/g) <= reasonable.keys
  );
}

/** How deep a file of settings may go. */
const deepest = 32;

function yaml(text: string, keys: readonly string[]): readonly string[] {
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  if (!isReasonable(text)) return [odd];
  const lines: string[] = [];
  try {
    const document = parseDocument(text, {
      version: '1.1',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    if (document.errors.length > 0) return [odd];
    if (document.contents !== null) walk(document.contents, { path: [], wanted, lines });
  } catch {
    // Too deep for its reader, among others: nothing in it can be believed.
    return [odd];
  }
  return lines;
}

interface Walk {
  readonly path: readonly (string | number)[];
  readonly wanted: ReadonlySet<string>;
  readonly lines: string[];
}

function walk(node: Node, at: Walk): void {
  const { path, wanted, lines } = at;
  const asked = path.map((part) => (typeof part === 'number' ? '-' : part)).join('/');
  const shown = path.join('/');
  if (path.length > deepest || isAlias(node)) return void lines.push(odd);
  if (wanted.has(`${asked}?`)) lines.push(`${shown}\tset`);
  if (wanted.has(asked)) lines.push(told(asked, shown, node));
  else below(node, at);
}

function below(node: Node, { path, wanted, lines }: Walk): void {
  const step = (part: string | number, value: unknown): void => {
    if (value !== null) walk(value as Node, { path: [...path, part], wanted, lines });
  };
  if (isSeq(node))
    node.items.forEach((item, index) => {
      step(index, item);
    });
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (isScalar(key)) step(String(key.source ?? key.value).toLowerCase(), value);
    else lines.push(odd);
  }
}

function told(asked: string, shown: string, node: Node): string {
  if (isSeq(node)) return node.flow === true ? `${shown}\t${flowText(node.items)}` : odd;
  if (!isScalar(node)) return odd;
  const plain = typeof node.value === 'string' ? node.value : (node.source ?? '');
  return plain.includes('\n')
    ? odd
    : `${shown}\t${shownValue(asked, plain, node.type === 'PLAIN' ? node.source : undefined)}`;
}

/** `source`: as written, for what stands there without quotation marks. */
function shownValue(asked: string, plain: string, source: string | undefined): string {
  if (asked.endsWith('pg_hba/-')) return withoutOptions(plain);
  if (asked.endsWith('archive_command')) return archiving(plain);
  return source ?? quoted(plain);
}

function flowText(items: readonly unknown[]): string {
  return `[${items.map((item) => (isScalar(item) ? String(item.source ?? item.value) : '')).join(', ')}]`;
}

function quoted(plain: string): string {
  return `'${plain.replaceAll("'", "''")}'`;
}

/** Options may hold secrets, as that of LDAP does. */
function withoutOptions(row: string): string {
  const at = row.search(/[ \t][A-Za-z_]+[ ]*=/);
  return at < 0 ? row : row.slice(0, at);
}

function archiving(command: string): string {
  if (command.includes('archive-push')) return 'archive-push';
  if (/^(?:\/bin\/|\/usr\/bin\/)?true$/.test(command)) return 'true';
  return command === '' ? '' : 'other';
}
