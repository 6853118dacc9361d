import type { PortProbe } from '../snapshot.js';

/**
 * What is spoken on a port once a connection stands: in the clear or within TLS. PgBouncer speaks `postgresql`, and
 * Patroni's REST interface is `patroni`.
 */
export type ProbeProtocol = 'etcd-client' | 'etcd-peer' | 'postgresql' | 'patroni' | 'kafka' | 'zookeeper';

/** One port of one unit to connect to. */
export interface ProbeTarget {
  readonly unit: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: ProbeProtocol;
}

/** Connects to units' own ports from where Holdfast runs (evidence kind P): plain, TLS, TLS without a certificate. */
export interface Prober {
  probe(target: ProbeTarget, signal?: AbortSignal): Promise<PortProbe>;
}
