import { createSecureContext, type SecureContext } from 'node:tls';
import { WebSocket } from 'ws';
import type { Clock } from '../../core/ports/index.js';
import { formatAddress, parseAddress } from './address.js';
import { ConnectionError } from './api-error.js';
import { plainText } from './plain-text.js';

/** The name in every controller certificate, whatever address the controller is reached by. */
const controllerName = 'juju-apiserver';

export interface SocketTarget {
  readonly address: string;
  /** `/api` or `/model/<uuid>/api`. */
  readonly path: string;
  readonly caCert?: string | undefined;
  readonly largestMessage: number;
  /** Longest wait for the connection, milliseconds. */
  readonly timeout: number;
}

/**
 * Opens a WebSocket over verified TLS: against the controller's CA and its fixed name, or, without a CA, against the
 * system's roots and the host's own name. @throws ConnectionError
 */
export async function openSocket(
  target: SocketTarget,
  clock: Clock,
  signal: AbortSignal,
): Promise<WebSocket> {
  signal.throwIfAborted();
  const socket = connect(target);
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void): void => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      outcome();
    };
    const fail = (reason: string): void => {
      settle(() => {
        reject(new ConnectionError(`${target.address}: ${reason}`));
      });
      socket.terminate();
    };
    const onAbort = (): void => {
      fail('given up');
    };
    const cancel = clock.after(target.timeout, () => {
      fail(`no connection within ${target.timeout / 1000} s`);
    });
    signal.addEventListener('abort', onAbort);
    socket.once('open', () => {
      settle(() => {
        resolve(socket);
      });
    });
    // Stays on: a later error without a listener would end the process. The connection's owner sees the close.
    socket.on('error', (error) => {
      fail(reasonOf(error));
    });
  });
}

function connect(target: SocketTarget): WebSocket {
  const url = `wss://${formatAddress(parseAddress(target.address))}${target.path}`;
  const trust =
    target.caCert === undefined
      ? { minVersion }
      : { secureContext: trusting(target.caCert), servername: controllerName };
  try {
    return new WebSocket(url, {
      ...trust,
      rejectUnauthorized: true,
      followRedirects: false,
      perMessageDeflate: false,
      maxPayload: target.largestMessage,
    });
  } catch (error) {
    throw new ConnectionError(`${target.address}: ${reasonOf(error)}`);
  }
}

const minVersion = 'TLSv1.2' as const;
const contexts = new Map<string, SecureContext>();

/**
 * What trusts one CA and nobody else: made once for all connections to a controller, since each keeps its trust in
 * memory of its own otherwise. CAs change seldom, so that the list stays short.
 */
function trusting(ca: string): SecureContext {
  let context = contexts.get(ca);
  if (context === undefined) contexts.set(ca, (context = createSecureContext({ ca, minVersion })));
  return context;
}

/** By the code of the error; the address stands before it. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its name cannot be looked up just now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'no answer in time',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name than the controller’s',
  CERT_HAS_EXPIRED: 'the certificate has expired, or this machine’s clock is ahead',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet, or this machine’s clock is behind',
};

const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && reasons[code] !== undefined) return reasons[code];
  if (typeof code === 'string' && untrusted.has(code))
    return `the certificate is not signed by the CA that we trust (${code})`;
  const text = plainText(message, 160);
  return text === '' ? plainText(code, 60) || 'cannot connect' : text;
}
