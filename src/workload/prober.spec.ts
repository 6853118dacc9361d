import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { controllerCertificate, type ControllerCertificate } from '../../test/support/certificate.js';
import { deadlineOnce } from '../../test/support/deadline-once.js';
import { realClock } from '../../test/support/real-clock.js';
import type { PortProbe } from '../core/snapshot.js';
import { tcpProber, type ProberOptions } from './prober.js';

const version =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 45\r\n\r\n{"etcdserver":"3.5.16","etcdcluster":"3.5.0"}';
const complaint = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';

let pki: ControllerCertificate;
beforeAll(async () => {
  pki = await controllerCertificate(['etcd-server']);
});

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Listens on a free port of the loopback. */
async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function plainServer(serve: (socket: Socket) => void): Promise<number> {
  return listening(createTcpServer(serve));
}

/** Answers requests once the handshake is through, as etcd does. */
function tlsServer(options: TlsOptions, serve = answerWith(version)): Promise<number> {
  const server = createTlsServer({ key: pki.key, cert: pki.cert, ca: pki.caCert, ...options }, serve);
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

function answerWith(text: string): (socket: Socket) => void {
  return (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.end(text);
    });
  };
}

function probe(port: number, more: Partial<ProberOptions> = {}, signal?: AbortSignal): Promise<PortProbe> {
  const prober = tcpProber({
    clock: realClock(),
    deadlineMs: 60_000,
    listenMs: 100,
    mayProbe: () => true,
    ...more,
  });
  return prober.probe({ unit: 'etcd/0', address: '127.0.0.1', port, protocol: 'etcd-client' }, signal);
}

