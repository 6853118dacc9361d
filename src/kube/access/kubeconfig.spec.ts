import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { AccessError } from './access-error.js';
import { parseKubeconfig, readKubeconfig } from './kubeconfig.js';

const file = '/etc/holdfast/cluster.yaml';
const secret = 'a-very-secret-token';

interface Parts {
  readonly cluster?: object;
  readonly user?: object;
}

function config({ cluster, user }: Parts = {}): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'blue',
    clusters: [
      {
        name: 'c1',
        cluster: cluster ?? { server: 'https://10.0.0.1:16443', 'certificate-authority': 'ca.crt' },
      },
      {
        name: 'c2',
        cluster: { server: 'https://[fd00::1]/k8s/clusters/x', 'tls-server-name': 'kubernetes' },
      },
    ],
    contexts: [
      { name: 'blue', context: { cluster: 'c1', user: 'u1' } },
      { name: 'green', context: { cluster: 'c2', user: 'u2' } },
    ],
    users: [
      { name: 'u1', user: user ?? { token: secret } },
      { name: 'u2', user: { 'client-certificate-data': btoa('CERT'), 'client-key': 'keys/u2.pem' } },
    ],
  });
}

describe('a kubeconfig', () => {
  it('tells of its current context where none is named', () => {
    expect(parseKubeconfig(config(), { file })).toEqual({
      name: 'blue',
      server: new URL('https://10.0.0.1:16443'),
      ca: { file: '/etc/holdfast/ca.crt' },
      token: { text: secret },
    });
  });

  it('tells of another context: several clusters may stand in one file', () => {
    expect(parseKubeconfig(config(), { file, context: 'green' })).toEqual({
      name: 'green',
      server: new URL('https://[fd00::1]/k8s/clusters/x'),
      tlsServerName: 'kubernetes',
      clientCertificate: { certificate: { text: 'CERT' }, key: { file: '/etc/holdfast/keys/u2.pem' } },
    });
  });

  it('prefers a token file to a token, as kubectl does', () => {
    const access = parseKubeconfig(config({ user: { token: secret, tokenFile: 'token' } }), { file });
    expect(access.token).toEqual({ file: '/etc/holdfast/token' });
  });

  const server = 'https://10.0.0.1';
  test.each<[string, Parts, string]>([
    [
      'a program for the credential',
      { user: { exec: { command: 'aws' } } },
      'Holdfast starts no program but juju',
    ],
    ['an auth-provider', { user: { 'auth-provider': { name: 'gcp' } } }, 'Kubernetes has given up'],
    ['a password', { user: { username: 'admin', password: secret } }, 'Kubernetes has given up'],
    ['impersonation', { user: { token: secret, as: 'root' } }, 'bind the roles to the user itself'],
    ['no credential', { user: {} }, 'neither a token nor a client certificate'],
    ['a certificate without its key', { user: { 'client-certificate': 'c' } }, 'neither a token nor'],
    [
      'no check of the certificate',
      { cluster: { server, 'insecure-skip-tls-verify': true } },
      'give its CA instead',
    ],
    ['a proxy', { cluster: { server, 'proxy-url': 'http://proxy' } }, 'proxy-url'],
    ['no TLS', { cluster: { server: 'http://10.0.0.1' } }, 'travel in the clear'],
    ['no server', { cluster: {} }, 'names no server that is a URL'],
  ])('with %s is refused with a sentence that holds no secret', (_, parts, sentence) => {
    const error = thrownBy(() => parseKubeconfig(config(parts), { file }));
    expect(error.message).toContain(sentence);
    expect(error.message).not.toContain(secret);
  });

  it('names the contexts there are when asked for another', () => {
    const error = thrownBy(() => parseKubeconfig(config(), { file, context: 'red' }));
    expect(error.message).toBe(`${file} has no 'red' among its contexts: blue, green.`);
  });

  it('that is no YAML is refused by its line, without quoting it', () => {
    const error = thrownBy(() => parseKubeconfig(`users:\n  - token: "${secret}\n`, { file }));
    expect(error.message).toMatch(/is not valid YAML at line \d+\.$/);
    expect(error.message).not.toContain(secret);
  });

  it('of any content is read or refused with a sentence', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => stringify(value)),
        ),
        (content) => {
          expect(thrownBy(() => parseKubeconfig(content, { file }))).toBeInstanceOf(AccessError);
        },
      ),
    );
  });

  it('is read from its file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-kubeconfig-'));
    try {
      await writeFile(join(folder, 'config'), config());
      await expect(readKubeconfig(join(folder, 'config'), 'green')).resolves.toMatchObject({ name: 'green' });
      await expect(readKubeconfig(join(folder, 'none'))).rejects.toThrow('cannot be read: ENOENT.');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function thrownBy(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof AccessError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
