import { describe, expect, it, test } from '@jest/globals';
import type { EtcdConfiguration } from '../../core/evidence/etcd.js';
import { etcdArguments } from './command-line.js';
import { readVariables } from './environment.js';
import { EtcdSourceError } from './etcd-source-error.js';
import { namedFile, readEtcdConfiguration, type EtcdSources } from './read-configuration.js';

const version = '3.6.8';

function read(sources: EtcdSources, of: string | undefined = version): EtcdConfiguration {
  return readEtcdConfiguration(sources, of);
}

const file = (text: string): EtcdSources => ({ file: { name: 'etcd.yml', text } });
const flags = (...given: string[]): EtcdSources => ({ flags: given });
const environment = (text: string): EtcdSources => ({ variables: readVariables(text) });

/** What a setting came to be, with its origin; the refusal where etcd does not start; `unset` where the default holds. */
function setting(configuration: EtcdConfiguration, name: string): string {
  if (configuration.refusal !== undefined) return 'refused';
  const found = configuration.settings[name];
  return found === undefined ? 'unset' : `${found.value} by ${found.origin}`;
}

const client = (lines: string): EtcdSources =>
  file(`client-transport-security:\n${lines.replace(/^/gm, '  ')}\n`);

describe('who rules', () => {
  const good = 'client-transport-security:\n  client-cert-auth: true\n';

  it('a file makes flags and variables ignored, and says so', () => {
    const configuration = read({
      ...file(good),
      flags: ['--client-cert-auth=false'],
      variables: readVariables('ETCD_AUTO_TLS=true'),
    });
    expect(setting(configuration, 'client-cert-auth')).toBe('true by file');
    expect(setting(configuration, 'auto-tls')).toBe('unset');
    expect(configuration.ignored).toEqual([
      '--client-cert-auth is ignored, because a configuration file is used',
      'ETCD_AUTO_TLS is ignored, because a configuration file is used',
    ]);
  });

  it('even an empty file does', () => {
    const configuration = read({ ...file(''), flags: ['--client-cert-auth'] });
    expect([configuration.ruledBy, setting(configuration, 'client-cert-auth')]).toEqual(['file', 'unset']);
  });

  it('a flag that is none stops etcd, file or not', () => {
    expect(read({ ...file(good), flags: ['--nonsense'] }).refusal).toContain('--nonsense');
  });

  it('different options mix freely', () => {
    const configuration = read({
      flags: ['--cert-file=a'],
      variables: readVariables('ETCD_KEY_FILE=b\nETCD_NAME=x'),
    });
    expect(configuration.settings).toMatchObject({
      'cert-file': { value: 'a', origin: 'flag' },
      'key-file': { value: 'b', origin: 'environment' },
    });
  });

  test.each([
    ['with another value', '--auto-tls=false', 'ETCD_AUTO_TLS=true'],
    ['with the same value', '--auto-tls', 'ETCD_AUTO_TLS=true'],
    ['with an empty variable', '--name=x', 'ETCD_NAME='],
  ])('one option as flag and as variable is fatal, %s', (_, flag, variable) => {
    expect(read({ flags: [flag], variables: readVariables(variable) }).refusal).toMatch(
      /set the same option/,
    );
  });

  test.each<[string, EtcdSources, string | undefined]>([
    [
      "the flag's file beats the variable's",
      { flags: ['--config-file', 'a'], variables: readVariables('ETCD_CONFIG_FILE=b') },
      'a',
    ],
    ['the variable names one alone', environment('ETCD_CONFIG_FILE=b'), 'b'],
    ['an empty flag names none', flags('--config-file='), undefined],
    ['an empty variable names none', environment('ETCD_CONFIG_FILE='), undefined],
    ['nothing names none', {}, undefined],
  ])('%s', (_, sources, expected) => {
    expect(namedFile(sources)).toBe(expected);
  });
});

