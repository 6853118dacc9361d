import { newDict, type Dict } from '../../core/dict.js';
import { isKnown, known, unknown, type Fact, type Known, type Reading } from '../../core/fact.js';
import type { ConfigValue } from '../../core/snapshot.js';
import { branch, isBranch, text } from '../status/json.js';
import { errorFrom, refused } from './answer.js';
import { redact } from './redact.js';

/** Free text that people put passwords and hashes in. */
const hidden = new Set(['cloudinit-userdata']);
const placeholder = '[redacted]';

/** A `ModelConfig.ModelGet` answer; what looks like a secret is replaced by a placeholder. */
export function readModelConfig(reading: Reading, answer: unknown): Known<Dict<ConfigValue>> {
  const raw = branch(branch(answer)['config']);
  const config = newDict<ConfigValue>();
  for (const key of Object.keys(raw)) {
    const { value, source } = branch(raw[key]);
    config[key] = { value: keptValue(key, value), source: text(source) };
  }
  return known(reading, config);
}

function keptValue(key: string, value: unknown): unknown {
  if (hidden.has(key) && value !== '' && value != null) return placeholder;
  const kept = redact(key, value);
  return 'value' in kept ? kept.value : placeholder;
}

/** A `ModelConfig.GetModelSecretBackend` answer (4.x). */
export function readSecretBackend(reading: Reading, answer: unknown): Fact<string> {
  const { result, error } = branch(answer);
  if (isBranch(error)) return refused(reading, errorFrom(reading.source.call, error), 'model read');
  const name = text(result);
  return name === '' ? unknown(reading, 'Juju names no secret backend for this model') : known(reading, name);
}

/** Up to 3.6 the secret backend is a key of the model's configuration. */
export function secretBackendIn(config: Fact<Dict<ConfigValue>>): Fact<string> {
  if (!isKnown(config)) return config;
  const name = text(config.value['secret-backend']?.value);
  return name === ''
    ? unknown(config, 'this controller does not tell the secret backend of a model')
    : { ...config, value: name };
}
