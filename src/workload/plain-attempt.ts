import { connect } from 'node:net';
import { attempt, noConnection, type AttemptLimits, type NoConnection, type Place } from './attempt.js';
import type { Heard, Speech } from './speech.js';

/** What came back in the clear; a TLS alert; or nothing (`closed` by the other side, `silent` until the deadline). */
export type PlainOutcome = Heard | 'tls' | 'closed' | 'silent' | NoConnection;

/** Asks in the clear. Nothing of the answer is kept. */
export async function plainAttempt(
  place: Place,
  speech: Speech,
  limits: AttemptLimits,
): Promise<PlainOutcome> {
  const socket = connect({ host: place.address, port: place.port });
  const met = { connected: false };
  const outcome = await attempt<PlainOutcome>(socket, limits, (finish) => {
    let received = Buffer.alloc(0);
    socket.once('connect', () => {
      met.connected = true;
      socket.write(speech.request(place));
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const heard = isAlert(received) ? 'tls' : speech.hear(received, false);
      if (heard !== undefined) finish(heard);
    });
    socket.once('end', () => {
      finish(atTheEnd(received, speech));
    });
    socket.once('error', (error) => {
      finish((met.connected ? undefined : noConnection(error)) ?? atTheEnd(received, speech));
    });
  });
  return outcome === 'timeout' && met.connected ? 'silent' : outcome;
}

function atTheEnd(received: Buffer, speech: Speech): PlainOutcome {
  return received.length === 0 ? 'closed' : (speech.hear(received, true) ?? 'other');
}

/** TLS servers alert in a record of type 21. */
function isAlert(received: Buffer): boolean {
  return received[0] === 0x15 && (received.length < 2 || received[1] === 0x03);
}
