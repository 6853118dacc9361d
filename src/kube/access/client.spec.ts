import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { controllerCertificate, type ControllerCertificate } from '../../../test/support/certificate.js';
import { eventually } from '../../../test/support/juju-server.js';
import { kubeServer, type KubeFault, type KubeServer } from '../../../test/support/kube-server.js';
import { realClock } from '../../../test/support/real-clock.js';
import { ApiError, troubleOf } from './api-error.js';
import { KubeClient, type ClientSettings } from './client.js';
import type { ClusterAccess } from './cluster-access.js';
import { inClusterAccess } from './in-cluster.js';

const secret = 'eyJhbGciOi.token.secret';
let certificate: ControllerCertificate;
let server: KubeServer;
let folder: string;
const clients: KubeClient[] = [];

beforeAll(async () => {
  certificate = await controllerCertificate(['localhost']);
});

beforeEach(async () => {
  server = await kubeServer(certificate);
  folder = await mkdtemp(join(tmpdir(), 'holdfast-kube-'));
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
  await rm(folder, { recursive: true });
});

afterAll(() => {
  expect(clients).toEqual([]);
});

function client(access: Partial<ClusterAccess> = {}, settings: Partial<ClientSettings> = {}): KubeClient {
  const made = new KubeClient({
    access: {
      name: 'lab',
      server: new URL(server.url),
      ca: { text: certificate.caCert },
      token: { text: secret },
      ...access,
    },
    clock: realClock(),
    userAgent: 'holdfast/test',
    settings,
  });
  clients.push(made);
  return made;
}

async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  const trouble = troubleOf(error);
  expect(trouble).not.toContain(secret);
  return trouble;
}

describe('the client of an API server', () => {
  it('reads with its token, over a connection that it keeps', async () => {
    const given = client();
    for (let times = 0; times < 3; times += 1)
      await expect(given.get('/version')).resolves.toMatchObject({ gitVersion: 'v1.36.3' });
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(Array(3).fill(`Bearer ${secret}`));
    expect(server.sockets.size).toBe(1);
  });

  it('reads its token anew from its file, as it rotates', async () => {
    await writeFile(join(folder, 'token'), 'first\n');
    const given = client({ token: { file: join(folder, 'token') } });
    await given.get('/version');
    await writeFile(join(folder, 'token'), 'second\n');
    await given.get('/version');
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer second']);
  });

  it('trusts a new CA as soon as its file holds it', async () => {
    const other = await controllerCertificate(['localhost']);
    await writeFile(join(folder, 'ca.crt'), other.caCert);
    const given = client({ ca: { file: join(folder, 'ca.crt') } });
    await expect(failureOf(given.get('/version'))).resolves.toMatch(/certificate|SIGNATURE/i);
    await writeFile(join(folder, 'ca.crt'), certificate.caCert);
    await expect(given.get('/version')).resolves.toMatchObject({ gitVersion: 'v1.36.3' });
  });

  it('refuses a server whose certificate is for somebody else', async () => {
    await expect(failureOf(client({ tlsServerName: 'kubernetes' }).get('/version'))).resolves.toMatch(
      /^its certificate is for another host \(/,
    );
  });

  test.each<[string, KubeFault, string]>([
    [
      'a refusal',
      { status: 403, body: { message: 'pods is forbidden', reason: 'Forbidden', code: 403 } },
      'pods is forbidden',
    ],
    ['an error without words', { status: 500, body: 'x' }, 'the API server answered 500'],
    ['an answer that is no JSON', { raw: '<html>' }, 'the answer is no JSON'],
    ['a dropped connection', 'drop', 'the connection was closed (socket hang up)'],
    ['no answer', 'mute', 'the API server took longer than 0.2 s'],
    [
      'a body beyond measure',
      { raw: JSON.stringify('x'.repeat(5000)) },
      'the answer is longer than 4000 bytes',
    ],
  ])('tells of %s in a sentence', async (_, fault, sentence) => {
    server.faults = () => fault;
    const given = client({}, { headDeadlineMs: fault === 'mute' ? 200 : 60_000, bodyLimit: 4000 });
    await expect(failureOf(given.get('/api/v1/pods'))).resolves.toBe(sentence);
  });

  it('tells how long the server asks to wait', async () => {
    server.faults = () => ({ status: 429, headers: { 'retry-after': '3' } });
    const error = await client()
      .get('/version')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 429, retryAfter: 3000 });
  });

  it('does not wait for ever for the rest of an answer', async () => {
    const given = client({}, { bodyDeadlineMs: 100 });
    await expect(failureOf(given.get('/api/v1/pods?watch=1&resourceVersion=100'))).resolves.toBe(
      'the answer took longer than 0.1 s',
    );
  });

  it('ends a stream when its signal says so, and the connection with it', async () => {
    const given = client();
    const controller = new AbortController();
    const stream = await given.stream('/api/v1/pods?watch=1&resourceVersion=100', controller.signal);
    expect(server.sockets.size).toBe(1);
    controller.abort(new Error('enough'));
    await expect(drain(stream)).rejects.toThrow();
    await eventually('the connection to end', () => server.sockets.size === 0);
  });

  test.each([
    ['empty', ''],
    ['more than one line', 'abc\r\nX-Forged: 1'],
  ])('does not send a token that is %s', async (_, content) => {
    await writeFile(join(folder, 'token'), content);
    const trouble = await failureOf(client({ token: { file: join(folder, 'token') } }).get('/version'));
    expect(trouble).toBe('The token for the cluster is empty or no token.');
    expect(server.asked).toEqual([]);
  });
});

describe('access from within a cluster', () => {
  it('is that of the service account', () => {
    expect(inClusterAccess('here', { host: 'fd00::1', port: '6443' })).toEqual({
      name: 'here',
      server: new URL('https://[fd00::1]:6443'),
      ca: { file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
      token: { file: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
    });
  });

  it('is refused outside of one', () => {
    expect(() => inClusterAccess('here', { host: undefined, port: undefined })).toThrow('This is not a pod');
  });
});

async function drain(stream: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of stream) expect(piece.length).toBeGreaterThan(0);
}
