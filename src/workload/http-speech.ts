import type { Place } from './attempt.js';
import type { Heard, Speech } from './speech.js';

/** Enough to recognise an answer by. */
const enough = 512;

/** Asks for `path` once, after which the connection ends. */
export function httpSpeech(path: string): Speech {
  return { request: (place) => httpRequest(place, path), hear, alpn: ['http/1.1'] };
}

function httpRequest({ address, port }: Place, path: string): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUser-Agent: holdfast\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
}

/** TLS servers may complain with a 400 in plain HTTP, as Go's do. */
function hear(received: Buffer, ended: boolean): Heard | undefined {
  if (!ended && received.length < enough && !received.includes('\r\n\r\n')) return undefined;
  const head = received.toString('latin1');
  if (/^HTTP\/1\.[01] 400\b/.test(head)) return 'complaint';
  return /^HTTP\/\d/.test(head) ? 'answered' : 'other';
}
