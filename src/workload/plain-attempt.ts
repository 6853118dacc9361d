import { connect } from 'node:net';
import { attempt, noConnection, type AttemptLimits, type NoConnection, type Place } from './attempt.js';

/**
 * What came back in the clear: an HTTP answer; the complaint of a TLS server that speaks enough HTTP for it; a TLS
 * alert; something else; or nothing (`closed` by the other side, `silent` until the deadline).
 */
export type PlainOutcome = 'http' | 'http-complaint' | 'tls' | 'other' | 'closed' | 'silent' | NoConnection;

/** Enough to recognise an answer by. */
const enough = 512;

/** Asks for `path` by plain HTTP. Nothing of the answer is kept. */
export async function plainAttempt(place: Place, path: string, limits: AttemptLimits): Promise<PlainOutcome> {
  const socket = connect({ host: place.address, port: place.port });
  const met = { connected: false };
  const outcome = await attempt<PlainOutcome>(socket, limits, (finish) => {
    let received = Buffer.alloc(0);
    socket.once('connect', () => {
      met.connected = true;
      socket.write(httpRequest(place, path));
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= enough || received.includes('\r\n\r\n')) finish(meaningOf(received));
    });
    socket.once('end', () => {
      finish(meaningOf(received));
    });
    socket.once('error', (error) => {
      finish((met.connected ? undefined : noConnection(error)) ?? meaningOf(received));
    });
  });
  return outcome === 'timeout' && met.connected ? 'silent' : outcome;
}

/** A request for one answer, after which the connection ends. */
export function httpRequest({ address, port }: Place, path: string): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUser-Agent: holdfast\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
}

/** TLS servers alert in a record of type 21, or, as Go's, complain with a 400 in plain HTTP. */
function meaningOf(received: Buffer): PlainOutcome {
  if (received.length === 0) return 'closed';
  if (received[0] === 0x15 && (received.length < 2 || received[1] === 0x03)) return 'tls';
  const head = received.toString('latin1');
  if (/^HTTP\/1\.[01] 400\b/.test(head)) return 'http-complaint';
  return /^HTTP\/\d/.test(head) ? 'http' : 'other';
}
