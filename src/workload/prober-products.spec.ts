import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { controllerCertificate, type ControllerCertificate } from '../../test/support/certificate.js';
import { realClock } from '../../test/support/real-clock.js';
import type { ProbeProtocol } from '../core/ports/prober.js';
import type { PortProbe } from '../core/snapshot.js';
import { kafkaSession, patroniSession, zookeeperSession, type Session } from '../simulator/ports/sessions.js';
import { tcpProber } from './prober.js';

let pki: ControllerCertificate;
beforeAll(async () => {
  pki = await controllerCertificate(['db']);
});

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function secured(session: Session, options: TlsOptions = {}): Server {
  const server = createTlsServer({ key: pki.key, cert: pki.cert, ca: pki.caCert, ...options }, session);
  server.on('tlsClientError', () => undefined);
  return server;
}

/** The deadline is short where it is to pass. */
async function probe(
  server: Server,
  protocol: ProbeProtocol,
  expected?: PortProbe['answer'],
): Promise<PortProbe> {
  const port = await listening(server);
  const deadlineMs = expected === 'timeout' ? 300 : 60_000;
  const prober = tcpProber({ clock: realClock(), deadlineMs, listenMs: 100, mayProbe: () => true });
  return prober.probe({ unit: 'db/0', address: '127.0.0.1', port, protocol });
}

const shy: TlsOptions = { requestCert: true, rejectUnauthorized: true };
/** Silent to what it does not know, as a server is that waits for the rest. */
const mute: Session = () => undefined;
const hangUp: Session = (socket) => socket.once('data', () => socket.destroy());
const garbage: Session = (socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));

describe.each<[ProbeProtocol, Session]>([
  ['patroni', patroniSession],
  ['kafka', kafkaSession],
  ['zookeeper', zookeeperSession],
])('%s', (protocol, session) => {
  test.each<[string, () => Server, PortProbe['answer']]>([
    ['answers in the clear', () => createServer(session), 'plaintext'],
    ['answers within TLS', () => secured(session), 'tls'],
    ['answers within TLS 1.2', () => secured(session, { maxVersion: 'TLSv1.2' }), 'tls'],
    ['wants a certificate', () => secured(session, shy), 'tls-client-certificate'],
    ['says nothing', () => createServer(mute), 'timeout'],
    ['goes away', () => createServer(hangUp), 'unrecognised'],
    ['is something else', () => createServer(garbage), 'unrecognised'],
  ])('that %s', async (_, server, expected) => {
    expect((await probe(server(), protocol, expected)).answer).toBe(expected);
  });
});

/** The fields of an error as PostgreSQL 15 and PgBouncer 1.18 send them. */
const noRule = 'SFATAL\0VFATAL\0C28000\0Mno pg_hba.conf entry\0Fauth.c\0L543\0RClientAuthentication\0\0';
const noRole =
  'SFATAL\0VFATAL\0C28000\0Mrole does not exist\0Fmiscinit.c\0L727\0RInitializeSessionUserId\0\0';
const starting = 'SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0RProcessStartupPacket\0\0';
const sslRequired = 'SFATAL\0C08P01\0MSSL required\0\0';
const noDatabase = 'SFATAL\0C08P01\0Mno such database: holdfast-probe\0\0';

function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, Buffer.from(body, 'latin1')]);
}

const password = message('R', '\0\0\0\nSCRAM-SHA-256\0\0');
const md5 = message('R', '\0\0\0\u0005salt');

interface Replies {
  /** To the request for TLS. */
  readonly offer: string;
  readonly inClear: Buffer;
  readonly withinTls?: Buffer;
  readonly options?: TlsOptions;
}

const seen: Buffer[] = [];

function postgresql({ offer, inClear, withinTls = password, options = {} }: Replies): Server {
  return createServer((socket) => {
    socket.once('data', (first: Buffer) => {
      seen.push(first);
      if (first.readInt32BE(4) !== 80_877_103) {
        socket.write(inClear);
        return;
      }
      socket.write(offer);
      if (offer !== 'S') return;
      const inner = new TLSSocket(socket, { isServer: true, key: pki.key, cert: pki.cert, ...options });
      inner.on('error', () => undefined);
      inner.once('data', (startup: Buffer) => {
        seen.push(startup);
        inner.write(withinTls);
      });
    });
  });
}

describe('postgresql', () => {
  const turnedAway = message('E', noRule);
  test.each<[string, Replies, PortProbe['answer'], boolean]>([
    ['without TLS asks for the password', { offer: 'N', inClear: password }, 'plaintext', false],
    ['without TLS has no rule for us', { offer: 'N', inClear: turnedAway }, 'plaintext', false],
    ['that offers TLS lets in who does without', { offer: 'S', inClear: md5 }, 'plaintext', true],
    ['trusts callers in the clear', { offer: 'S', inClear: message('E', noRole) }, 'plaintext', true],
    ['lets in nobody without TLS', { offer: 'S', inClear: turnedAway }, 'tls', true],
    [
      'has no rule for strangers at all',
      { offer: 'S', inClear: turnedAway, withinTls: turnedAway },
      'unrecognised',
      true,
    ],
    [
      'cannot tell yet, as it starts',
      { offer: 'S', inClear: message('E', starting), withinTls: message('E', starting) },
      'unrecognised',
      true,
    ],
    ['is PgBouncer, which demands TLS', { offer: 'S', inClear: message('E', sslRequired) }, 'tls', true],
    ['is PgBouncer, which prefers TLS', { offer: 'S', inClear: message('E', noDatabase) }, 'plaintext', true],
    [
      'is PgBouncer, which wants a certificate',
      {
        offer: 'S',
        inClear: message('E', sslRequired),
        options: { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
      },
      'tls-client-certificate',
      false,
    ],
    ['smuggles more behind its yes', { offer: 'SR', inClear: turnedAway }, 'unrecognised', false],
    ['answers something else', { offer: 'HTTP/1.1 400', inClear: password }, 'plaintext', false],
    ['is something else', { offer: 'SSH-2.0', inClear: Buffer.from('SSH-2.0') }, 'unrecognised', false],
    ['says no and then nothing', { offer: 'N', inClear: Buffer.alloc(0) }, 'timeout', false],
  ])('that %s', async (_, replies, expected, hasTls) => {
    const { answer, protocol, certificate } = await probe(postgresql(replies), 'postgresql', expected);
    expect([answer, protocol?.startsWith('TLS') === true]).toEqual([expected, hasTls]);
    expect(certificate?.subject).toBe(hasTls ? 'CN=*' : undefined);
  });

  test.each<[string, Session, PortProbe['answer']]>([
    ['says nothing', mute, 'timeout'],
    ['goes away', hangUp, 'unrecognised'],
  ])('that %s', async (_, session, expected) => {
    expect((await probe(createServer(session), 'postgresql', expected)).answer).toBe(expected);
  });

  test('that is closed refuses', async () => {
    const port = await listening(createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const prober = tcpProber({ clock: realClock(), mayProbe: () => true });
    const target = { unit: 'db/0', address: '127.0.0.1', port, protocol: 'postgresql' } as const;
    expect(await prober.probe(target)).toEqual({ port, answer: 'refused' });
  });

  test('is never sent more than the request for TLS and the begin of a session', async () => {
    seen.length = 0;
    await probe(postgresql({ offer: 'S', inClear: password }), 'postgresql');
    const startup = 'user\0holdfast-probe\0application_name\0holdfast\0\0';
    expect(seen.map((bytes) => bytes.subarray(8).toString('latin1'))).toEqual(['', startup, startup]);
  });
});
