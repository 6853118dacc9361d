/** The first messages of a connection to PostgreSQL (PostgreSQL documentation, "Message Formats", protocol 3.0). */

/** Asks whether the server speaks TLS; it answers by one byte, `S` or `N`. */
export const sslRequest: Uint8Array = words(8, 80_877_103);

/** Nobody's name: a server that lets it come as far as the password has let in whoever connects this way. */
const nobody = 'holdfast-probe';

/** Begins a session of nobody, who goes away without a password as soon as the server says anything. */
export const startupMessage: Uint8Array = startup({ user: nobody, application_name: 'holdfast' });

/**
 * What a server says to a beginning session. `let-in`: it goes on to ask who we are; `turned-away`: its rules know no
 * such connection; `tls-demanded`: PgBouncer wants TLS first; `busy`: PostgreSQL, for now unable to tell.
 */
export type StartupReply = 'let-in' | 'turned-away' | 'tls-demanded' | 'busy' | 'other';

const longestRequest = 2000;
const longestError = 30_000;

/** Undefined while too little has come. */
export function startupReply(received: Buffer): StartupReply | undefined {
  if (received.length < 5) return undefined;
  const type = String.fromCharCode(received[0] ?? 0);
  const length = received.readInt32BE(1);
  if (type === 'R') return length >= 8 && length <= longestRequest ? 'let-in' : 'other';
  if (type !== 'E' || length < 5 || length > longestError) return 'other';
  return received.length > length ? errorReply(received.subarray(5, length + 1)) : undefined;
}

/** Fields by their letter: `C` the SQLSTATE, `M` the message, `R` the routine in the source of PostgreSQL. */
function errorReply(body: Buffer): StartupReply {
  const fields = new Map(body.toString('latin1').split('\0').map(fieldOf));
  const code = fields.get('C') ?? '';
  const routine = fields.get('R');
  if (code === '28000' && routine === 'ClientAuthentication') return 'turned-away';
  if (code === '08P01' && routine === undefined)
    return fields.get('M') === 'SSL required' ? 'tls-demanded' : 'let-in';
  if (code.startsWith('28') || code === '3D000') return 'let-in';
  return /^[0-9A-Z]{5}$/.test(code) ? 'busy' : 'other';
}

function fieldOf(text: string): readonly [string, string] {
  return [text.slice(0, 1), text.slice(1)];
}

function startup(parameters: Readonly<Record<string, string>>): Uint8Array {
  const text = Object.entries(parameters).map(([name, value]) => `${name}\0${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`, 'ascii');
  return Buffer.concat([words(8 + body.length, 196_608), body]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, index * 4);
  return bytes;
}
