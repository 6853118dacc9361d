import type { Prober, ProbeTarget } from '../core/ports/prober.js';
import type { Clock } from '../core/ports/time.js';
import type { PortProbe } from '../core/snapshot.js';
import type { Place } from './attempt.js';
import { plainAttempt, type PlainOutcome } from './plain-attempt.js';
import { tlsAttempt, type TlsOutcome } from './tls-attempt.js';
import { isUnitAddress } from './unit-address.js';

export interface ProberOptions {
  readonly clock: Clock;
  /** Milliseconds for each of the two connections of a probe. */
  readonly deadlineMs?: number;
  /** Milliseconds to wait for a refusal after a TLS handshake before asking for something. */
  readonly listenMs?: number;
  /** Which addresses may be connected to; by default literal ones that a unit could have. */
  readonly mayProbe?: (address: string) => boolean;
}

/** What anybody may ask an etcd for, and what changes nothing. */
const paths: Readonly<Record<ProbeTarget['protocol'], string>> = {
  'etcd-client': '/version',
  'etcd-peer': '/members',
};

/**
 * Connects to a unit's port from here, in the clear first and then by TLS, each time without a certificate. An etcd
 * can speak both on one port, so an answer in the clear decides. Sends nothing but one harmless request.
 */
export function tcpProber(options: ProberOptions): Prober {
  const { clock, deadlineMs = 4000, listenMs = 300, mayProbe = isUnitAddress } = options;
  return {
    probe: async ({ address, port, protocol }, signal) => {
      if (!mayProbe(address) || !isPort(port)) return { port, answer: 'unreachable' };
      return probe({ address, port }, paths[protocol], { clock, deadlineMs, listenMs, signal });
    },
  };
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}

type Limits = Parameters<typeof tlsAttempt>[2];

async function probe(place: Place, path: string, limits: Limits): Promise<PortProbe> {
  const { port } = place;
  const plain = await plainAttempt(place, path, limits);
  if (plain === 'http') return { port, answer: 'plaintext' };
  if (plain === 'refused' || plain === 'unreachable' || plain === 'timeout') return { port, answer: plain };
  const { answer, ...met } = await tlsAttempt(place, path, limits);
  return { port, answer: meaningOf(answer, plain), ...met };
}

function meaningOf(tls: TlsOutcome['answer'], plain: PlainOutcome): PortProbe['answer'] {
  switch (tls) {
    case 'served':
      return 'tls';
    case 'refused-us':
      return 'tls-client-certificate';
    case 'no-tls':
      return plain === 'http-complaint' ? 'plaintext' : 'unrecognised';
    case 'handshake-only':
      return 'unrecognised';
    case 'silent':
      return 'timeout';
    case 'refused':
    case 'unreachable':
    case 'timeout':
      return tls;
  }
}
