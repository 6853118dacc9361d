import { createServer, type AddressInfo } from 'node:net';
import type { Log } from '../../src/core/ports/index.js';
import { Dialer, type DialerOptions } from '../../src/juju/api/dialer.js';
import type { Link } from '../../src/juju/api/link.js';
import { Pool } from '../../src/juju/api/pool.js';
import { connectionDefaults, type ConnectionSettings } from '../../src/juju/api/settings.js';
import { virtualClock, type VirtualClock } from '../../src/simulator/virtual-clock.js';
import type { JujuServer } from './juju-server.js';
import { patience } from './patience.js';

/** Keeps every line that was logged. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log: Log & { readonly lines: string[] } = {
    lines,
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: () => log,
  };
  return log;
}

export interface TestConnection {
  readonly clock: VirtualClock;
  readonly pool: Pool;
  readonly dialer: Dialer;
  readonly link: Link;
  readonly log: Log & { readonly lines: string[] };
}

export const canary = 'canary-p4ss"wörd';

/** A controller connection over a real socket, with time and chance in the test's hand. */
export function connectTo(
  servers: readonly (JujuServer | string)[],
  caCert: string | undefined,
  settings: Partial<ConnectionSettings> = {},
  more: (clock: VirtualClock) => Partial<DialerOptions> = () => ({}),
): TestConnection {
  const clock = virtualClock();
  const log = recordingLog();
  const addresses = servers.map((server) => (typeof server === 'string' ? server : server.address));
  const options: DialerOptions = {
    endpoint: caCert === undefined ? { addresses } : { addresses, caCert },
    clock,
    log,
    random: { next: () => 0.5 },
    settings: { ...connectionDefaults, ...settings },
    purpose: 'holdfast 1.2.3: observe',
    clientVersion: '1.2.3',
    ...more(clock),
  };
  const dialer = new Dialer(options);
  const pool = new Pool(dialer);
  const link = pool.controllerLink({ user: 'observer', password: canary });
  return { clock, log, dialer, pool, link };
}

/** What a promise came to, at once testable. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}

/** What real sockets in this process need at most to hand something on, a handshake of TLS included: turns of the loop. */
const turns = 20;

/** Lets virtual time pass step by step, and real sockets work in between, until something holds. */
export async function passTime(
  clock: VirtualClock,
  step: number,
  what: string,
  holds: () => boolean,
): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
    await clock.advance(step);
    await new Promise((resolve) => setTimeout(resolve, 3));
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
  }
}

/** An address where nobody listens. */
export async function deafAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}
