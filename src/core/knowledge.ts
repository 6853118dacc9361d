/**
 * Knowledge: what Holdfast knows of the world besides the estate (version floors, retired charms, which charm needs
 * trust, how TLS providers are graded). It is data with source and date, loaded from files by `config/`, and handed
 * to the evaluation; guides do no I/O.
 */
import type { Dict } from './dict.js';

export interface Knowledge {
  readonly kind: 'Knowledge';
  readonly version: 'v1';
  /** When the data were last looked through, as a date: `2026-11-22`. */
  readonly date: string;
  /** Juju series still patched, with the first version that has all named fixes. */
  readonly jujuFloors: Dict<Sourced & { readonly floor: string }>;
  /** Workload versions by charm and track. */
  readonly workloadFloors: Dict<Dict<Sourced & { readonly floor: string }>>;
  /** Charms that need `trust` to work. */
  readonly trustNeeded: Dict<Sourced>;
  readonly retiredCharms: Dict<
    Sourced & { readonly instead: string; readonly fromBase?: string; readonly from?: string }
  >;
  readonly tlsProviders: Dict<Sourced & TlsProvider>;
  /** Charms that carry telemetry from applications to COS, with their endpoints by signal. */
  readonly collectors: Dict<Sourced & Collector>;
  /** Bases by name and channel (`ubuntu@24.04`) with the end of their standard support. */
  readonly bases: Dict<Sourced & { readonly supportedUntil: string }>;
}

export interface Sourced {
  /** Where it is written: release notes, charm metadata, guide. */
  readonly source: string;
  readonly date: string;
}

export interface TlsProvider {
  /** How fit the provider is for production. */
  readonly grade: 'production' | 'self-signed' | 'manual' | 'retired';
  /** Its provider endpoint of interface tls-certificates. */
  readonly endpoint: string;
  /** Whether it signs IP addresses as subject alternative names: always, never, or only when set up so. */
  readonly ipSans: 'yes' | 'no' | 'configurable';
  readonly note: string;
}

export interface Collector {
  /** Endpoint through which it takes everything from a machine charm, where it has one. */
  readonly agentEndpoint?: string;
  /** Its endpoints towards COS. */
  readonly metrics: string;
  readonly logs: string;
  readonly dashboards: string;
  /** Absent: it sends no traces on. */
  readonly traces?: string;
  /** Its endpoints for what Kubernetes charms send, each signal by its own; absent where it takes none from them. */
  readonly intake?: {
    readonly metrics: string;
    readonly logs: string;
    readonly dashboards: string;
    readonly traces: string;
  };
}
