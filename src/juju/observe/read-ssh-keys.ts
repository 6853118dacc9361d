import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import { branch, texts } from '../status/json.js';
import { errorFrom, refused } from './answer.js';

/** A `KeyManager.ListKeys` answer to the question for fingerprints: one line for each key, its comment in brackets. */
export function readSshKeys(reading: Reading, answer: unknown): Fact<readonly string[]> {
  const { results } = branch(answer);
  const first: unknown = Array.isArray(results) ? (results as unknown[])[0] : undefined;
  if (first === undefined) return unknown(reading, 'Juju does not list the SSH keys of this model');
  const { error, result } = branch(first);
  if (error != null) return refused(reading, errorFrom(reading.source.call, error), 'model read');
  return known(reading, [...texts(result)].sort());
}
