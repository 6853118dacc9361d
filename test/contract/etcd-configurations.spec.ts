/**
 * An etcd by what it is started with: ten configurations and what `holdfast audit` says of each, against what etcd makes
 * of it. The table is printed at the end.
 */
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { columns } from '../support/columns.js';
import { auditEtcd, checks, notPassing, shortly, type EtcdAudit } from '../support/etcd-audit.js';
import { writePki, type PkiFiles } from '../support/etcd-pki.js';

let folder: string;
let pki: PkiFiles;
let server: Server;
let served: number;
const table: (readonly string[])[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-etcd-'));
  pki = await writePki(join(folder, 'pki'));
  await mkdir(join(folder, 'data'), { mode: 0o700 });
  server = await mutualTls();
  served = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.close();
  await once(server, 'close');
  await rm(folder, { recursive: true, force: true });
  const head = ['configuration', ...checks, 'as expected', 'expected (1.1.12 goes by who runs the test)'];
  process.stdout.write(`\ncis-etcd by configuration\n${columns([head, ...table])}`);
});

/** Demands certificates on its port, as etcd does. */
async function mutualTls(): Promise<Server> {
  const [cert, key, ca] = await Promise.all(
    [pki.cert('server'), pki.key('server'), pki.ca].map((file) => readFile(file)),
  );
  const made = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true });
  made.on('tlsClientError', () => undefined);
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return made;
}

interface Settings {
  readonly client?: Readonly<Record<string, unknown>>;
  readonly peer?: Readonly<Record<string, unknown>>;
  readonly clientUrls?: string;
}

