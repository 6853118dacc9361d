import type { PgbouncerSettings } from '../../core/evidence/postgresql.js';
import { keyValues } from './key-values.js';
import { ParseError, word } from './parse-error.js';

/** Where nothing is written (PgBouncer documentation, "pgbouncer.ini"). */
const defaults = { authType: 'md5', clientTls: 'disable', serverTls: 'prefer' } as const;

/** What PgBouncer makes of its own section, from the keys that were taken out of it. @throws ParseError */
export function parsePgbouncer(text: string): PgbouncerSettings {
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
