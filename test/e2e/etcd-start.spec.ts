/** Whether a real etcd starts with what it is given, against what our reader says of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEtcdConfiguration } from '../../src/workload/etcd/read-configuration.js';
import { writePki, type PkiFiles } from '../support/etcd-pki.js';
import { etcdPrograms, freePorts, startEtcd } from './etcd/etcd-process.js';

let folder: string;
let pki: PkiFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-etcd-start-'));
  pki = await writePki(folder);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Given {
  readonly flags?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Lines of a configuration file besides those that it needs to run here. */
  readonly file?: string;
  /** Whether the file speaks TLS to clients. */
  readonly secure?: true;
}

const ca = () => `trusted-ca-file: ${pki.ca}`;
const pair = () => `cert-file: ${pki.cert('server')}, key-file: ${pki.key('server')}`;

const cases: readonly (readonly [string, () => Given])[] = [
  ['nothing besides', () => ({})],
  ['a file with nothing besides', () => ({ file: '' })],
  ['a boolean flag as yes', () => ({ flags: ['--auto-tls=yes'] })],
  ['a boolean flag as T', () => ({ flags: ['-auto-tls=T'] })],
  ['a boolean flag with a second word', () => ({ flags: ['--auto-tls', 'true'] })],
  ['a flag that is none', () => ({ flags: ['--ca-file=x'] })],
  ['a flag of before 3.6', () => ({ flags: ['--proxy-refresh-interval=1000'] })],
  ['a flag of from 3.6 on', () => ({ flags: ['--max-learners=2'] })],
  ['a flag twice', () => ({ flags: ['--pre-vote=true', '--pre-vote=false'] })],
  ['a variable as yes', () => ({ variables: { ETCD_AUTO_TLS: 'yes' } })],
  ['a variable that is empty', () => ({ variables: { ETCD_AUTO_TLS: '' } })],
  ['a variable of no meaning', () => ({ variables: { ETCD_AUTO_TSL: 'true' } })],
  ['one option in both', () => ({ flags: ['--pre-vote'], variables: { ETCD_PRE_VOTE: 'true' } })],
  ['one option in both, empty', () => ({ flags: ['--pre-vote'], variables: { ETCD_PRE_VOTE: '' } })],
  [
    'one option in both beside a file',
    () => ({ flags: ['--pre-vote'], variables: { ETCD_PRE_VOTE: 'x' }, file: '' }),
  ],
  ['a flag that is none beside a file', () => ({ flags: ['--nonsense'], file: '' })],
  ['an election that is too short', () => ({ flags: ['--heartbeat-interval=300'] })],
  ['a member certificate without its key', () => ({ flags: [`--peer-cert-file=${pki.cert('peer')}`] })],
  [
    'a client certificate without its key, in clear',
    () => ({ flags: [`--cert-file=${pki.cert('server')}`] }),
  ],
  ['a file: yes', () => ({ file: 'client-transport-security: {client-cert-auth: yes}' })],
  ['a file: y', () => ({ file: 'pre-vote: y' })],
  ['a file: a quoted boolean', () => ({ file: 'client-transport-security: {client-cert-auth: "true"}' })],
  ['a file: 1 as a boolean', () => ({ file: 'pre-vote: 1' })],
  ['a file: T as a boolean', () => ({ file: 'pre-vote: T' })],
  ['a file: null as a boolean', () => ({ file: 'pre-vote: ~' })],
  ['a file: unknown keys', () => ({ file: 'nonsense: [1, 2]\nclient_transport_security: 3' })],
  ['a file: keys in capitals', () => ({ file: 'PRE-VOTE: x' })],
  ['a file: a key twice', () => ({ file: 'pre-vote: x\npre-vote: true' })],
  ['a file: two documents', () => ({ file: 'pre-vote: true\n---\npre-vote: x' })],
  ['a file: an anchor', () => ({ file: 'a: &a {auto-tls: false}\nclient-transport-security: *a' })],
  ['a file: a merge', () => ({ file: 'a: &a {auto-tls: x}\nclient-transport-security: {<<: *a}' })],
  [
    'a file: a merge after its key',
    () => ({ file: 'a: &a {auto-tls: x}\nclient-transport-security: {auto-tls: true, <<: *a}' }),
  ],
  [
    'a file: a merge before its key',
    () => ({ file: 'a: &a {auto-tls: x}\nclient-transport-security: {<<: *a, auto-tls: true}' }),
  ],
  ['a file: a tab', () => ({ file: 'client-transport-security:\n\tauto-tls: false' })],
  ['a file: CRLF', () => ({ file: 'client-transport-security:\r\n  auto-tls: false\r\n' })],
  ['a file: an empty block of clients', () => ({ file: 'client-transport-security:' })],
  ['a file: an empty block of members', () => ({ file: 'peer-transport-security:' })],
  ['a file: an empty block of members in capitals', () => ({ file: 'PEER-transport-security:' })],
  ['a file: a block that is a text', () => ({ file: 'client-transport-security: x' })],
  ['a file: a list of URLs', () => ({ file: 'listen-metrics-urls: [http://127.0.0.1:1]' })],
  ['a file: URLs without a port', () => ({ file: 'listen-metrics-urls: http://127.0.0.1' })],
  ['a file: URLs by name', () => ({ file: 'listen-metrics-urls: http://etcd.example:2381' })],
  ['a file: a duration in words', () => ({ file: 'grpc-keepalive-interval: 5s' })],
  ['a file: a number as a text', () => ({ file: 'initial-cluster-token: 12' })],
  ['a file: a number as a boolean text', () => ({ file: 'initial-cluster-token: yes' })],
  ['a file: a text as a list', () => ({ file: 'log-outputs: stderr' })],
  ['a file: a list of texts', () => ({ file: 'log-outputs: [stderr]' })],
  ['a file: https without a certificate', () => ({ file: '', secure: true })],
  [
    'a file: https with a certificate',
    () => ({ file: `client-transport-security: {${pair()}, ${ca()}}`, secure: true }),
  ],
  [
    'a file: https with made-up certificates',
    () => ({ file: 'client-transport-security: {auto-tls: true}', secure: true }),
  ],
  [
    'a file: a certificate without its key',
    () => ({ file: `client-transport-security: {cert-file: ${pki.cert('server')}}`, secure: true }),
  ],
  ['a file: a TLS version that is none', () => ({ file: 'tls-min-version: TLS1.0' })],
];

