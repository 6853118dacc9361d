import type { SimUnit } from './state.js';

/** How a unit's port speaks: not at all, in plain text, or by TLS to holders of a client certificate. */
export type PortMode = 'closed' | 'plaintext' | 'mutual-tls';

/** One listening port of a unit, as a charm's workload wants it. */
export interface PortPlan {
  readonly port: number;
  readonly protocol: 'etcd-client' | 'etcd-peer';
  readonly mode: PortMode;
  /** The application that signs the certificate, for `mutual-tls`: its common name and its own identity. */
  readonly provider?: { readonly id: string; readonly commonName: string };
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