describe('a server without TLS', () => {
  test('that answers HTTP is in the clear', async () => {
    const port = await plainServer(answerWith(version));
    expect(await probe(port)).toEqual({ port, answer: 'plaintext' });
  });

  test('is asked for what its protocol serves to anybody', async () => {
    const asked: string[] = [];
    const port = await plainServer((socket) => {
      socket.once('data', (chunk: Buffer) => {
        asked.push(chunk.toString('latin1'));
        socket.end(version);
      });
    });
    const prober = tcpProber({ clock: realClock(), mayProbe: () => true });
    for (const protocol of ['etcd-client', 'etcd-peer'] as const)
      await prober.probe({ unit: 'etcd/0', address: '127.0.0.1', port, protocol });
    expect(asked.map((request) => request.slice(0, request.indexOf('\r\n')))).toEqual([
      'GET /version HTTP/1.1',
      'GET /members HTTP/1.1',
    ]);
    expect(asked[0]).toContain(`\r\nHost: 127.0.0.1:${port}\r\n`);
  });

  test('that answers 400 and speaks no TLS is in the clear all the same', async () => {
    const port = await plainServer(answerWith('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await probe(port)).toEqual({ port, answer: 'plaintext' });
  });

  test('that answers in small pieces is still recognised', async () => {
    const port = await plainServer((socket) => {
      socket.once('data', () => {
        socket.write('HT');
        setTimeout(() => socket.end(version.slice(2)), 50);
      });
    });
    expect(await probe(port)).toEqual({ port, answer: 'plaintext' });
  });

  test('that speaks something else is not recognised', async () => {
    const port = await plainServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    expect(await probe(port)).toEqual({ port, answer: 'unrecognised' });
  });

  test('that hangs up at once is not recognised', async () => {
    const port = await plainServer((socket) => socket.destroy());
    expect(await probe(port)).toEqual({ port, answer: 'unrecognised' });
  });
});

describe('a TLS server', () => {
  test('that serves without a certificate of ours', async () => {
    const port = await tlsServer({});
    const seen = await probe(port);
    expect(seen).toMatchObject({
      port,
      answer: 'tls',
      certificate: { subject: 'CN=*', issuer: 'CN=juju-ca' },
    });
    expect(seen.protocol).toMatch(/^TLSv1\.3 TLS_AES_/);
    expect(seen.certificate?.notAfter).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(seen.certificate!.notAfter)).toBeGreaterThan(Date.now());
  });

  test('that wants a client certificate says so only after the handshake of TLS 1.3', async () => {
    const port = await tlsServer({ requestCert: true, rejectUnauthorized: true });
    const seen = await probe(port);
    expect(seen).toMatchObject({ answer: 'tls-client-certificate', certificate: { issuer: 'CN=juju-ca' } });
    expect(seen.protocol).toMatch(/^TLSv1\.3 /);
  });

  test('that wants a client certificate in TLS 1.2 breaks off the handshake', async () => {
    const port = await tlsServer({ requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' });
    expect(await probe(port)).toEqual({ port, answer: 'tls-client-certificate' });
  });

  test('that asks for a certificate without insisting serves anybody', async () => {
    const port = await tlsServer({ requestCert: true, rejectUnauthorized: false });
    expect(await probe(port)).toMatchObject({ answer: 'tls' });
  });

  test('of an old version is seen with that version', async () => {
    const port = await tlsServer({
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect((await probe(port)).protocol).toMatch(/^TLSv1\.1 /);
  });

  test('with which no cipher can be agreed is not taken for one that wants a certificate', async () => {
    const port = await tlsServer({
      maxVersion: 'TLSv1.2',
      ciphers: 'PSK-AES128-CBC-SHA',
      pskCallback: () => null,
    });
    expect(await probe(port)).toEqual({ port, answer: 'unrecognised' });
  });

  test('that breaks off in silence after the handshake proves nothing about certificates', async () => {
    const port = await tlsServer({}, (socket) => socket.destroy());
    expect(await probe(port)).toMatchObject({ answer: 'unrecognised', certificate: { subject: 'CN=*' } });
  });

  test("that complains in plain HTTP, as Go's do, is a TLS server", async () => {
    const tls = await tlsServer({});
    const port = await plainServer((socket) => {
      socket.once('data', (first: Buffer) => {
        if (first[0] === 0x16) relay(socket, tls, first);
        else socket.end(complaint);
      });
    });
    expect(await probe(port)).toMatchObject({ answer: 'tls' });
  });

  test('that also answers in the clear on the same port is in the clear', async () => {
    const tls = await tlsServer({ requestCert: true, rejectUnauthorized: true });
    const port = await plainServer((socket) => {
      socket.once('data', (first: Buffer) => {
        if (first[0] === 0x16) relay(socket, tls, first);
        else socket.end(version);
      });
    });
    expect(await probe(port)).toEqual({ port, answer: 'plaintext' });
  });
});

/** Hands a connection on to another port of the loopback, its first bytes included. */
function relay(socket: Socket, port: number, first: Buffer): void {
  const onward = connect(port, '127.0.0.1');
  sockets.add(onward);
  onward.on('error', () => undefined);
  onward.write(first);
  socket.pipe(onward).pipe(socket);
}

describe('no answer', () => {
  test('a closed port refuses', async () => {
    const port = await plainServer(() => undefined);
    await new Promise((resolve) => servers.pop()!.close(resolve));
    expect(await probe(port)).toEqual({ port, answer: 'refused' });
  });

  test('a server that accepts and says nothing runs into the deadline', async () => {
    const port = await plainServer(() => undefined);
    expect(await probe(port, { deadlineMs: 200 })).toEqual({ port, answer: 'timeout' });
  });

  test('a TLS server that says nothing after the handshake is a timeout, with what the handshake showed', async () => {
    let isThrough = false;
    const port = await tlsServer({}, () => {
      isThrough = true;
    });
    const deadlineMs = 50_000;
    const clock = deadlineOnce(deadlineMs, () => isThrough);
    expect(await probe(port, { deadlineMs, clock })).toMatchObject({
      answer: 'timeout',
      certificate: { subject: 'CN=*' },
    });
  });

  test('an aborted probe rejects with the reason, and leaves no connection behind', async () => {
    const abort = new AbortController();
    const gone = Promise.withResolvers<string>();
    const port = await plainServer((socket) => {
      socket.once('data', () => {
        abort.abort(new Error('shutting down'));
      });
      socket.once('end', () => {
        gone.resolve('gone');
      });
    });
    await expect(probe(port, { deadlineMs: 20_000 }, abort.signal)).rejects.toThrow('shutting down');
    expect(await gone.promise).toBe('gone');
  });

  test('a probe that was aborted before rejects at once', async () => {
    const port = await plainServer(() => undefined);
    await expect(probe(port, {}, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});

describe('places that are never connected to', () => {
  test.each([
    'localhost',
    'etcd.example.com',
    '127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    'fe80::1',
    '224.0.0.1',
    '10.0.0.1\n',
    '',
  ])('%p', async (address) => {
    let asked = 0;
    const port = await plainServer(() => {
      asked += 1;
    });
    const prober = tcpProber({ clock: realClock() });
    const target = { unit: 'etcd/0', address, port, protocol: 'etcd-client' } as const;
    expect(await prober.probe(target)).toEqual({ port, answer: 'unreachable' });
    expect(asked).toBe(0);
  });

  test.each([0, -1, 65_536, 1.5, Number.NaN])('port %p', async (port) => {
    expect(await probe(port)).toEqual({ port, answer: 'unreachable' });
  });
});
