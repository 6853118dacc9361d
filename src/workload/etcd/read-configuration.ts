/**
 * etcd's settings as etcd itself ends up with them: a configuration file makes every flag and variable ignored; without
 * one they mix, and one option in both is fatal.
 */
import type { EtcdConfiguration, EtcdSetting } from '../../core/evidence/etcd.js';
import { newDict } from '../../core/dict.js';
import { whyRefused } from './consistency.js';
import { applyVariables, unknownVariables, type Variables } from './environment.js';
import { most } from './etcd-source-error.js';
import { readFile } from './file.js';
import { readFlags } from './flags.js';
import { kept } from './options.js';

/** What etcd is given. */
export interface EtcdSources {
  /** Its arguments, without the program's name. */
  readonly flags?: readonly string[];
  readonly variables?: Variables;
  /** The configuration file that it is started with; absent: none is known of. */
  readonly file?: { readonly name: string; readonly text: string };
}

/** The configuration file that flags or environment name; the flag's beats the variable's. */
export function namedFile({ flags = [], variables }: EtcdSources): string | undefined {
  const names = [readFlags(flags, undefined).set.get('config-file'), variables?.get('ETCD_CONFIG_FILE')];
  return names.find((name) => name !== undefined && name !== '');
}

/**
 * Reads what etcd makes of its sources; `version` is etcd's own, where it is known.
 * @throws EtcdSourceError for a source that is none: too long, no text, or nested beyond reason.
 */
export function readEtcdConfiguration(sources: EtcdSources, version?: string): EtcdConfiguration {
  const flags = readFlags(sources.flags ?? [], version);
  return sources.file === undefined
    ? byFlags(sources, flags, version)
    : byFile({ ...sources, file: sources.file }, flags, version);
}

type Flags = ReturnType<typeof readFlags>;

function byFile(
  { file, variables = new Map() }: EtcdSources & Required<Pick<EtcdSources, 'file'>>,
  flags: Flags,
  version: string | undefined,
): EtcdConfiguration {
  const read = readFile(file.text, version);
  const overridden = [
    ...[...flags.set.keys()].filter((name) => name !== 'config-file').map((name) => `--${name}`),
    ...[...variables.keys()].filter((name) => name !== 'ETCD_CONFIG_FILE'),
  ].map((name) => `${name} is ignored, because a configuration file is used`);
  // Flags are read before the file is: one that is no flag stops etcd all the same.
  const refusal = flags.refused ?? read.refused ?? whyRefused(read.set, 'file', version);
  return {
    ruledBy: 'file',
    file: file.name,
    settings: settingsOf([[read.set, 'file']]),
    ignored: [...overridden, ...read.ignored].slice(0, most.ignored),
    ...told(refusal, [...flags.depends, ...read.depends]),
  };
}

function byFlags(
  { variables = new Map() }: EtcdSources,
  flags: Flags,
  version: string | undefined,
): EtcdConfiguration {
  const environment = applyVariables(variables, flags.set, version);
  const both = new Map([...environment.set, ...flags.set]);
  const refusal = flags.refused ?? environment.refused ?? whyRefused(both, 'flags and environment', version);
  return {
    ruledBy: 'flags and environment',
    settings: settingsOf([
      [environment.set, 'environment'],
      [flags.set, 'flag'],
    ]),
    ignored: unknownVariables(variables).slice(0, most.ignored),
    ...told(refusal, flags.depends),
  };
}

function told(
  refusal: string | undefined,
  depends: readonly string[],
): Pick<EtcdConfiguration, 'refusal' | 'dependsOnVersion'> {
  if (refusal !== undefined) return { refusal };
  const [first] = depends;
  return first === undefined ? {} : { dependsOnVersion: first };
}

type Origin = readonly [ReadonlyMap<string, string>, EtcdSetting['origin']];

/** Empty texts set nothing: etcd's defaults are empty where they matter. */
function settingsOf(origins: readonly Origin[]): EtcdConfiguration['settings'] {
  const settings = newDict<EtcdSetting>();
  for (const [set, origin] of origins)
    for (const [name, value] of set) if (kept.has(name) && value !== '') settings[name] = { value, origin };
  return settings;
}
