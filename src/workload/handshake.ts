import type { TLSSocket } from 'node:tls';
import type { ProbedCertificate } from '../core/snapshot.js';
import { noConnection, type NoConnection } from './attempt.js';
import { peerCertificate } from './peer-certificate.js';
import type { TlsLimits } from './tls-attempt.js';

/** What a handshake showed. */
export interface HandshakeFacts {
  /** Version and cipher, once negotiated. */
  readonly protocol?: string;
  readonly certificate?: ProbedCertificate;
}

export type HandshakeFailure = 'refused-us' | 'handshake-only' | 'no-tls' | NoConnection;

export interface Handshake {
  readonly limits: TlsLimits;
  /** Filled once hands were shaken. */
  readonly met: HandshakeFacts;
  /** Said after the handshake, when no refusal came meanwhile. */
  readonly request: string | Uint8Array;
  readonly failed: (why: HandshakeFailure) => void;
}

/**
 * We look at what a server shows to anybody and send it nothing of value: its certificate comes from a private CA
 * that we need not know, and old versions are to be seen rather than refused.
 */
export const laxTls = {
  rejectUnauthorized: false,
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
} as const;

/**
 * Alerts by which servers say that they want a certificate (RFC 8446, 6.2): handshake failure (OpenSSL in TLS 1.2),
 * bad certificate (Go up to TLS 1.2, and older Go always), certificate required (TLS 1.3).
 */
const wantsCertificate: ReadonlySet<number> = new Set([40, 42, 116]);

/** Notes what the handshake shows, speaks after it, and tells its failure. What is heard is the caller's. */
export function watchHandshake(socket: TLSSocket, { limits, met, request, failed }: Handshake): void {
  let agreed = false;
  socket.once('keylog', () => {
    agreed = true;
  });
  socket.once('secureConnect', () => {
    Object.assign(met, factsOf(socket));
    const silence = limits.clock.after(limits.listenMs, () => socket.write(request));
    socket.once('close', silence);
  });
  socket.on('error', (error: Error) => {
    failed(meaningOf(error, agreed, met.protocol !== undefined));
  });
}

function factsOf(socket: TLSSocket): HandshakeFacts {
  const certificate = peerCertificate(socket.getPeerX509Certificate());
  const protocol = `${socket.getProtocol() ?? 'TLS'} ${socket.getCipher().standardName}`;
  return certificate === undefined ? { protocol } : { protocol, certificate };
}

/** `agreed`: version and cipher were settled, so that a failure afterwards is about the certificate we lack. */
function meaningOf(error: Error, agreed: boolean, shaken: boolean): HandshakeFailure {
  const alert = Number(/alert number (\d+)/.exec(error.message)?.[1] ?? NaN);
  if (wantsCertificate.has(alert) && (agreed || alert !== 40)) return 'refused-us';
  if (shaken) return 'handshake-only';
  return noConnection(error) ?? 'no-tls';
}
