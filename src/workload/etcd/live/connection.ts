/** A connection to a member, with the certificate that a person gave us, and what its handshake showed. */
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../../core/evidence/etcd.js';
import { certificateFacts } from '../../x509/read-certificates.js';
import type { GrpcLimits } from './grpc.js';

/** PEM texts that a person named. */
export interface EtcdCredentials {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the server has to prove by the CA who it is, before anything is asked; otherwise that is a finding. */
  readonly verified?: true;
}

export interface EtcdEndpoint {
  readonly url: string;
  readonly secure: boolean;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

export interface Shown {
  readonly chain: readonly CertificateFacts[];
  readonly protocol?: string;
  readonly trusted?: boolean;
}

export interface Connection {
  readonly session: ClientHttp2Session;
  readonly shown: Shown;
}

const longestChain = 10;

/** Rejects where no connection comes about. In TLS 1.3 a refusal of our certificate comes only afterwards. */
export async function connectTo(
  endpoint: EtcdEndpoint,
  credentials: EtcdCredentials,
  limits: GrpcLimits,
): Promise<Connection> {
  const secured = endpoint.secure ? openTls(endpoint, credentials) : undefined;
  const socket = secured ?? connectPlain({ host: endpoint.host, port: endpoint.port });
  await established(socket, endpoint, limits);
  const shown = secured === undefined ? { chain: [] } : shownBy(secured, credentials);
  const session = connectHttp2(endpoint.url, { createConnection: () => socket });
  // What happens after our last question must not become an uncaught error.
  session.on('error', () => undefined);
  return { session, shown };
}

function openTls({ host, port }: EtcdEndpoint, { ca, cert, key, verified }: EtcdCredentials): TLSSocket {
  return connectTls({
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
    ALPNProtocols: ['h2'],
    // Whether we trust it is a finding, not a reason to look away; but no secret is shown to a stranger.
    rejectUnauthorized: verified === true,
    ...(verified === true ? {} : { checkServerIdentity: () => undefined }),
  });
}

function established(socket: Socket, { secure }: EtcdEndpoint, limits: GrpcLimits): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const cancel = limits.clock.after(limits.deadlineMs, () => {
    reject(new Error('no connection in time'));
  });
  socket.once(secure ? 'secureConnect' : 'connect', resolve);
  socket.once('error', reject);
  socket.on('error', () => undefined);
  return promise.finally(cancel).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
}

function shownBy(socket: TLSSocket, { ca }: EtcdCredentials): Shown {
  const protocol = `${socket.getProtocol() ?? 'TLS'} ${socket.getCipher().standardName}`;
  const chain = chainOf(socket.getPeerCertificate(true));
  return { chain, protocol, ...(ca === undefined ? {} : { trusted: socket.authorized }) };
}

/** The certificates shown, and those known to us that signed for them. */
function chainOf(first: DetailedPeerCertificate): readonly CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  // Where there is none, or no issuer is known, the library gives less than its types say.
  let next: Partial<DetailedPeerCertificate> | undefined = first;
  while (next?.raw !== undefined && chain.length < longestChain) {
    const facts = certificateFacts(new X509Certificate(next.raw));
    if (chain.some(({ fingerprint }) => fingerprint === facts.fingerprint)) break;
    chain.push(facts);
    next = next.issuerCertificate;
  }
  return chain;
}