/** The hardened configuration with what is changed of it; `null` takes a key away. */
function yaml({ client = {}, peer = {}, clientUrls = 'https://127.0.0.1:2379' }: Settings): string {
  const side = (name: 'server' | 'peer', changed: Readonly<Record<string, unknown>>): object => {
    const all: Readonly<Record<string, unknown>> = {
      'cert-file': pki.cert(name),
      'key-file': pki.key(name),
      'client-cert-auth': true,
      'trusted-ca-file': pki.ca,
      ...changed,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  };
  return JSON.stringify({
    name: 'm1',
    'data-dir': join(folder, 'data'),
    'listen-client-urls': clientUrls,
    'advertise-client-urls': 'https://127.0.0.1:2379',
    'listen-peer-urls': 'https://127.0.0.1:2380',
    'client-transport-security': side('server', client),
    'peer-transport-security': side('peer', peer),
  });
}

async function written(settings: Settings): Promise<string> {
  const file = join(folder, 'etcd.conf.yml');
  await writeFile(file, yaml(settings));
  await chmod(file, 0o600);
  return file;
}

const good = {
  2.1: 'pass',
  2.2: 'pass',
  2.3: 'pass',
  2.4: 'pass',
  2.5: 'pass',
  2.6: 'pass',
  2.7: 'pass',
  '1.1.7': 'pass',
  '1.1.8': 'not-applicable NoPodSpecification',
  '1.1.11': 'pass',
};

function told({ says }: EtcdAudit): Readonly<Record<string, string>> {
  // Whom the directory belongs to depends on who runs the tests.
  const others = Object.entries(says).filter(([id]) => id !== '1.1.12');
  return Object.fromEntries(others.map(([id, words]) => [id, words.replace(/^pass AsRequired$/, 'pass')]));
}

/** Keeps what was said beside what was expected, and holds the one against the other. */
function compare(name: string, audit: EtcdAudit, expected: Readonly<Record<string, string>>): void {
  const said = told(audit);
  const isSame = checks.every((id) => said[id] === expected[id]);
  table.push([name, ...shortly(audit.says), isSame ? 'yes' : 'NO', notPassing(expected)]);
  expect(said).toEqual(expected);
}

const noCertificates = { 'cert-file': null, 'key-file': null };

/** Name, what is changed of the good one, and what each check says that does not pass. */
const configurations: readonly (readonly [string, Settings, Readonly<Record<string, string>>])[] = [
  ['a hardened one', {}, {}],
  [
    'certificates, and a URL in clear beside https (2.1)',
    { clientUrls: 'https://127.0.0.1:2379,http://127.0.0.1:2378' },
    { 2.1: 'fail UrlInPlainText', 2.2: 'fail UrlInPlainText', 2.7: 'fail UrlInPlainText' },
  ],
  [
    'no client-cert-auth beside a trusted CA (2.2)',
    { client: { 'client-cert-auth': false } },
    { 2.2: 'fail ClientCertAuthNotSet' },
  ],
  ['auto-tls beside certificates (2.3)', { client: { 'auto-tls': true } }, { 2.3: 'fail AutoTlsOn' }],
  [
    'made-up certificates among members (2.4)',
    { peer: { ...noCertificates, 'auto-tls': true } },
    { 2.4: 'fail CertificateNotSet', 2.5: 'fail AutoTlsDropsDemand', 2.6: 'fail AutoTlsOn' },
  ],
  [
    'members that ask nobody (2.5)',
    { peer: { 'client-cert-auth': null, 'trusted-ca-file': null } },
    { 2.5: 'fail ClientCertAuthNotSet' },
  ],
  [
    'auto-tls among members beside certificates (2.6)',
    { peer: { 'auto-tls': true } },
    { 2.6: 'fail AutoTlsOn' },
  ],
  [
    'no trusted CA: every public one is trusted (2.7)',
    { client: { 'trusted-ca-file': null } },
    { 2.2: 'fail PublicRootsTrusted', 2.7: 'fail TrustedCaNotSet' },
  ],
];

describe('a configuration file', () => {
  test.each(configurations)('%s', async (name, settings, others) => {
    const audit = await auditEtcd('--etcd-config', await written(settings), '--other-ca', pki.otherCa);
    compare(name, audit, { ...good, ...others });
  });

  it('rules: flags and variables beside it mean nothing', async () => {
    const env = join(folder, 'etcd.env');
    await writeFile(env, 'ETCD_AUTO_TLS=true\n');
    const audit = await auditEtcd(
      ...['--etcd-config', await written({}), '--etcd-env', env],
      ...['--etcd-args', '/usr/bin/etcd --client-cert-auth=false --cert-file=', '--other-ca', pki.otherCa],
    );
    compare('flags and variables that the file overrides', audit, good);
    const seen = audit.findings.find(({ control }) => control === 'CIS-2.2')?.evidence?.[0]?.seen;
    expect(seen).toContain('--client-cert-auth is ignored, because a configuration file is used');
  });
});

describe('flags and environment', () => {
  const flags = (port: number): string =>
    [
      `etcd --listen-client-urls=https://127.0.0.1:${port} --advertise-client-urls=https://127.0.0.1:${port}`,
      `--listen-peer-urls=https://127.0.0.1:${port} --cert-file=${pki.cert('server')}`,
      `--key-file=${pki.key('server')} --trusted-ca-file=${pki.ca} --data-dir=${join(folder, 'data')}`,
      `--peer-cert-file=${pki.cert('peer')} --peer-key-file=${pki.key('peer')}`,
    ].join(' ');

  async function variables(): Promise<string> {
    const env = join(folder, 'etcd.env');
    const own = ['ETCD_CLIENT_CERT_AUTH=true', 'ETCD_PEER_CLIENT_CERT_AUTH="true"'];
    await writeFile(env, [...own, `ETCD_PEER_TRUSTED_CA_FILE=${pki.ca}`, ''].join('\n'));
    return env;
  }

  async function mixed(port: number): Promise<EtcdAudit> {
    const env = await variables();
    return auditEtcd('--etcd-args', flags(port), '--etcd-env', env, '--other-ca', pki.otherCa);
  }

  const noFile = { '1.1.7': 'not-applicable NoConfigurationFile' };

  it('mix, and pass where something serves as they say', async () => {
    const audit = await mixed(served);
    compare('flags and variables mixed, served', audit, { ...good, ...noFile });
  });

  it('prove nothing where nobody serves', async () => {
    const audit = await mixed(1);
    const expected = { ...good, ...noFile, ...everyService('unknown NotServing') };
    compare('flags and variables mixed, nobody serves', audit, expected);
  });

  it('that set the same option stop etcd, which is never a pass', async () => {
    const env = join(folder, 'twice.env');
    await writeFile(env, `ETCD_CERT_FILE=${pki.cert('server')}\n`);
    const audit = await auditEtcd('--etcd-args', flags(served), '--etcd-env', env);
    const expected = { ...good, ...noFile, ...everyService('fail ConfigurationRefused') };
    compare('one option as flag and as variable', audit, expected);
  });
});

/** The same of each check of how etcd serves. */
function everyService(words: string): Readonly<Record<string, string>> {
  const ids = checks.filter((id) => id.startsWith('2.'));
  return Object.fromEntries(ids.map((id) => [id, words] as const));
}

describe('the CA', () => {
  test.each<[string, () => readonly string[], string]>([
    ['that also signs for others is no CA of etcd’s own', () => ['--other-ca', pki.ca], 'fail CaShared'],
    ['with nothing to compare it with is for a person', () => [], 'manual NothingToCompare'],
    ['that differs from all others passes', () => ['--other-ca', pki.otherCa], 'pass AsRequired'],
  ])('%s', async (_, options, expected) => {
    const { says } = await auditEtcd('--etcd-config', await written({}), ...options());
    expect(says['2.7']).toBe(expected);
  });

  it('that is not there to be read is for a person', async () => {
    const file = await written({ client: { 'trusted-ca-file': '/nowhere/ca.crt' } });
    const { says } = await auditEtcd('--etcd-config', file, '--other-ca', pki.otherCa);
    expect(says['2.7']).toBe('manual CaNotSeen');
  });
});

describe('modes', () => {
  test.each([
    [0o600, 'pass AsRequired'],
    [0o400, 'pass AsRequired'],
    [0o640, 'fail ModeTooWide'],
    [0o700, 'fail ModeTooWide'],
  ])('of the file %o: %s', async (mode, expected) => {
    const file = await written({});
    await chmod(file, mode);
    const audit = await auditEtcd('--etcd-config', file, '--other-ca', pki.otherCa);
    const wanted = { ...good, '1.1.7': expected.replace(/^pass AsRequired$/, 'pass') };
    compare(`a hardened one in a file of mode ${mode.toString(8)} (1.1.7)`, audit, wanted);
  });

  test.each([
    [0o700, 'pass AsRequired'],
    [0o750, 'fail ModeTooWide'],
  ])('of the data directory %o: %s', async (mode, expected) => {
    const dir = join(folder, 'moded');
    await mkdir(dir, { recursive: true });
    await chmod(dir, mode);
    const config = ['--etcd-config', await written({}), '--other-ca', pki.otherCa];
    const audit = await auditEtcd(...config, '--data-dir', dir);
    const wanted = { ...good, '1.1.11': expected.replace(/^pass AsRequired$/, 'pass') };
    compare(`a hardened one with data of mode ${mode.toString(8)} (1.1.11)`, audit, wanted);
  });
});

describe('bad input', () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      'a file that is not there',
      ['--etcd-config', '/nowhere'],
      /\/nowhere cannot be read: there is no such file/,
    ],
    ['an environment that is not there', ['--etcd-env', '/nowhere'], /\/nowhere cannot be read/],
    ['arguments of something else', ['--etcd-args', 'sleep 100'], /those of "sleep", which is not etcd/],
    ['a quote without its end', ['--etcd-args', "etcd --name='x"], /quote without its end/],
    ['arguments yet to be filled in', ['--etcd-args', 'etcd $ARGS'], /somebody else fills in/],
    ['an endpoint that is no URL', ['--etcd-endpoint', '10.0.0.1'], /is no URL such as https/],
    ['an endpoint with a password', ['--etcd-endpoint', 'https://a:b@c:1'], /holds a name or password/],
    ['a certificate without its key', ['--etcd-endpoint', 'https://c:1', '--cert', 'x'], /belong together/],
    ['a CA without an endpoint', ['--etcd-args', 'etcd', '--cacert', 'x'], /name it by --etcd-endpoint/],
    ['options about no etcd', ['--other-ca', 'x'], /says something of an etcd that is not named/],
    ['another guide', ['--etcd-args', 'etcd', '--guide', 'juju'], /judged by the guide cis-etcd only/],
    ['another source beside it', ['--etcd-args', 'etcd', '--juju'], /a run reads one source/],
    [
      'a version that is none',
      ['--etcd-args', 'etcd', '--etcd-version', 'new'],
      /is no version: write it as in 3\.6\.8/,
    ],
    [
      'two endpoints with one configuration',
      ['--etcd-args', 'etcd', '--etcd-endpoint', 'http://a:1', 'http://b:1'],
      /that of one member/,
    ],
  ])('%s gets a sentence and exit code 1', async (_, options, sentence) => {
    const { code, err } = await auditEtcd(...options);
    expect(err).toMatch(sentence);
    expect(err).toMatch(/^holdfast: .*\n$/);
    expect(code).toBe(1);
  });

  it('a CA file without a certificate is told by its name', async () => {
    const file = await written({});
    const { code, err } = await auditEtcd('--etcd-config', file, '--other-ca', file);
    expect([code, err]).toEqual([1, `holdfast: ${file}: it holds no certificate in PEM form\n`]);
  });
});
