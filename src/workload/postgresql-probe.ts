import type { PortProbe } from '../core/snapshot.js';
import type { Place } from './attempt.js';
import { encryptedStartup, plainStartup, type EncryptedReply } from './postgresql-attempt.js';
import type { TlsLimits } from './tls-attempt.js';

type Plain = Awaited<ReturnType<typeof plainStartup>>;

/**
 * Asks a PostgreSQL or PgBouncer for TLS, then begins a session without. `plaintext` with a protocol: TLS is offered
 * and not demanded. Both sessions are nobody's and end before a password is asked for.
 */
export async function probePostgresql(place: Place, limits: TlsLimits): Promise<PortProbe> {
  const { port } = place;
  const { answer, ...met } = await encryptedStartup(place, limits);
  const missing = unanswered(answer);
  if (missing !== undefined) return { port, answer: missing };
  const plain = await plainStartup(place, limits);
  return { port, answer: unanswered(plain) ?? meaningOf(answer, plain), ...met };
}

function unanswered(answer: EncryptedReply['answer'] | Plain): PortProbe['answer'] | undefined {
  if (answer === 'silent') return 'timeout';
  return answer === 'refused' || answer === 'unreachable' || answer === 'timeout' ? answer : undefined;
}

/** A server without TLS has nothing but the clear to let others in by, whatever it says to us. */
function meaningOf(within: EncryptedReply['answer'], plain: Plain): PortProbe['answer'] {
  if (plain === 'let-in') return 'plaintext';
  if (within === 'no-tls') return plain === 'other' || plain === 'closed' ? 'unrecognised' : 'plaintext';
  return plain === 'turned-away' || plain === 'tls-demanded' ? withoutPlain(within, plain) : 'unrecognised';
}

/** Rules that turn nobody away within TLS, too, may still let others in without. */
function withoutPlain(within: EncryptedReply['answer'], plain: Plain): PortProbe['answer'] {
  if (within === 'refused-us') return 'tls-client-certificate';
  return plain === 'tls-demanded' || within === 'let-in' ? 'tls' : 'unrecognised';
}
