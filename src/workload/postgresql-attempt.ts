import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { attempt, noConnection, type AttemptLimits, type NoConnection, type Place } from './attempt.js';
import { laxTls, watchHandshake, type HandshakeFacts, type HandshakeFailure } from './handshake.js';
import { sslRequest, startupMessage, startupReply, type StartupReply } from './postgresql-messages.js';
import type { TlsLimits } from './tls-attempt.js';

type Reply = StartupReply | 'closed' | 'silent' | NoConnection;

/** `no-tls`: the server says that it has none. */
export interface EncryptedReply extends HandshakeFacts {
  readonly answer: Reply | HandshakeFailure;
}

/** Begins a session in the clear. */
export async function plainStartup(place: Place, limits: AttemptLimits): Promise<Reply> {
  const socket = connect({ host: place.address, port: place.port });
  const outcome = await attempt<Reply>(socket, limits, (finish) => {
    socket.once('connect', () => socket.write(startupMessage));
    socket.once('error', (error) => {
      finish(noConnection(error) ?? 'closed');
    });
    hearReply(socket, finish);
  });
  return outcome === 'timeout' && socket.bytesWritten > 0 ? 'silent' : outcome;
}

/** Asks for TLS, and begins a session within it. */
export async function encryptedStartup(place: Place, limits: TlsLimits): Promise<EncryptedReply> {
  const socket = connect({ host: place.address, port: place.port });
  const met: HandshakeFacts = {};
  const answer = await attempt<EncryptedReply['answer']>(socket, limits, (finish) => {
    socket.once('connect', () => socket.write(sslRequest));
    socket.once('error', (error) => {
      finish(noConnection(error) ?? 'closed');
    });
    socket.once('end', () => {
      finish('closed');
    });
    socket.once('data', (offer) => {
      if (offer.length !== 1 || !'SN'.includes(offer.toString('latin1'))) finish('other');
      else if (offer.toString('latin1') === 'N') finish('no-tls');
      else startWithin(socket, { limits, met }, finish);
    });
  });
  return { answer: answer === 'timeout' && socket.bytesWritten > 0 ? 'silent' : answer, ...met };
}

function startWithin(
  socket: Socket,
  { limits, met }: { readonly limits: TlsLimits; readonly met: HandshakeFacts },
  finish: (answer: EncryptedReply['answer']) => void,
): void {
  socket.removeAllListeners('end');
  const secured = connectTls({ socket, ...laxTls });
  watchHandshake(secured, { limits, met, request: startupMessage, failed: finish });
  hearReply(secured, finish);
}

function hearReply(socket: Socket, finish: (reply: StartupReply | 'closed') => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    const reply = startupReply(received);
    if (reply !== undefined) finish(reply);
  });
  socket.once('end', () => {
    finish('closed');
  });
}
