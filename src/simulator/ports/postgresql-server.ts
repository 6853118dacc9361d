/** PostgreSQL and PgBouncer up to the point where they ask for a password (PostgreSQL, "Message Flow"). */
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { PortMode } from '../world/unit-ports.js';
import type { ServerCertificate } from './certificates.js';

export interface PostgresqlOptions {
  readonly protocol: string;
  /** `tls` demands TLS of everybody, `tls-offered` of nobody. */
  readonly mode: PortMode;
  /** For the modes with TLS. */
  readonly own?: ServerCertificate;
}

const sslRequestCode = 80_877_103;
const protocolThree = 196_608;
/** Authentication by SCRAM-SHA-256. */
const askForPassword = message('R', Buffer.from('\0\0\0\x0aSCRAM-SHA-256\0\0', 'latin1'));

export function postgresqlServer(options: PostgresqlOptions): Server {
  return createServer((socket) => {
    hear(socket, options, false);
  });
}

function hear(socket: Socket, options: PostgresqlOptions, encrypted: boolean): void {
  socket.on('error', () => undefined);
  socket.once('data', (received) => {
    const code = received.length >= 8 ? received.readInt32BE(4) : 0;
    if (code === sslRequestCode && !encrypted) negotiate(socket, options);
    else if (code === protocolThree) socket.write(opening(options, encrypted));
    else socket.destroy();
  });
}

function negotiate(socket: Socket, options: PostgresqlOptions): void {
  if (options.own === undefined) {
    hear(socket, options, false);
    socket.write('N');
    return;
  }
  socket.write('S');
  hear(new TLSSocket(socket, { isServer: true, ...options.own }), options, true);
}

/** The rules of the charm know sessions without TLS until there is TLS, and then no more. */
function opening({ protocol, mode }: PostgresqlOptions, encrypted: boolean): Buffer {
  if (encrypted || mode !== 'tls') return askForPassword;
  return protocol === 'pgbouncer'
    ? errorMessage({ S: 'FATAL', C: '08P01', M: 'SSL required' })
    : errorMessage({
        S: 'FATAL',
        V: 'FATAL',
        C: '28000',
        M: 'no pg_hba.conf entry for host "10.0.0.9", user "nobody", database "nobody", no encryption',
        F: 'auth.c',
        L: '543',
        R: 'ClientAuthentication',
      });
}

function errorMessage(fields: Readonly<Record<string, string>>): Buffer {
  const text = Object.entries(fields).map(([letter, value]) => `${letter}${value}\0`);
  return message('E', Buffer.from(`${text.join('')}\0`, 'latin1'));
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
