import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columns } from '../../../test/support/columns.js';
import { workloadParsers, type Parser } from '../../../test/support/workload-parsers.js';
import { InputError } from '../../core/input-error.js';
import { answersIn } from '../collect/answers.js';
import { readVariables } from '../etcd/environment.js';
import { readEtcdConfiguration } from '../etcd/read-configuration.js';
import { readCertificates } from '../x509/read-certificates.js';
import { ParseError } from './parse-error.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/parsers/', import.meta.url));

function fixture(name: string): string {
  return readFileSync(folder + name, 'utf8');
}

const parsers: Readonly<Record<string, Parser>> = {
  ...workloadParsers,
  'etcd file': (text) => readEtcdConfiguration({ file: { name: 'x', text } }, '3.6.8'),
  'etcd environment': readVariables,
  x509: readCertificates,
  'answers of a unit': (text) => answersIn(text, [{ kind: 'stat', paths: ['/a'] }]),
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

/** What programs print when all is well, for what becomes of it when single characters change. */
const sound = [
  '{"attached":true,"services":[{"name":"esm-apps","status":"enabled"}]}',
  '{"summary":{"num_standard_security_updates":1,"num_esm_infra_updates":2,"num_esm_apps_updates":0,"reboot_required":"no"}}',
  'Name  Version  Rev  Tracking  Publisher  Notes\ncharmed-etcd  3.6.1  7  latest/stable  canonical**  held\n',
  '{"device":"/dev/vda1","tree":{"blockdevices":[{"name":"vda","kname":"vda","type":"disk","children":[{"name":"vda1","kname":"vda1","type":"part"}]}]}}',
  'Authentication Status: true\n',
  '{"members":[{"name":"etcd0","peerURLs":["https://10.0.0.1:2380"]}]}',
  'scram|4\nnone|2\n',
  'ufw\nDefault: deny (incoming),\n2379,2380/tcp   ALLOW IN    10.0.0.0/8\n',
  'iptables\n-P INPUT DROP\n-A INPUT -s 10.0.0.0/8 -p tcp --dport 2379 -j ACCEPT\n',
  'auth_type\tscram-sha-256\n',
];
const mutated = fc
  .tuple(fc.constantFrom(...sound), fc.nat(), fc.nat(3), fc.oneof(fc.constantFrom(...words), fc.string()))
  .map(([text, at, cut, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + cut);
  });

const figures: string[][] = [];
afterAll(() => {
  const head = ['parser', 'inputs', 'refused', 'crashed', 'slowest'];
  process.stdout.write(`\nhostile inputs\n${columns([head, ...figures])}`);
});

const runs = 1500;

describe('nothing but an answer or a refusal comes of', () => {
  const corpus = readdirSync(folder).map(fixture);

  test.each(Object.entries(parsers))('%s', (name, parse) => {
    const seen = { inputs: 0, refused: 0, slowest: 0, crashed: 0 };
    const attempt = (text: string): void => {
      const begun = performance.now();
      try {
        parse(text);
      } catch (error) {
        if (error instanceof ParseError || error instanceof InputError) seen.refused += 1;
        else seen.crashed += 1;
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
    fc.assert(fc.property(fc.oneof(hostile, mutated), attempt), { numRuns: runs });
    for (const text of sound) attempt(text);
    const { inputs, refused, crashed, slowest } = seen;
    figures.push([name, String(inputs), String(refused), String(crashed), `${slowest.toFixed(1)} ms`]);
    expect(crashed).toBe(0);
    expect(seen.slowest).toBeLessThan(60_000);
  });
});
