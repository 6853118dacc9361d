import type { PgbouncerSettings } from '../../core/evidence/postgresql.js';
import { keyValues } from './key-values.js';
import { linesOf, ParseError, word } from './parse-error.js';

/** Where nothing is written (PgBouncer documentation, "pgbouncer.ini"). */
const defaults = { authType: 'md5', clientTls: 'disable', serverTls: 'prefer' } as const;

/** From the weakest on; what is none of these is weaker than all of them. */
const ways = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
const kinds = ['any', 'trust', 'plain', 'md5', 'hba', 'pam', 'ldap', 'cert', 'scram-sha-256'];

/**
 * What the processes of PgBouncer make of their own section, from the keys that were taken out of the file of each: behind
 * a line `#PATH` each, or of one without. @throws ParseError
 */
export function parsePgbouncer(text: string): PgbouncerSettings {
  const all = eachFile(text).map(settingsOf);
  const [first, ...others] = all;
  if (first === undefined) throw new ParseError('holds none of the settings of PgBouncer');
  const weakest = others.reduce(weaker, first);
  return text.startsWith('#/') ? { ...weakest, instances: all.length } : weakest;
}

function eachFile(text: string): readonly string[] {
  const files: string[][] = [];
  for (const line of linesOf(text)) {
    if (line.startsWith('#/')) files.push([]);
    else if (files.length === 0) files.push([line]);
    else files.at(-1)?.push(line);
  }
  return files.map((lines) => lines.join('\n'));
}

function settingsOf(text: string): PgbouncerSettings {
  const pairs = new Map(keyValues(text).map(({ path, raw }) => [path, word(raw)]));
  if (pairs.size === 0) throw new ParseError('holds none of the settings of PgBouncer');
  const setting = (name: string): string | undefined => {
    const value = pairs.get(`pgbouncer/${name}`)?.toLowerCase();
    return value === '' ? undefined : value;
  };
  const listenAddress = setting('listen_addr');
  return {
    authType: setting('auth_type') ?? defaults.authType,
    clientTls: setting('client_tls_sslmode') ?? defaults.clientTls,
    serverTls: setting('server_tls_sslmode') ?? defaults.serverTls,
    ...(listenAddress === undefined ? {} : { listenAddress }),
  };
}

function weaker(one: PgbouncerSettings, other: PgbouncerSettings): PgbouncerSettings {
  const listenAddress = one.listenAddress ?? other.listenAddress;
  return {
    authType: weakest(kinds, one.authType, other.authType),
    clientTls: weakest(ways, one.clientTls, other.clientTls),
    serverTls: weakest(ways, one.serverTls, other.serverTls),
    ...(listenAddress === undefined ? {} : { listenAddress }),
  };
}

function weakest(order: readonly string[], one: string, other: string): string {
  return order.indexOf(other) < order.indexOf(one) ? other : one;
}
