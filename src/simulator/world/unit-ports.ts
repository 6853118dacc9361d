import type { SimUnit } from './state.js';

/**
 * How a unit's port speaks: not at all, in plain text, by TLS to holders of a client certificate, by TLS to anybody, or
 * by TLS to those who ask for it and in plain text to the others.
 */
export type PortMode = 'closed' | 'plaintext' | 'mutual-tls' | 'tls' | 'tls-offered';

export type PortProtocol =
  'etcd-client' | 'etcd-peer' | 'postgresql' | 'pgbouncer' | 'patroni' | 'kafka' | 'zookeeper';

/** Who signs a port's certificate: its common name and its own identity. */
export interface PortSigner {
  readonly id: string;
  readonly commonName: string;
}

/** One listening port of a unit, as a charm's workload wants it. */
export interface PortPlan {
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly mode: PortMode;
  /** For the modes with TLS. */
  readonly provider?: PortSigner;
}

/** The units' ports: real sockets on loopback, or nothing at all on virtual time. */
export interface UnitPorts {
  /** Sets one port; resolves when it answers that way. */
  set(unit: SimUnit, plan: PortPlan): Promise<void>;
  /** Resolves when all that was set is in effect. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** No port ever opens. */
export function noPorts(): UnitPorts {
  return { set: () => Promise.resolve(), settled: () => Promise.resolve(), close: () => Promise.resolve() };
}
