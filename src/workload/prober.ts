import type { Prober, ProbeProtocol } from '../core/ports/prober.js';
import type { Clock } from '../core/ports/time.js';
import type { PortProbe } from '../core/snapshot.js';
import type { Place } from './attempt.js';
import { plainAttempt, type PlainOutcome } from './plain-attempt.js';
import { probePostgresql } from './postgresql-probe.js';
import { speeches, type Speech } from './speech.js';
import { tlsAttempt, type TlsLimits, type TlsOutcome } from './tls-attempt.js';
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

/**
 * Connects to a unit's port from here, in the clear and by TLS, each time without a certificate and never with a
 * password. A workload may speak both on one port, so an answer in the clear decides. Sends nothing but one harmless
 * request.
 */
export function tcpProber(options: ProberOptions): Prober {
  const { clock, deadlineMs = 4000, listenMs = 300, mayProbe = isUnitAddress } = options;
  return {
    probe: async ({ address, port, protocol }, signal) => {
      if (!mayProbe(address) || !isPort(port)) return { port, answer: 'unreachable' };
      return probeBy(protocol, { address, port }, { clock, deadlineMs, listenMs, signal });
    },
  };
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}

function probeBy(protocol: ProbeProtocol, place: Place, limits: TlsLimits): Promise<PortProbe> {
  if (protocol === 'postgresql') return probePostgresql(place, limits);
  return probe(place, speeches[protocol], limits);
}

async function probe(place: Place, speech: Speech, limits: TlsLimits): Promise<PortProbe> {
  const { port } = place;
  const plain = await plainAttempt(place, speech, limits);
  if (plain === 'answered') return { port, answer: 'plaintext' };
  if (plain === 'refused' || plain === 'unreachable' || plain === 'timeout') return { port, answer: plain };
  const { answer, ...met } = await tlsAttempt(place, speech, limits);
  return { port, answer: meaningOf(answer, plain), ...met };
}

function meaningOf(tls: TlsOutcome['answer'], plain: PlainOutcome): PortProbe['answer'] {
  switch (tls) {
    case 'served':
      return 'tls';
    case 'refused-us':
      return 'tls-client-certificate';
    case 'no-tls':
      return plain === 'complaint' ? 'plaintext' : 'unrecognised';
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