describe('flags', () => {
  test.each<[string, readonly string[], string]>([
    ['a boolean alone is true', ['--auto-tls'], 'true by flag'],
    ['one dash equals two', ['-auto-tls=1'], 'true by flag'],
    ['T is true', ['--auto-tls=T'], 'true by flag'],
    ['F is false', ['--auto-tls=F'], 'false by flag'],
    ['yes stops etcd', ['--auto-tls=yes'], 'refused'],
    ['on stops etcd', ['--auto-tls=on'], 'refused'],
    ['tRuE stops etcd', ['--auto-tls=tRuE'], 'refused'],
    ['a boolean takes no second word', ['--auto-tls', 'true'], 'refused'],
    ['the last one wins', ['--auto-tls=true', '--auto-tls=false'], 'false by flag'],
    ['abbreviations are none', ['--auto-tl'], 'refused'],
    ['case matters', ['--AUTO-TLS'], 'refused'],
    ['ca-file is none', ['--ca-file=x'], 'refused'],
    ['words behind a double dash are too many', ['--', 'x'], 'refused'],
    ['help does not serve', ['--auto-tls', '--help'], 'refused'],
    ['version does not serve', ['--version'], 'refused'],
    ['three dashes are too many', ['---auto-tls'], 'refused'],
  ])('%s', (_, given, expected) => {
    expect(setting(read({ flags: given }), 'auto-tls')).toBe(expected);
  });

  test.each<[string, readonly string[]]>([
    ['a text without its value', ['--cert-file']],
    ['a number that is none', ['--election-timeout=soon']],
    ['a duration that is none', ['--grpc-keepalive-interval=5']],
    ['a URL without a scheme', ['--listen-peer-urls=127.0.0.1:2380']],
    ['a URL without a port', ['--listen-peer-urls=http://127.0.0.1']],
    ['a URL with a path', ['--listen-peer-urls=http://127.0.0.1:1/x']],
    ['a URL by name', ['--listen-peer-urls=http://etcd.example:2380']],
    ['client URLs that are not advertised', ['--listen-client-urls=http://127.0.0.1:1']],
    ['a member certificate without its key', ['--peer-cert-file=a']],
    [
      'https without a certificate',
      ['--listen-peer-urls=https://127.0.0.1:2380', '--initial-advertise-peer-urls=https://127.0.0.1:2380'],
    ],
    ['an election shorter than five heartbeats', ['--heartbeat-interval=300']],
    ['a TLS version that is none', ['--tls-min-version=TLS1.1']],
  ])('%s stops etcd', (_, given) => {
    expect(read({ flags: given }).refusal).toEqual(expect.any(String));
  });

  test.each<[string, string | undefined, string | undefined]>([
    ['is known to 3.5', '3.5.16', undefined],
    ['is unknown to 3.6', '3.6.8', 'refusal'],
    ['depends where the version is not known', undefined, 'dependsOnVersion'],
  ])('--proxy-refresh-interval %s', (_, of, told) => {
    const configuration = readEtcdConfiguration(flags('--proxy-refresh-interval=1'), of);
    expect(Object.keys(configuration).find((key) => key === 'refusal' || key === 'dependsOnVersion')).toBe(
      told,
    );
  });
});

describe('variables', () => {
  test.each<[string, string, string]>([
    ['true is true', 'ETCD_AUTO_TLS=true', 'true by environment'],
    ['quotes are taken off', 'ETCD_AUTO_TLS="true"', 'true by environment'],
    ['the last of two lines wins', 'ETCD_AUTO_TLS=true\nETCD_AUTO_TLS=false', 'false by environment'],
    ['of a process the first wins', 'ETCD_AUTO_TLS=true\0ETCD_AUTO_TLS=false\0', 'true by environment'],
    ['empty is unset', 'ETCD_AUTO_TLS=', 'unset'],
    ['comments are none', '# ETCD_AUTO_TLS=true\n; x', 'unset'],
    ['yes stops etcd', 'ETCD_AUTO_TLS=yes', 'refused'],
    ['an unknown one is only warned about', 'ETCD_AUTO_TSL=true', 'unset'],
  ])('%s', (_, text, expected) => {
    expect(setting(read(environment(text)), 'auto-tls')).toBe(expected);
  });

  it('of no meaning are told', () => {
    expect(read(environment('ETCD_AUTO_TSL=true')).ignored).toEqual(['ETCD_AUTO_TSL is no variable of etcd']);
  });
});

