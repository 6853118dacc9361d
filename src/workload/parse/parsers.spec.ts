import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from '@jest/globals';
import { extract } from '../collect/extract/extract.js';
import { inquiries, looksOf } from '../collect/inquiries.js';
import { parseBackups, parseDetails, parseListeners } from './actions.js';
import { parseAuthorizerLog } from './authorizer-log.js';
import { parseCertificateTexts } from './certificates.js';
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

/** What is left of a whole file once the keys that are looked at were taken from it. */
function taken(name: string, id: string, index = 0): string {
  const look = looksOf(inquiries.find((inquiry) => inquiry.id === id)!).filter(({ kind }) => kind === 'keys')[
    index
  ];
  if (look?.kind !== 'keys') throw new Error(`${id} takes no keys`);
  return extract(look.format, fixture(name), look.keys);
}

describe('server.properties', () => {
  it('of Kafka 3 with TLS and OAuth', () => {
    expect(parseKafka(taken('kafka-3.properties', 'kafka 3 on machines'))).toEqual({
      listeners: [
        { name: 'CLIENT_SASL_SSL_SCRAM_SHA_512', port: 9093, protocol: 'SASL_SSL' },
        { name: 'CLIENT_SSL_SSL', port: 9094, protocol: 'SSL' },
        { name: 'INTERNAL', port: 19_093, protocol: 'SASL_SSL' },
      ],
      interBroker: 'INTERNAL',
      authorizer: 'kafka.security.authorizer.AclAuthorizer',
      superUsers: ['User:admin', 'User:sync', 'User:relation-7'],
      everyoneIfNoAcl: false,
      clientAuth: 'none',
      clientAuthOf: { client_ssl_ssl: 'required' },
      mechanisms: ['OAUTHBEARER', 'SCRAM-SHA-512'],
      principalMapping: 'RULE:^CN=(.*?),.*$/$1/L,DEFAULT',
      oauth: [{ listener: 'client_sasl_ssl_oauth', checksAudience: true, schemes: ['https'] }],
    });
  });

  test.each<[string, string, unknown]>([
    [
      'without listeners has the one of Kafka itself',
      'a=b',
      [{ name: 'PLAINTEXT', port: 9092, protocol: 'PLAINTEXT' }],
    ],
    [
      'names protocols by itself where no map does',
      'listeners=SSL://:9093',
      [{ name: 'SSL', port: 9093, protocol: 'SSL' }],
    ],
    [
      'takes names in any case',
      'listeners=a://:1\nlistener.security.protocol.map=A:ssl',
      [{ name: 'A', port: 1, protocol: 'SSL' }],
    ],
    ['leaves a name open that no map names', 'listeners=A://:1', [{ name: 'A', port: 1 }]],
    ['takes IPv6', 'listeners=SSL://[::1]:9', [{ name: 'SSL', port: 9, protocol: 'SSL' }]],
    [
      'of listeners that come twice takes the last',
      'listeners=SSL://:1\nlisteners=SSL://:2',
      [{ name: 'SSL', port: 2, protocol: 'SSL' }],
    ],
  ])('%s', (_, text, expected) => {
    expect(parseKafka(text).listeners).toEqual(expected);
  });
});

test('properties are read as Java reads them', () => {
  const text = '  a : 1\\\n    2\n#b=1\n!c=1\nd\\=e f\ng=\\u0041\\tx\nh\n';
  expect({ ...parseProperties(text) }).toEqual({ a: '12', 'd=e': 'f', g: 'A\tx', h: '' });
});

describe('rows of pg_hba', () => {
  test.each<[string, unknown]>([
    [
      'hostssl all all 0.0.0.0/0 scram-sha-256',
      { type: 'hostssl', databases: ['all'], users: ['all'], address: '0.0.0.0/0', method: 'scram-sha-256' },
    ],
    [
      'host a,b "c d" 10.0.0.0 255.0.0.0 md5 # x',
      { type: 'host', databases: ['a', 'b'], users: ['"c d"'], address: '10.0.0.0 255.0.0.0', method: 'md5' },
    ],
    [
      'local all monitoring password',
      { type: 'local', databases: ['all'], users: ['monitoring'], method: 'password' },
    ],
    [
      'host all all ::1/128 trust',
      { type: 'host', databases: ['all'], users: ['all'], address: '::1/128', method: 'trust' },
    ],
    [
      'host all a, b samenet reject',
      { type: 'host', databases: ['all'], users: ['a', 'b'], address: 'samenet', method: 'reject' },
    ],
    ['  # nothing', undefined],
  ])('%s', (row, expected) => {
    expect(parseHbaRow(row)).toEqual(expected);
  });

  test.each([
    'include other.conf',
    'hostxyz all all all md5',
    'host all',
    'host all all',
    'host all all 10.0.0.0/8',
    'local all "x peer',
  ])('%s is refused', (row) => {
    expect(() => parseHbaRow(row)).toThrow(ParseError);
  });
});

test('patroni.yml of PostgreSQL 16, secrets left out', () => {
  const text = taken('patroni-16.yml', 'postgresql 16 on Kubernetes');
  expect(text).not.toContain('made-up');
  expect(parsePostgresql(text)).toMatchObject({
    ssl: true,
    passwordEncryption: 'scram-sha-256',
    logConnections: true,
    logDisconnections: false,
    archiving: 'other',
    restCertificate: true,
    restAuthentication: true,
    rules: [
      { method: 'peer' },
      { type: 'hostssl', method: 'ldap' },
      { type: 'hostssl', method: 'scram-sha-256' },
    ],
  });
});

