/** Command-line arguments as Go's package flag reads them for etcd. */
import { most } from './etcd-source-error.js';
import { quoted, readOptionValue } from './option-value.js';
import { options, type OptionSpec } from './options.js';
import { knownBy } from './version-window.js';

/** What the arguments set, or why etcd does not start with them. */
export interface ReadFlags {
  /** By option; the last one wins. */
  readonly set: ReadonlyMap<string, string>;
  readonly refused?: string;
  /** What is right or wrong with them only in some versions of etcd, where the version is not known. */
  readonly depends: readonly string[];
}

interface Parsing {
  readonly set: Map<string, string>;
  readonly depends: string[];
  readonly version: string | undefined;
}

export function readFlags(args: readonly string[], version: string | undefined): ReadFlags {
  const parsing: Parsing = { set: new Map(), depends: [], version };
  const refused = readAll(args, parsing);
  const { set, depends } = parsing;
  return refused === undefined ? { set, depends } : { set, depends, refused };
}

function readAll(args: readonly string[], parsing: Parsing): string | undefined {
  if (args.length > most.words) return `more than ${most.words} arguments`;
  let at = 0;
  while (at < args.length) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') return `${quoted(arg)} is not a valid flag`;
    if (arg === '--') return notAFlag(args[at + 1]);
    const read = readOne(arg, args[at + 1], parsing);
    if (typeof read === 'string') return read;
    at += read;
  }
  return undefined;
}

/** Everything after `--` is an argument that is no flag; etcd takes none. */
function notAFlag(arg: string | undefined): string | undefined {
  return arg === undefined ? undefined : `${quoted(arg)} is not a valid flag`;
}

/** How many words were used, or why etcd does not start. */
function readOne(arg: string, next: string | undefined, parsing: Parsing): number | string {
  const [, name, given] = /^--?([^=-][^=]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
  if (name === undefined) return `bad flag syntax: ${quoted(arg)}`;
  const spec = options.get(name);
  if (spec === undefined) return unknownFlag(name);
  const mayStandAlone = isBoolean(spec);
  const value = given ?? (mayStandAlone ? 'true' : next);
  const trouble = ofVersion(name, spec, parsing) ?? set(name, spec, value, parsing);
  return trouble ?? (given === undefined && !mayStandAlone ? 2 : 1);
}

function isBoolean({ kind }: OptionSpec): boolean {
  return kind === 'boolean' || kind === 'ignored';
}

function unknownFlag(name: string): string {
  if (name === 'h' || name === 'help') return 'it prints its help and ends';
  return `it knows no flag --${name.slice(0, 60)}`;
}

function set(
  name: string,
  { kind }: OptionSpec,
  value: string | undefined,
  parsing: Parsing,
): string | undefined {
  if (value === undefined) return `--${name} lacks its value`;
  const read = readOptionValue(kind, value);
  if ('refused' in read) return `--${name}: ${read.refused}`;
  parsing.set.set(name, read.value);
  return name === 'version' && read.value === 'true' ? 'it prints its version and ends' : undefined;
}

function ofVersion(name: string, spec: OptionSpec, { version, depends }: Parsing): string | undefined {
  switch (knownBy(spec, version)) {
    case 'yes':
      return undefined;
    case 'no':
      return `etcd ${version ?? ''} knows no flag --${name}`;
    case 'depends':
      depends.push(`--${name} is known ${windowText(spec)} only`);
      return undefined;
  }
}

function windowText({ from, until }: OptionSpec): string {
  return [from === undefined ? '' : `from ${from} on`, until === undefined ? '' : `before ${until}`]
    .filter((part) => part !== '')
    .join(' and ');
}
