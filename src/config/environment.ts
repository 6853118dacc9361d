import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../core/input-error.js';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where to listen for HTTP. Port 0 lets the machine choose. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** What the environment says; read once, at the start. */
export interface Environment {
  readonly policyFile?: string;
  /** File that holds the URL of the journal's database; absent: the journal is a file in `stateDir`. */
  readonly databaseFile?: string;
  /** Journal and working files of the daemon. */
  readonly stateDir: string;
  /** Files that may be deleted at any time. */
  readonly cacheDir: string;
  readonly logLevel: LogLevel;
  readonly listen: Listen;
  /** Paths of the `juju` executables of series 3 and 4. */
  readonly juju3?: string;
  readonly juju4?: string;
  /** Folder whose data files overlay the shipped ones. */
  readonly dataDir?: string;
  /** PATH, for finding `juju`. */
  readonly searchPath: string;
  /** What the person's own `juju` would see of the environment. */
  readonly jujuVariables: Readonly<Record<string, string>>;
  /** What this unit is called among those that share an estate; absent: as the policy or its host says. */
  readonly unit?: string;
  /** How the API server of the cluster that we run in is reached; absent outside of one. */
  readonly clusterApi?: { readonly host: string; readonly port: string };
  /** False when NO_COLOR is set or the terminal is a dumb one. */
  readonly mayColor: boolean;
}

/** Where `juju` keeps its logins, how it reaches the network, and what a snap needs to start. */
const passedToJuju = [
  ...[
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'JUJU_DATA',
    'JUJU_CONTROLLER',
    'XDG_DATA_HOME',
    'XDG_RUNTIME_DIR',
    'CHARMHUB_URL',
  ],
  ...[
    'DBUS_SESSION_BUS_ADDRESS',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
  ],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR'],
];

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment: the only place that does. An empty variable counts as absent.
 * @throws InputError naming the variable that cannot be understood.
 */
export function readEnvironment(variables: Variables = process.env): Environment {
  const value = (name: string): string | undefined => given(variables[name]);
  return {
    ...present('policyFile', value('HOLDFAST_POLICY')),
    ...present('databaseFile', value('HOLDFAST_DATABASE')),
    stateDir: value('HOLDFAST_STATE_DIR') ?? under(value('XDG_STATE_HOME'), '.local/state'),
    cacheDir: cacheFolder(variables),
    logLevel: logLevel(value('HOLDFAST_LOG_LEVEL')),
    listen: parseListen(value('HOLDFAST_LISTEN') ?? '127.0.0.1:8420', 'HOLDFAST_LISTEN'),
    ...present('juju3', value('HOLDFAST_JUJU_3')),
    ...present('juju4', value('HOLDFAST_JUJU_4')),
    ...present('dataDir', value('HOLDFAST_DATA')),
    searchPath: value('PATH') ?? '',
    jujuVariables: chosen(variables, passedToJuju),
    ...present('unit', value('HOLDFAST_UNIT')),
    ...clusterApi(value('KUBERNETES_SERVICE_HOST'), value('KUBERNETES_SERVICE_PORT')),
    mayColor: value('NO_COLOR') === undefined && value('TERM') !== 'dumb',
  };
}

/** Where files may be kept that can be deleted at any time. */
export function cacheFolder(variables: Variables = process.env): string {
  return under(given(variables['XDG_CACHE_HOME']), '.cache');
}

/**
 * Host and port from `127.0.0.1:8420`, `[::1]:8420`, `:8420` or `8420`; without a host it is the loopback.
 * @throws InputError naming `origin`, the variable or option it came from.
 */
export function parseListen(text: string, origin: string): Listen {
  const match = /^(?:(?:\[([\da-fA-F:]+)\]|([^:[\]\s]*)):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535)
    throw new InputError(
      `${origin}: "${text}" is no address to listen on: write host:port, as in 127.0.0.1:8420`,
    );
  const host = match[1] ?? match[2];
  return { host: host === undefined || host === '' ? '127.0.0.1' : host, port };
}

/** What Kubernetes tells every pod. */
function clusterApi(host: string | undefined, port = '443'): Pick<Environment, 'clusterApi'> {
  return host === undefined ? {} : { clusterApi: { host, port } };
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

function present<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

function chosen(variables: Variables, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given(variables[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function under(base: string | undefined, fallback: string): string {
  return join(base ?? join(homedir(), fallback), 'holdfast');
}

function logLevel(value: string | undefined): LogLevel {
  const level = logLevels.find((candidate) => candidate === (value ?? 'info').toLowerCase());
  if (level === undefined)
    throw new InputError(`HOLDFAST_LOG_LEVEL: "${value ?? ''}" is no level: choose ${logLevels.join(', ')}`);
  return level;
}
