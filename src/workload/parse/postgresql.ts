import type { HbaRule, PostgresqlSettings } from '../../core/evidence/postgresql.js';
import { keyValues, switchOf, yamlScalar, type KeyValue } from './key-values.js';
import { ParseError, word } from './parse-error.js';
import { parseHbaRow } from './hba.js';

/** More rules than any charm writes. */
const mostRules = 1000;

/**
 * What Patroni makes of `patroni.yml`, from the keys that were taken out of it.
 * @throws ParseError
 */
export function parsePostgresql(text: string): PostgresqlSettings {
  const pairs = keyValues(text);
  if (pairs.length === 0) throw new ParseError('holds none of the settings of PostgreSQL');
  const parameter = (name: string): string | undefined => lastOf(pairs, `postgresql/parameters/${name}`);
  const ssl = switchOf(parameter('ssl'));
  const encryption = passwordEncryption(parameter('password_encryption'));
  const connections = switchOf(parameter('log_connections'));
  const disconnections = switchOf(parameter('log_disconnections'));
  const archiving = archivingOf(parameter('archive_command'));
  return {
    ...(ssl === undefined ? {} : { ssl }),
    ...(encryption === undefined ? {} : { passwordEncryption: encryption }),
    ...(connections === undefined ? {} : { logConnections: connections }),
    ...(disconnections === undefined ? {} : { logDisconnections: disconnections }),
    ...(archiving === undefined ? {} : { archiving }),
    rules: rulesOf(pairs),
    restCertificate: lastOf(pairs, 'restapi/certfile') !== undefined,
    restAuthentication: pairs.some(({ path }) => path.startsWith('restapi/authentication')),
  };
}

function lastOf(pairs: readonly KeyValue[], path: string): string | undefined {
  return pairs.findLast((pair) => pair.path === path)?.raw;
}

/** In PostgreSQL before 14 a mere switch, which means md5. */
function passwordEncryption(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const value = yamlScalar(raw);
  if (typeof value === 'boolean') return value ? 'md5' : 'off';
  const given = String(value ?? '').toLowerCase();
  return given === '' ? undefined : word(given === 'on' ? 'md5' : given);
}

/** The unit tells only of which kind the command is. */
function archivingOf(raw: string | undefined): PostgresqlSettings['archiving'] {
  if (raw === undefined) return undefined;
  if (raw === 'archive-push') return 'pgbackrest';
  return raw === 'true' || raw === '' ? 'none' : 'other';
}

function rulesOf(pairs: readonly KeyValue[]): readonly HbaRule[] {
  const rows = pairs.filter(({ path }) => /^postgresql\/pg_hba\/\d+$/.test(path));
  if (rows.length > mostRules) throw new ParseError('has more rules than are read');
  return rows.flatMap(({ raw }) => parseHbaRow(raw) ?? []);
}