const rows = etcdPrograms().flatMap((program) =>
  cases.map(([name, given]) => [program.version, name, program, given] as const),
);

describe('etcd starts, or does not, as the reader says', () => {
  test.each(rows)(
    '%s: %s',
    async (version, _, program, given) => {
      const { flags = [], variables = {}, file, secure } = given();
      const [client, peer] = await freePorts();
      const scheme = secure === true ? 'https' : 'http';
      const url = `${scheme}://127.0.0.1:${client}`;
      const peerUrl = `http://127.0.0.1:${peer}`;
      const needed = { 'listen-client-urls': url, 'advertise-client-urls': url, 'listen-peer-urls': peerUrl };
      const cluster = { 'initial-advertise-peer-urls': peerUrl, 'initial-cluster': `default=${peerUrl}` };
      const own = Object.entries({ ...needed, ...cluster, logger: 'zap' });
      const text =
        file === undefined
          ? undefined
          : `${own.map(([key, value]) => `${key}: ${value}`).join('\n')}\n${file}\n`;
      const path = join(folder, 'etcd.yml');
      if (text !== undefined) await writeFile(path, text);
      const start =
        text === undefined ? own.map(([key, value]) => `--${key}=${value}`) : [`--config-file=${path}`];
      const args = [...start, ...flags];
      const says = readEtcdConfiguration(
        {
          flags: args,
          variables: new Map(Object.entries(variables)),
          ...(text === undefined ? {} : { file: { name: path, text } }),
        },
        version,
      );
      const etcd = await startEtcd(program, { args: () => args, env: variables });
      await etcd.end();
      const why = says.refusal ?? etcd.log().slice(-600);
      expect([etcd.state, why]).toEqual([says.refusal === undefined ? 'serving' : 'stopped', why]);
    },
    30_000,
  );
});
