import { connect, type TLSSocket } from 'node:tls';
import type { ProbedCertificate } from '../core/snapshot.js';
import { attempt, noConnection, type AttemptLimits, type NoConnection, type Place } from './attempt.js';
import { peerCertificate } from './peer-certificate.js';
import { httpRequest } from './plain-attempt.js';

/** `served`: the server talks to us without a certificate of ours; `refused-us`: it wants one. */
export interface TlsOutcome {
  readonly answer: 'served' | 'refused-us' | 'handshake-only' | 'no-tls' | 'silent' | NoConnection;
  /** Version and cipher, once negotiated. */
  readonly protocol?: string;
  readonly certificate?: ProbedCertificate;
}

export interface TlsLimits extends AttemptLimits {
  /** Milliseconds to listen before speaking: a refusal that is on its way could get lost behind our own words. */
  readonly listenMs: number;
}

/**
 * Alerts by which servers say that they want a certificate (RFC 8446, 6.2): handshake failure (OpenSSL in TLS 1.2),
 * bad certificate (Go up to TLS 1.2, and older Go always), certificate required (TLS 1.3).
 */
const wantsCertificate: ReadonlySet<number> = new Set([40, 42, 116]);

/** Shakes hands without a certificate, then asks for `path`: in TLS 1.3 the refusal comes only after the handshake. */
export async function tlsAttempt(place: Place, path: string, limits: TlsLimits): Promise<TlsOutcome> {
  const socket = open(place);
  const met: { protocol?: string; certificate?: ProbedCertificate } = {};
  let agreed = false;
  const answer = await attempt<TlsOutcome['answer']>(socket, limits, (finish) => {
    socket.once('keylog', () => {
      agreed = true;
    });
    socket.once('secureConnect', () => {
      Object.assign(met, factsOf(socket));
      const speak = limits.clock.after(limits.listenMs, () => socket.write(httpRequest(place, path)));
      socket.once('close', speak);
    });
    socket.once('data', () => {
      finish('served');
    });
    socket.once('end', () => {
      finish(met.protocol === undefined ? 'no-tls' : 'handshake-only');
    });
    socket.once('error', (error: Error) => {
      finish(meaningOf(error, agreed, met.protocol !== undefined));
    });
  });
  return { answer: answer === 'timeout' && met.protocol !== undefined ? 'silent' : answer, ...met };
}

/**
 * We look at what a server shows to anybody and send it nothing of value: its certificate comes from a private CA
 * that we need not know, and old versions are to be seen rather than refused.
 */
function open({ address, port }: Place): TLSSocket {
  return connect({
    host: address,
    port,
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
    ALPNProtocols: ['http/1.1'],
  });
}

function factsOf(socket: TLSSocket): Pick<TlsOutcome, 'protocol' | 'certificate'> {
  const certificate = peerCertificate(socket.getPeerX509Certificate());
  const protocol = `${socket.getProtocol() ?? 'TLS'} ${socket.getCipher().standardName}`;
  return certificate === undefined ? { protocol } : { protocol, certificate };
}

/** `agreed`: version and cipher were settled, so that a failure afterwards is about the certificate we lack. */
function meaningOf(error: Error, agreed: boolean, shaken: boolean): TlsOutcome['answer'] {
  const alert = Number(/alert number (\d+)/.exec(error.message)?.[1] ?? NaN);
  if (wantsCertificate.has(alert) && (agreed || alert !== 40)) return 'refused-us';
  if (shaken) return 'handshake-only';
  return noConnection(error) ?? 'no-tls';
}
