/** The environment of a process, or a file from which systemd fills it. */
import { assertText, EtcdSourceError, most } from './etcd-source-error.js';
import { quoted, readOptionValue } from './option-value.js';
import { options, variableOf } from './options.js';
import type { ReadFlags } from './flags.js';
import { knownBy } from './version-window.js';

export type Variables = ReadonlyMap<string, string>;

/**
 * Reads `NAME=value` lines as systemd does (systemd.exec, EnvironmentFile), or what `/proc/PID/environ` holds. Only
 * etcd's own variables are kept.
 * @throws EtcdSourceError for a text that is neither.
 */
export function readVariables(text: string): Variables {
  assertText(text, most.environmentBytes, 'the environment');
  return text.includes('\0') ? ofProcess(text) : ofFile(text.replace(/^\uFEFF/, ''));
}

/** Of a name that stands twice, Go sees the first. */
function ofProcess(text: string): Variables {
  const variables = new Map<string, string>();
  for (const entry of text.split('\0')) {
    const [, name = '', value = ''] = /^(ETCD_[^=]*)=([\s\S]*)$/.exec(entry) ?? [];
    if (name !== '' && !variables.has(name)) variables.set(name, value);
  }
  return variables;
}

/** Of a name that stands twice, systemd takes the last. */
function ofFile(text: string): Variables {
  const variables = new Map<string, string>();
  const lines = text.replace(/\\\r?\n/g, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const [, name = '', value = ''] = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    if (name === '')
      throw new EtcdSourceError(`line ${index + 1} of the environment is not NAME=value: ${quoted(line)}`);
    if (name.startsWith('ETCD_')) variables.set(name, fileValue(value));
  }
  return variables;
}

function fileValue(raw: string): string {
  return raw
    .trim()
    .replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
      (_, single?: string, double?: string, escaped?: string) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
    );
}

/** What the variables set beside the flags, or why etcd does not start with both. */
export function applyVariables(
  variables: Variables,
  flags: ReadonlyMap<string, string>,
  version: string | undefined,
): ReadFlags {
  const set = new Map<string, string>();
  const depends: string[] = [];
  for (const [name, spec] of options) {
    const variable = variableOf(name);
    const text = variables.get(variable);
    if (text === undefined) continue;
    if (flags.has(name)) return { set, depends, refused: `${variable} and --${name} set the same option` };
    if (text === '' || knownBy(spec, version) === 'no') continue;
    const read = readOptionValue(spec.kind, text);
    if ('refused' in read) return { set, depends, refused: `${variable}: ${read.refused}` };
    set.set(name, read.value);
    if (name === 'version' && read.value === 'true')
      return { set, depends, refused: `${variable} would make it print its version` };
  }
  return { set, depends };
}

/** etcd's variables that mean nothing to it; it only warns. */
export function unknownVariables(variables: Variables): readonly string[] {
  const known = new Set([...options.keys()].map(variableOf));
  return [...variables.keys()]
    .filter((name) => !known.has(name))
    .map((name) => `${name} is no variable of etcd`);
}
