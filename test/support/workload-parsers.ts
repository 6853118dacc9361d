/** Every parser of what a unit prints, by what it reads. */
import { extract } from '../../src/workload/collect/extract/extract.js';
import { parseBackups, parseDetails, parseListeners } from '../../src/workload/parse/actions.js';
import { parseAuthorizerLog } from '../../src/workload/parse/authorizer-log.js';
import { parseCertificates, parseCertificateTexts } from '../../src/workload/parse/certificates.js';
import { parseAuthentication, parseMembers, parseVerifiers } from '../../src/workload/parse/etcd-answers.js';
import { parseHbaRow } from '../../src/workload/parse/hba.js';
import { parseKafka } from '../../src/workload/parse/kafka.js';
import { parsePacketFilter } from '../../src/workload/parse/packet-filter.js';
import { parsePgbouncer } from '../../src/workload/parse/pgbouncer.js';
import { parsePostgresql } from '../../src/workload/parse/postgresql.js';
import { parseProperties } from '../../src/workload/parse/properties.js';
import { parseStanding } from '../../src/workload/parse/standing.js';
import { parseDisk, parsePro, parseSnap, parseUpdates } from '../../src/workload/parse/system.js';
import { parseZookeeper } from '../../src/workload/parse/zookeeper.js';

export type Parser = (text: string) => unknown;

const output = (text: string): Readonly<Record<string, unknown>> => ({
  backups: text,
  'json-output': text,
  a: { name: text, port: text },
});

export const workloadParsers: Readonly<Record<string, Parser>> = {
  properties: parseProperties,
  kafka: parseKafka,
  zookeeper: parseZookeeper,
  'authorizer log': parseAuthorizerLog,
  pgbouncer: parsePgbouncer,
  postgresql: parsePostgresql,
  pg_hba: parseHbaRow,
  stat: parseStanding,
  certificates: parseCertificates,
  'openssl x509': (text) => parseCertificateTexts(text, ['/a', '/b']),
  pro: parsePro,
  updates: parseUpdates,
  snap: parseSnap,
  disk: parseDisk,
  'packet filter': parsePacketFilter,
  'auth status': parseAuthentication,
  members: parseMembers,
  verifiers: parseVerifiers,
  backups: (text) => parseBackups(output(text)),
  listeners: (text) => parseListeners(output(text)),
  details: (text) => parseDetails(output(text)),
  'keys of properties': (text) =>
    extract('properties', text, ['listeners', 'listener.name.*.ssl.client.auth']),
  'keys of ini': (text) => extract('ini', text, ['pgbouncer/auth_type']),
  'keys of yaml': (text) => extract('yaml', text, ['postgresql/pg_hba/-', 'restapi/authentication?', 'a/b']),
};
