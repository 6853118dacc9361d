import { InputError } from '../../core/input-error.js';
import { branch, count, defined, isBranch, text, textOr, texts, type Branch } from '../status/json.js';
import { instantOf } from '../status/time.js';

/** One answer of Juju's API, as it was recorded. */
export interface ApiRecord {
  /** As in `Client.FullStatus`; `Admin.Login` for a login. */
  readonly call: string;
  readonly version: number;
  readonly params: Branch;
  readonly response: unknown;
  /** Why Juju refused, where it did. */
  readonly error?: { readonly message: string; readonly code: string };
  /** `/api`, or `/model/<uuid>/api` for a connection to a model; absent where the recorder did not tell. */
  readonly path?: string;
  /** Our name for the controller, where the recorder tells. */
  readonly controller?: string;
  /** Whose connection it was, where the recorder tells. */
  readonly user?: string;
  /** When it was asked, ms since the epoch. */
  readonly at?: number;
  readonly file: string;
}

/** One call of the `juju` command, as it was recorded. */
export interface CliRecord {
  /** With the program. */
  readonly argv: readonly string[];
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** When it was asked, ms since the epoch. */
  readonly at?: number;
  readonly file: string;
}

export type AnyRecord = { readonly api: ApiRecord } | { readonly cli: CliRecord };

/** The recorded answer in a file, or undefined for a file that holds something else. @throws InputError for broken JSON */
export function recordIn(content: string, file: string): AnyRecord | undefined {
  const value = parsed(content, file);
  if (!isBranch(value)) return undefined;
  if (Array.isArray(value['argv'])) return { cli: cliRecord(value, file) };
  if (isBranch(value['response']) || typeof value['error'] === 'string')
    return { api: apiRecord(value, file) };
  // A status tells itself, even without the question.
  const isStatus = text(branch(value['model'])['cloud-tag']) !== '';
  return isStatus ? { api: apiRecord({ request: statusRequest, response: value }, file) } : undefined;
}

const statusRequest = { type: 'Client', request: 'FullStatus' };

function parsed(content: string, file: string): unknown {
  try {
    return JSON.parse(content.startsWith('\uFEFF') ? content.slice(1) : content);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1).join('') : String(error);
    throw new InputError(
      `${file} is not valid JSON (${why}): was it cut short while saving? Record it again, or take it out of the folder`,
    );
  }
}

function cliRecord(value: Branch, file: string): CliRecord {
  const { argv, exit, stdout, stderr } = value;
  // A call that was ended has no exit code; it counts as failed.
  return {
    argv: texts(argv),
    exit: count(exit) ?? 1,
    stdout: text(stdout),
    stderr: text(stderr),
    file,
    ...askedAt(value),
  };
}

type Told = Pick<ApiRecord, 'controller' | 'path' | 'user'>;

function apiRecord(value: Branch, file: string): ApiRecord {
  const request = branch(value['request']);
  const type = text(request['type']);
  const error = textOr(value['error']);
  const { controller, path, user } = value;
  return {
    // A login is recorded without its request: that held the password.
    call: type === '' ? 'Admin.Login' : `${type}.${text(request['request'])}`,
    version: count(request['version']) ?? 0,
    params: branch(request['params']),
    response: value['response'],
    ...(error === undefined ? {} : { error: { message: error, code: text(value['error-code']) } }),
    ...defined<Told>({ controller: textOr(controller), path: textOr(path), user: textOr(user) }),
    ...askedAt(value),
    file,
  };
}

/** Our own recordings tell the moment; of a status the controller itself does. */
function askedAt(value: Branch): { readonly at?: number } {
  const told = text(value['at']) || text(branch(value['response'])['controller-timestamp']);
  const at = Date.parse(instantOf(told) ?? '');
  return Number.isNaN(at) ? {} : { at };
}
