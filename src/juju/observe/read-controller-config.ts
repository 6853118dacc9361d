import { dictOf, type Dict } from '../../core/dict.js';
import { known, type Known, type Reading } from '../../core/fact.js';
import { branch } from '../status/json.js';
import { redact } from './redact.js';

/** Certificates and keys that say nothing about how the controller is set up. */
const dropped = new Set(['ca-cert', 'ca-private-key', 'controller-cert', 'controller-private-key']);

/** A `Controller.ControllerConfig` answer without its certificates and secrets. */
export function readControllerConfig(reading: Reading, answer: unknown): Known<Dict<unknown>> {
  const config = branch(branch(answer)['config']);
  const kept: [string, unknown][] = [];
  for (const key of Object.keys(config)) {
    const { value } = { value: undefined, ...redact(key, config[key]) };
    if (!dropped.has(key) && value !== undefined) kept.push([key, value]);
  }
  return known(reading, dictOf(kept));
}