describe('the file', () => {
  test.each<[string, string]>([
    ...['true', 'yes', 'on', 'y', 'True', 'ON'].map((text): [string, string] => [text, 'true by file']),
    ...['false', 'no', 'off', 'n', 'False'].map((text): [string, string] => [text, 'false by file']),
    ...['null', '~', ''].map((text): [string, string] => [text, 'unset']),
    ...['"true"', '1', '0', 'T', 'tRuE', '[true]', '{a: b}'].map((text): [string, string] => [
      text,
      'refused',
    ]),
  ])('client-cert-auth: %s', (text, expected) => {
    expect(setting(read(client(`client-cert-auth: ${text}`)), 'client-cert-auth')).toBe(expected);
  });

  test.each<[string, EtcdSources, string]>([
    ['keys know no case', client('Client-Cert-Auth: true'), 'true by file'],
    ['underscores are other keys', client('client_cert_auth: true'), 'unset'],
    ['flag names at the top are other keys', file('client-cert-auth: true'), 'unset'],
    [
      'of two blocks the last wins as a whole',
      file(
        'client-transport-security: {client-cert-auth: true}\nclient-transport-security: {auto-tls: false}',
      ),
      'unset',
    ],
    [
      'blocks that differ in case are one',
      file(
        'client-transport-security: {auto-tls: false}\nCLIENT-transport-security: {client-cert-auth: true}',
      ),
      'true by file',
    ],
    ['of two keys the last wins', client('client-cert-auth: true\nclient-cert-auth: false'), 'false by file'],
    [
      'only the first document counts',
      file('name: x\n---\nclient-transport-security: {client-cert-auth: true}'),
      'unset',
    ],
    [
      'an anchor is what it stands for',
      file('peer-transport-security: &a {client-cert-auth: true}\nclient-transport-security: *a'),
      'true by file',
    ],
    [
      'merge keys merge',
      file('x: &a {client-cert-auth: true}\nclient-transport-security: {<<: *a}'),
      'true by file',
    ],
    ['JSON is YAML', file('{"client-transport-security": {"client-cert-auth": true}}'), 'true by file'],
    [
      'line ends of Windows and a byte order mark do no harm',
      file('\uFEFFclient-transport-security:\r\n  client-cert-auth: true\r\n'),
      'true by file',
    ],
    ['tabs do', file('client-transport-security:\n\tclient-cert-auth: true\n'), 'refused'],
    ['an empty block sets nothing', file('client-transport-security:\n'), 'unset'],
    ['a block that is a text stops etcd', file('client-transport-security: x\n'), 'refused'],
    ['a file that is a text stops etcd', file('client-cert-auth'), 'refused'],
    ['a list of URLs stops etcd', file('listen-client-urls: [http://127.0.0.1:1]'), 'refused'],
    ['a duration in words stops etcd', file('grpc-keepalive-interval: 5s'), 'refused'],
    ['a number for a text stops etcd', file('initial-cluster-token: 12'), 'refused'],
    ['a boolean for a text stops etcd', file('initial-cluster-token: yes'), 'refused'],
  ])('%s', (_, sources, expected) => {
    expect(setting(read(sources), 'client-cert-auth')).toBe(expected);
  });

  it('says which keys mean nothing', () => {
    const { ignored } = read(file('ca-file: x\nclient-transport-security: {ca-file: y}'));
    expect(ignored).toEqual([
      'the key "ca-file" means nothing to etcd',
      'the key "ca-file" in client-transport-security means nothing to etcd',
    ]);
  });

  test.each<[string, string | undefined, string]>([
    ['is refused from 3.6 on', '3.6.0', 'refusal'],
    ['is taken before', '3.5.16', 'nothing'],
    ['depends where the version is not known', undefined, 'dependsOnVersion'],
  ])('an empty peer-transport-security %s', (_, of, told) => {
    const configuration = readEtcdConfiguration(file('peer-transport-security:\n'), of);
    const found = Object.keys(configuration).find((key) => key === 'refusal' || key === 'dependsOnVersion');
    expect(found ?? 'nothing').toBe(told);
  });

  it('keeps no secret: only settings that are judged', () => {
    const secret = 'hunter2hunter2';
    const { settings, ignored } = read(
      file(
        `discovery-password: ${secret}\ninitial-cluster-token: ${secret}\nauth-token: ${secret}\nmy-${secret.slice(0, 2)}: ${secret}`,
      ),
    );
    expect(JSON.stringify({ settings, ignored })).not.toContain(secret);
  });
});

describe('what is no source', () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  const laughs = Array.from({ length: 20 }, (_, n) =>
    n === 0
      ? 'a0: &a0 [x,x,x,x,x,x,x,x]'
      : `a${n}: &a${n} [${Array(8)
          .fill(`*a${n - 1}`)
          .join(',')}]`,
  ).join('\n');
  test.each<[string, () => unknown]>([
    ['a file that is too long', () => read(file('x'.repeat(200_000)))],
    ['a file that nests beyond reason', () => read(file(deep))],
    ['a file that repeats itself beyond reason', () => read(file(laughs))],
    ['a file that is not text', () => read(file('a\0b'))],
    ['a quote without its end', () => etcdArguments("--name='x")],
    ['the arguments of another program', () => etcdArguments('sleep 1000 --cert-file=x')],
    ['variables that somebody else fills in', () => etcdArguments('/usr/bin/etcd $DAEMON_ARGS')],
    ['lines that are no variables', () => readVariables('what is this')],
  ])('%s is told', (_, act) => {
    expect(act).toThrow(EtcdSourceError);
  });

  it('a command line is etcd’s with its path, or without a program', () => {
    expect(etcdArguments(`/usr/bin/etcd --name 'a b' --data-dir="x\\"y" z\\ w`)).toEqual([
      '--name',
      'a b',
      '--data-dir=x"y',
      'z w',
    ]);
    expect(etcdArguments('--name x')).toEqual(['--name', 'x']);
  });
});
