import { redact } from '../observe/redact.js';
import { isBranch, type Branch } from '../status/json.js';
import { rollbackIn } from '../status/operations.js';

/** What stands where something secret was. */
const removed = '[removed]';
const removedKey = '-----BEGIN PRIVATE KEY-----[removed]';

/** Where Juju lists settings by their names, in the API and on the command line. */
const settingGroups = new Set(['config', 'settings', 'application-config']);

/** Contents of credentials and secrets: nothing that a judgement looks at. */
const contents = new Set([
  'attrs',
  'attributes',
  'content',
  'value-data',
  'password',
  'macaroon',
  'macaroons',
  'parameters',
  'log',
]);

/** Where Juju puts what a task answered. */
const taskAnswers = new Set(['output', 'results']);

/** Free text of the model's settings that people put passwords into. */
const freeText = new Set(['cloudinit-userdata']);

/**
 * An answer of Juju with its secrets taken out: values of settings that look like secrets, private keys, passwords
 * inside texts. What is left reads to the same facts as the answer itself.
 */
export function withoutSecrets(answer: unknown): unknown {
  if (typeof answer === 'string') return scrubbed('', answer);
  if (Array.isArray(answer)) return answer.map(withoutSecrets);
  if (!isBranch(answer)) return answer;
  return mapped(answer, (key, value) => {
    if (contents.has(key) && value != null) return removed;
    if (key === 'summary' && typeof value === 'string') return withoutCommand(value);
    if (taskAnswers.has(key) && isBranch(value)) return wayBackOnly(value);
    return settingGroups.has(key) && isBranch(value) ? settingsWithoutSecrets(value) : withoutSecrets(value);
  });
}

/** What a command line that was run on units held may be anything. */
function withoutCommand(summary: string): unknown {
  return summary.startsWith('exec ') ? `exec ${removed}` : scrubbed('', summary);
}

/** Of what a task answered only the way back from a refresh is ever read. */
function wayBackOnly(answer: Branch): Branch {
  const rollback = rollbackIn(answer);
  return rollback === undefined ? {} : { result: rollback };
}

/** As `withoutSecrets` for an object that is a list of settings as a whole. */
export function settingsWithoutSecrets(settings: Branch): Branch {
  return mapped(settings, (name, value) => {
    if (!isBranch(value)) return scrubbed(name, value);
    return mapped(value, (key, part) => (valueKeys.has(key) ? scrubbed(name, part) : scrubbed('', part)));
  });
}

/** Where the value of one setting stands. */
const valueKeys = new Set(['value', 'Value', 'default', 'Default']);

function scrubbed(name: string, value: unknown): unknown {
  if (freeText.has(name) && value !== '' && value != null) return removed;
  const kept = redact(name, value);
  if (!('redacted' in kept)) return value;
  if ('value' in kept) return marked(String(kept.value));
  const isKey = !('value' in redact('', value));
  return isKey ? removedKey : removed;
}

/** Parts of a text that were blanked out, in a form that is still seen as a secret when it is read again. */
function marked(text: string): string {
  return text.replaceAll('://[redacted]@', '://removed:removed@').replaceAll('[redacted]', removed);
}

function mapped(value: Branch, change: (key: string, value: unknown) => unknown): Branch {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(key, part)]));
}
