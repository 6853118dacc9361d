/** etcd's configuration file. */
import { assertText, most } from './etcd-source-error.js';
import { keyFor, sideKeys, topKeys, type KeyKind } from './file-keys.js';
import { quoted } from './option-value.js';
import { readPlainYaml, type Plain } from './plain-yaml.js';
import { readUrls } from './urls.js';
import { isBefore } from './version-window.js';

/** What a file sets, or why etcd does not start with it. */
export interface ReadFile {
  readonly set: ReadonlyMap<string, string>;
  readonly refused?: string;
  readonly depends: readonly string[];
  /** Keys that etcd passes over, in words. */
  readonly ignored: readonly string[];
}

interface Reading {
  readonly set: Map<string, string>;
  readonly depends: string[];
  readonly ignored: string[];
  readonly version: string | undefined;
}

/** @throws EtcdSourceError for a text that is too long or no text at all. */
export function readFile(text: string, version: string | undefined): ReadFile {
  assertText(text, most.fileBytes, 'the configuration file');
  const reading: Reading = { set: new Map(), depends: [], ignored: [], version };
  const root = readPlainYaml(text);
  const refused = 'refused' in root ? root.refused : readRoot(root, reading);
  const { set, depends, ignored } = reading;
  return { set, depends, ignored, ...(refused === undefined ? {} : { refused }) };
}

function readRoot(root: Plain, reading: Reading): string | undefined {
  if (root.kind === 'scalar' && root.value === null) return undefined;
  if (root.kind !== 'group') return 'the file is no list of settings';
  for (const [name, value] of inGoOrder(root.entries)) {
    const key = keyFor(topKeys, name);
    if (key === undefined) {
      ignore(reading, `the key ${quoted(name)} means nothing to etcd`);
      continue;
    }
    const refused = readTop(key, value, reading);
    if (refused !== undefined) return refused;
  }
  return peerBlock(root.entries.get('peer-transport-security'), reading);
}

/** The values reach etcd as JSON whose keys are sorted; of those that differ in case only the last one counts. */
function inGoOrder(entries: ReadonlyMap<string, Plain>): readonly (readonly [string, Plain])[] {
  return [...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function readTop(
  [name, kind]: readonly [string, KeyKind],
  value: Plain,
  reading: Reading,
): string | undefined {
  if (kind === 'side') return readSide(name === 'peer-transport-security' ? 'peer-' : '', value, reading);
  return readKey({ name, flag: name, kind }, value, reading);
}

function readSide(prefix: '' | 'peer-', value: Plain, reading: Reading): string | undefined {
  const block = prefix === '' ? 'client-transport-security' : 'peer-transport-security';
  if (value.kind === 'scalar' && value.value === null) return undefined;
  if (value.kind !== 'group') return `${block} is no block of settings`;
  for (const [name, given] of inGoOrder(value.entries)) {
    const key = keyFor(sideKeys, name);
    if (key === undefined) {
      ignore(reading, `the key ${quoted(name)} in ${block} means nothing to etcd`);
      continue;
    }
    const [known, { kind, flag }] = key;
    const refused = readKey({ name: `${block}.${known}`, flag: flagOf(prefix, flag), kind }, given, reading);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function flagOf(prefix: '' | 'peer-', flag: string): string {
  return prefix === '' && flag.startsWith('cert-allowed') ? `client-${flag}` : `${prefix}${flag}`;
}

/** From 3.6 on etcd looks at this block a second time, and takes nothing there for a mistake. */
function peerBlock(block: Plain | undefined, { version, depends }: Reading): string | undefined {
  if (block === undefined || block.kind === 'group') return undefined;
  if (version === undefined) depends.push('an empty peer-transport-security is taken before 3.6 only');
  return version === undefined || isBefore(version, '3.6')
    ? undefined
    : 'peer-transport-security is empty, which etcd refuses from 3.6 on';
}

interface Key {
  /** As a person finds it in the file. */
  readonly name: string;
  readonly flag: string;
  readonly kind: KeyKind;
}

function readKey({ name, flag, kind }: Key, value: Plain, { set }: Reading): string | undefined {
  if (value.kind === 'scalar' && value.value === null) return undefined;
  const read = valueOf(kind, value);
  if (read === undefined) return `${name}: ${shown(value)} is not ${wanted[kind]} to etcd`;
  if (kind === 'urls' && read !== '') {
    const urls = readUrls(read);
    if ('refused' in urls) return `${name}: ${urls.refused}`;
  }
  if (kind !== 'group') set.set(flag, read);
  return undefined;
}

function valueOf(kind: KeyKind, value: Plain): string | undefined {
  if (value.kind === 'group') return kind === 'group' ? '' : undefined;
  if (value.kind === 'list') return kind === 'texts' ? listText(value.items) : undefined;
  return scalarOf(kind, value);
}

function scalarOf(kind: KeyKind, { value, text }: Extract<Plain, { kind: 'scalar' }>): string | undefined {
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'unsigned':
      return isWhole(value) && Number(value) >= 0 ? String(value) : undefined;
    case 'integer':
      return isWhole(value) ? String(value) : undefined;
    case 'text':
    case 'urls':
      // A number or boolean is none to etcd, however much it looks like a text.
      return typeof value === 'string' ? text : undefined;
    case 'texts':
    case 'group':
    case 'side':
      return undefined;
  }
}

function isWhole(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

function listText(items: readonly Plain[]): string | undefined {
  const texts = items.map((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? item.text : undefined,
  );
  return texts.includes(undefined) ? undefined : texts.join(',');
}

const wanted: Readonly<Record<KeyKind, string>> = {
  text: 'a text',
  urls: 'a text',
  boolean: 'a boolean',
  unsigned: 'a number without sign',
  integer: 'a number',
  texts: 'a list of texts',
  group: 'a block',
  side: 'a block',
};

function shown(value: Plain): string {
  return value.kind === 'scalar' ? quoted(value.text) : `a ${value.kind === 'list' ? 'list' : 'block'}`;
}

function ignore({ ignored }: Reading, words: string): void {
  if (ignored.length < most.ignored) ignored.push(words);
}
