import type { CliResult } from '../../core/ports/index.js';
import { secondsOf } from '../status/time.js';
import type { ApiExchange } from '../api/recorder.js';
import { jsonIn } from '../status/ask.js';
import { branch, isBranch, text } from '../status/json.js';
import { settingsWithoutSecrets, withoutSecrets } from './scrub.js';

/** One file of a recording: where it goes inside the folder, and what it holds. */
export interface RecordedFile {
  readonly path: string;
  readonly content: object;
}

/** A finished call of `juju` and when it was made, ms since the epoch. */
export interface CliExchange {
  readonly result: CliResult;
  readonly at: number;
}

/** The recorded form of a call of `juju`, without secrets. */
export function cliFile({ result, at }: CliExchange, number: number): RecordedFile {
  const { argv, exitCode, durationMs, stdout, stderr } = result;
  const content = {
    argv: ['juju', ...argv],
    at: secondsOf(at),
    exit: exitCode ?? 1,
    ms: durationMs,
    stdout: printedWithoutSecrets(argv[0] ?? '', stdout),
    stderr: String(withoutSecrets(stderr)),
  };
  return { path: `cli/${nameOf(number, argv.filter((word) => !word.startsWith('-')).slice(0, 3))}`, content };
}

/** Commands that print settings by name, without anything around them. */
const plainSettings = new Set(['model-config', 'controller-config']);

function printedWithoutSecrets(command: string, stdout: string): string {
  const value = jsonIn(stdout);
  if (typeof value !== 'object' || value === null) return String(withoutSecrets(stdout));
  const isSettings = plainSettings.has(command) && isBranch(value);
  return `${JSON.stringify(isSettings ? settingsWithoutSecrets(value) : withoutSecrets(value))}\n`;
}

/** The recorded form of an answer of the API, without secrets. */
export function apiFile(
  exchange: ApiExchange & { readonly controller?: string | undefined },
  number: number,
): RecordedFile {
  const { controller, path, user, at, request } = exchange;
  const outcome =
    'error' in exchange ? errorOf(exchange.error) : { response: withoutSecrets(exchange.response) };
  const content = { controller, path, user, at: secondsOf(at), request, 'request-id': number, ...outcome };
  const { type, request: call, params } = branch(request);
  const about = text(branch(params)['application']);
  return { path: `ws/${nameOf(number, [text(type), text(call), about])}`, content };
}

function errorOf({ message, code }: { readonly message: string; readonly code: string }): object {
  return { error: withoutSecrets(message), 'error-code': code, response: {} };
}

/** A name for people; only the number matters. */
function nameOf(number: number, words: readonly string[]): string {
  const named = words
    .filter((word) => word !== '')
    .map((word) => word.replace(/[^\w.-]+/g, '_').slice(0, 60));
  return `${[String(number).padStart(4, '0'), ...named].join('-')}.json`;
}
