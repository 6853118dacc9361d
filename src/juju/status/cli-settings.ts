import { newDict, type Dict } from '../../core/dict.js';
import { isKnown, known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { ConfigValue } from '../../core/snapshot.js';
import { readApplication, type ApplicationSettings } from '../observe/read-application.js';
import { readControllerConfig } from '../observe/read-controller-config.js';
import { readModelConfig } from '../observe/read-model-config.js';
import { jsonIn, notJson, refused, type Answer } from './ask.js';
import { branch, isBranch, text } from './json.js';

/** What `juju controller-config` tells: the form of the API without its wrapping. */
export function readControllerSettings(reading: Reading, value: unknown): Fact<Dict<unknown>> {
  if (!isBranch(value)) return unknown(reading, 'juju does not list the controller settings');
  return readControllerConfig(reading, { config: value });
}

/** What `juju model-config` tells: the form of the API with capital letters. */
export function readModelSettings(reading: Reading, value: unknown): Fact<Dict<ConfigValue>> {
  if (!isBranch(value)) return unknown(reading, 'juju does not list the model settings');
  const config = newDict<object>();
  for (const key of Object.keys(value)) {
    const { Value, Source } = branch(value[key]);
    config[key] = { value: Value, source: Source };
  }
  return readModelConfig(reading, { config });
}

/** What `juju config APPLICATION` tells: options and trust. */
export function applicationSettings(answer: Answer): ApplicationSettings {
  const both = (gap: ReturnType<typeof unknown>): ApplicationSettings => ({ config: gap, trust: gap });
  if (answer.result.outcome !== 'done') return both(refused(answer, 'model read'));
  const value = jsonIn(answer.result.stdout);
  if (!isBranch(value)) return both(notJson(answer.reading));
  // A charm without options has no settings at all.
  const config = value['settings'] ?? ('charm' in value ? {} : undefined);
  return readApplication(answer.reading, { config, 'application-config': value['application-config'] });
}

/** The secret backend: a setting of the model up to 3.6, a command of its own since. */
export function secretBackend(settings: Fact<Dict<ConfigValue>>, answer: Answer): Fact<string> {
  const setting = isKnown(settings) ? text(settings.value['secret-backend']?.value) : '';
  if (setting !== '' && isKnown(settings)) return { ...settings, value: setting };
  const { reading, result } = answer;
  const printed = result.stdout.trim();
  if (result.outcome !== 'done') return refused(answer, 'model read');
  return printed === ''
    ? unknown(reading, 'juju names no secret backend for this model')
    : known(reading, printed);
}
