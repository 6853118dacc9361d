import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { extract } from '../collect/extract/extract.js';
import { parseBackups, parseDetails, parseListeners } from './actions.js';
import { parseAuthorizerLog } from './authorizer-log.js';
import { parseCertificates, parseCertificateTexts } from './certificates.js';
import { parseAuthentication, parseMembers, parseVerifiers } from './etcd-answers.js';
import { parseHbaRow } from './hba.js';
import { parseKafka } from './kafka.js';
import { ParseError } from './parse-error.js';
import { parsePgbouncer } from './pgbouncer.js';
import { parsePostgresql } from './postgresql.js';
import { parseProperties } from './properties.js';
import { parseStanding } from './standing.js';
import { parseDisk, parsePro, parseSnap, parseUpdates } from './system.js';
import { parseZookeeper } from './zookeeper.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/parsers/', import.meta.url));

function fixture(name: string): string {
  return readFileSync(folder + name, 'utf8');
}

type Parser = (text: string) => unknown;
const output = (text: string): Readonly<Record<string, unknown>> => ({
  backups: text,
  'json-output': text,
  a: { name: text, port: text },
});

const parsers: Readonly<Record<string, Parser>> = {
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

const words = [
  ...[
    'listeners=',
    'SSL://:9093',
    'listener.name.x.',
    'server.1=',
    ';0.0.0.0:2181',
    '\\',
    '\\u00',
    '=',
    ':',
    '\n',
    '\t',
    '\r\n',
    ' ',
    '#',
    '!',
  ],
  ...[
    'postgresql/pg_hba/0\t',
    'postgresql/parameters/ssl\t',
    'host ',
    'all ',
    '0.0.0.0/0 ',
    '"',
    "'",
    '[',
    '{',
    '}',
    ']',
    '- ',
    '&a',
    '*a',
    '|',
    '>',
    '---\n',
    '%include',
  ],
  ...[
    '[pgbouncer]\n',
    'auth_type = md5\n',
    '{"members":[',
    '{"summary":',
    '"attached":true',
    'null',
    '-----BEGIN CERTIFICATE-----\n',
    '-----END CERTIFICATE-----\n',
    '#/a\n',
  ],
  ...[
    '644 a b /c\n',
    '2026-11-22T03:33:40Z | full | finished\n',
    'Configuration/Loggers/Logger/0/name\tkafka\n',
    'log4j.logger.kafka=',
    '\u0000',
    '\u202e',
    '999999999999',
    'subject=',
    'notAfter=x\n',
  ],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

const figures: string[] = [];
afterAll(() => {
  process.stdout.write(`\n${['parser              inputs   refused   slowest', ...figures].join('\n')}\n`);
});

const runs = 1500;

describe('nothing but a ParseError comes of', () => {
  const corpus = readdirSync(folder).map(fixture);

  test.each(Object.entries(parsers))(
    '%s',
    (name, parse) => {
      const seen = { inputs: 0, refused: 0, slowest: 0 };
      const attempt = (text: string): void => {
        const begun = performance.now();
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
          seen.refused += 1;
        }
        seen.inputs += 1;
        seen.slowest = Math.max(seen.slowest, performance.now() - begun);
      };
      for (const text of corpus) {
        attempt(text);
        attempt(text.repeat(40));
        attempt(text.slice(0, text.length / 2));
      }
      for (const text of [
        '['.repeat(60_000),
        '{"a":'.repeat(12_000),
        '\\'.repeat(65_536),
        'a: '.repeat(20_000),
        '\n'.repeat(70_000),
        'x'.repeat(300_000),
      ])
        attempt(text);
      fc.assert(fc.property(hostile, attempt), { numRuns: runs });
      figures.push(
        `${name.padEnd(18)} ${String(seen.inputs).padStart(7)} ${String(seen.refused).padStart(9)} ${seen.slowest.toFixed(1).padStart(7)} ms`,
      );
      expect(seen.slowest).toBeLessThan(5000);
    },
    60_000,
  );
});
