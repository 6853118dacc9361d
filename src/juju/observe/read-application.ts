import { newDict, type Dict } from '../../core/dict.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { ConfigOption } from '../../core/snapshot.js';
import { branch, isBranch, text, textOr, type Branch } from '../status/json.js';
import { redact } from './redact.js';

/** What `Application.Get` tells of one application. */
export interface ApplicationSettings {
  readonly config: Fact<Dict<ConfigOption>>;
  readonly trust: Fact<boolean>;
}

/** Reads the charm's options and Juju's own `trust`. Secret-looking values are dropped here and never kept. */
export function readApplication(reading: Reading, answer: unknown): ApplicationSettings {
  const { config, 'application-config': own } = branch(answer);
  const trust = branch(branch(own)['trust'])['value'];
  return {
    config: isBranch(config)
      ? known(reading, optionsOf(config))
      : unknown(reading, 'Juju does not list the options'),
    trust:
      typeof trust === 'boolean'
        ? known(reading, trust)
        : unknown(reading, 'Juju does not tell whether the application is trusted'),
  };
}

function optionsOf(raw: Branch): Dict<ConfigOption> {
  const options = newDict<ConfigOption>();
  for (const name of Object.keys(raw)) options[name] = optionOf(name, branch(raw[name]));
  return options;
}

function optionOf(name: string, raw: Branch): ConfigOption {
  const type = textOr(raw['type']);
  const option = { source: text(raw['source']), ...(type === undefined ? {} : { type }) };
  return raw['value'] === undefined ? option : { ...option, ...redact(name, raw['value']) };
}
