import { connect, type TLSSocket } from 'node:tls';
import { attempt, type AttemptLimits, type NoConnection, type Place } from './attempt.js';
import { laxTls, watchHandshake, type HandshakeFacts } from './handshake.js';
import type { Speech } from './speech.js';

/** `served`: the server talks to us without a certificate of ours; `refused-us`: it wants one. */
export interface TlsOutcome extends HandshakeFacts {
  readonly answer: 'served' | 'refused-us' | 'handshake-only' | 'no-tls' | 'silent' | NoConnection;
}

export interface TlsLimits extends AttemptLimits {
  /** Milliseconds to listen before speaking: a refusal that is on its way could get lost behind our own words. */
  readonly listenMs: number;
}

/** Shakes hands without a certificate, then asks: in TLS 1.3 the refusal comes only after the handshake. */
export async function tlsAttempt(place: Place, speech: Speech, limits: TlsLimits): Promise<TlsOutcome> {
  const socket = open(place, speech);
  const met: HandshakeFacts = {};
  const answer = await attempt<TlsOutcome['answer']>(socket, limits, (finish) => {
    watchHandshake(socket, { limits, met, request: speech.request(place), failed: finish });
    socket.once('data', () => {
      finish('served');
    });
    socket.once('end', () => {
      finish(met.protocol === undefined ? 'no-tls' : 'handshake-only');
    });
  });
  return { answer: answer === 'timeout' && met.protocol !== undefined ? 'silent' : answer, ...met };
}

function open({ address, port }: Place, { alpn }: Speech): TLSSocket {
  return connect({
    host: address,
    port,
    ...laxTls,
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
  });
}