test('pgbouncer.ini: its own section only, with its defaults', () => {
  const text = taken('pgbouncer.ini', 'pgbouncer on Kubernetes');
  expect(parsePgbouncer(text)).toEqual({
    authType: 'md5',
    clientTls: 'require',
    serverTls: 'prefer',
    listenAddress: '*',
  });
});

test('zoo.cfg with its dynamic file', () => {
  expect(parseZookeeper(taken('zoo.cfg', 'zookeeper on machines'))).toEqual({
    enforceAuth: true,
    authSchemes: ['sasl', 'digest'],
    saslProvider: true,
    quorumSasl: true,
    quorumLearnerRequires: true,
    quorumServerRequires: false,
    plainPorts: [2181],
    securePort: 2182,
    sslQuorum: true,
    portUnification: true,
  });
});

describe("the authorizer's log", () => {
  test.each<[string, string, string, unknown]>([
    [
      'log4j.properties',
      'log4j.properties',
      'kafka 3 on machines',
      { appenders: ['authorizerAppender'], additive: false, console: false },
    ],
    [
      'log4j2.yaml',
      'log4j2.yaml',
      'kafka 4 on Kubernetes',
      { level: 'DEBUG', appenders: ['AuthorizerAppender', 'STDOUT'], additive: true, console: true },
    ],
  ])('in %s', (_, name, id, expected) => {
    expect(parseAuthorizerLog(taken(name, id, 1))).toEqual(expected);
  });
});

describe('what programs print', () => {
  test.each<[string, () => unknown, unknown]>([
    [
      'pro status',
      () =>
        parsePro(
          '{"attached":true,"services":[{"name":"esm-apps","status":"enabled"},{"name":"fips","status":"disabled"}]}',
        ),
      { attached: true, enabled: ['esm-apps'] },
    ],
    [
      'pro security-status',
      () =>
        parseUpdates(
          '{"summary":{"num_standard_security_updates":1,"num_esm_infra_updates":2,"num_esm_apps_updates":3,"reboot_required":"yes"}}',
        ),
      { security: 6, restartNeeded: true },
    ],
    [
      'snap list',
      () =>
        parseSnap(
          'Name  Version  Rev  Tracking  Publisher  Notes\ncharmed-etcd  3.6.13  38  latest/edge  dataplatformbot  held,disabled\n',
        ),
      { name: 'charmed-etcd', version: '3.6.13', revision: 38, held: true },
    ],
    [
      'lsblk with LUKS below LVM',
      () => parseDisk(fixture('lsblk-luks.json')),
      { device: '/dev/mapper/vg-data', layers: ['lvm', 'crypt', 'part', 'disk'] },
    ],
    [
      'stat',
      () => parseStanding('644 etcd root /a b\n'),
      { '/a b': { path: '/a b', mode: 0o644, owner: 'etcd', group: 'root' } },
    ],
    [
      'etcdctl auth status',
      () => parseAuthentication('permission denied\n'),
      { state: 'on', shown: 'permission denied' },
    ],
    [
      'etcdctl member list',
      () =>
        parseMembers('{"members":[{"name":"etcd0","peerURLs":["https://10.0.0.1:2380"]},{"peerURLs":[]}]}'),
      [
        { name: 'etcd0', peerUrls: ['https://10.0.0.1:2380'] },
        { name: '', peerUrls: [] },
      ],
    ],
    ['counts of verifiers', () => parseVerifiers('md5|2\nscram|5\n'), { md5: 2, scram: 5 }],
    [
      'list-backups',
      () =>
        parseBackups({
          backups:
            'backup-id | backup-type | backup-status\n---\n2026-11-22T03:33:40Z | full | finished\n2026-11-21T00:00:00Z | full | failed: x\n',
        }),
      [
        { id: '2026-11-22T03:33:40Z', at: '2026-11-22T03:33:40Z', type: 'full', status: 'finished' },
        { id: '2026-11-21T00:00:00Z', at: '2026-11-21T00:00:00Z', type: 'full', status: 'failed: x' },
      ],
    ],
    [
      'get-listeners',
      () =>
        parseListeners({
          a: { name: 'CLIENT_SASL_PLAINTEXT_SCRAM_SHA_512', port: '9092' },
          'return-code': 0,
        }),
      [{ name: 'CLIENT_SASL_PLAINTEXT_SCRAM_SHA_512', port: 9092, protocol: 'SASL_PLAINTEXT' }],
    ],
    [
      'status-detail',
      () => ({ ...parseDetails({ 'json-output': '{"tls":[{"status":"active","message":""}]}' }) }),
      { tls: [{ status: 'active', message: '' }] },
    ],
    [
      'openssl x509',
      () => ({
        ...parseCertificateTexts(
          'subject=CN = a\nissuer=CN = b\nnotAfter=Feb 20 03:32:29 2027 GMT\nsha256 Fingerprint=AB:CD\n',
          ['/x'],
        ),
      }),
      {
        '/x': { subject: 'CN = a', issuer: 'CN = b', notAfter: '2027-02-20T03:32:29Z', fingerprint: 'abcd' },
      },
    ],
  ])('%s', (_, read, expected) => {
    expect(read()).toEqual(expected);
  });
});
