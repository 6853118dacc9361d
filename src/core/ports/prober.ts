import type { PortProbe } from '../snapshot.js';

/** One port of one unit to connect to. `protocol` says what speaks there when it speaks plaintext. */
export interface ProbeTarget {
  readonly unit: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: 'etcd-client' | 'etcd-peer';
}

/** Connects to units' own ports from where Holdfast runs (evidence kind P): plain, TLS, TLS without a certificate. */
export interface Prober {
  probe(target: ProbeTarget, signal?: AbortSignal): Promise<PortProbe>;
}
