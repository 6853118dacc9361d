import { newDict, type Dict } from '../../core/dict.js';
import { serverAddresses } from './address.js';
import { JujuApiError } from './api-error.js';
import { plainText } from './plain-text.js';
import type { Rpc } from './rpc.js';

/** A local user of the controller and the password. */
export interface Credentials {
  /** Without `user-` in front, as in `holdfast-observer`. */
  readonly user: string;
  readonly password: string;
}

/** What a controller tells at login. */
export interface Login {
  readonly controllerUuid: string;
  /** Absent on a controller connection. */
  readonly modelUuid?: string;
  readonly serverVersion: string;
  /** Versions by facade name. */
  readonly facades: Dict<readonly number[]>;
  readonly user: string;
  /** `superuser`, `login` or `''`. */
  readonly controllerAccess: string;
  /** `admin`, `write`, `read` or `''`. */
  readonly modelAccess: string;
  /** Every node of the controller. */
  readonly addresses: readonly string[];
}

export interface LoginOptions {
  readonly credentials: Credentials;
  /** What Juju's audit log shows as our command line. */
  readonly purpose: string;
  /** Our version; Juju wants plain semver. */
  readonly clientVersion: string;
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Logs in with user and password. @throws JujuApiError when refused or redirected, ConnectionError */
export async function login(rpc: Rpc, options: LoginOptions): Promise<Login> {
  const { credentials, purpose, clientVersion, timeout, signal } = options;
  const params = {
    'auth-tag': `user-${credentials.user}`,
    credentials: credentials.password,
    nonce: '',
    macaroons: [],
    'user-data': '',
    'cli-args': purpose,
    'client-version': clientVersion,
  };
  const request = { type: 'Admin', version: 3, request: 'Login', params };
  return readLogin(await rpc.call(request, { timeout, signal }));
}

type Json = Readonly<Record<string, unknown>>;

/** The answer to a login. @throws JujuApiError when it is no login yet */
export function readLogin(answer: unknown): Login {
  const result = record(answer);
  refuseDischarge(result);
  const user = record(result['user-info']);
  const modelUuid = afterDash(result['model-tag']);
  return {
    controllerUuid: afterDash(result['controller-tag']),
    ...(modelUuid === '' ? {} : { modelUuid }),
    serverVersion: plainText(result['server-version'], 60),
    facades: readFacades(result['facades']),
    user: afterDash(user['identity']),
    controllerAccess: plainText(user['controller-access'], 30),
    modelAccess: plainText(user['model-access'], 30),
    addresses: serverAddresses(result['servers']),
  };
}

/** A user whom an external identity provider knows is sent there; a password cannot answer that. */
function refuseDischarge(result: Json): void {
  if (result['discharge-required'] == null && result['bakery-discharge-required'] == null) return;
  throw new JujuApiError({
    call: 'Admin.Login',
    code: 'macaroon discharge required',
    message:
      'the controller wants this user to log in at an identity provider, and Holdfast can log in with user and ' +
      'password only: give it a local user of the controller',
  });
}

function readFacades(list: unknown): Dict<readonly number[]> {
  const facades = newDict<readonly number[]>();
  for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
    const { name, versions } = record(item);
    if (typeof name !== 'string' || !Array.isArray(versions)) continue;
    facades[name] = (versions as unknown[]).filter((version) => typeof version === 'number');
  }
  return facades;
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function afterDash(tag: unknown): string {
  const text = plainText(tag, 300);
  return text.slice(text.indexOf('-') + 1);
}
