import { plainText } from '../api/plain-text.js';

/** Commands whose further words may hold what was to be kept secret, or be anything at all. */
const wordy: ReadonlySet<string> = new Set([
  'add-credential',
  'add-secret',
  'debug-hooks',
  'exec',
  'login',
  'register',
  'run',
  'scp',
  'ssh',
  'update-credential',
  'update-secret',
]);

/**
 * A command line as a client told it to the controller, without values: Juju's log keeps what was typed, and people type
 * passwords. Of the commands that take free text only the first two words after the name of the program stay.
 */
export function saidWithoutValues(what: string): string {
  const [program = '', command = '', ...rest] = plainText(what, 2000).split(/\s+/);
  const kept = wordy.has(command) ? rest.slice(0, 1) : rest;
  const more = kept.length < rest.length ? ['…'] : [];
  return plainText([program, command, ...kept.map(withoutValue), ...more].join(' ').trim(), 200);
}

function withoutValue(word: string): string {
  const sign = word.indexOf('=');
  return sign === -1 ? word : `${word.slice(0, sign + 1)}…`;
}
