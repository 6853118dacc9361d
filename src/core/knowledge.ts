/**
 * Knowledge: what Holdfast knows of the world besides the estate (pins, version floors, channel maps, retired charms,
 * which charm needs trust, how TLS providers are graded). It is data with source and date, loaded from files by
 * `config/`, and handed to the evaluation; guides do no I/O.
 */
import type { CloudPermissions } from './cloud-policy/grants.js';
import type { Dict } from './dict.js';

export interface Knowledge extends KnowledgeTables {
  /** When each table was last looked through, as a date: `2026-11-22`. */
  readonly dates: Readonly<Record<keyof KnowledgeTables, string>>;
}

/** The tables; every entry has its own source and date. */
export interface KnowledgeTables {
  /** Juju series still patched, with the first version that has all named fixes. */
  readonly jujuFloors: Dict<Sourced & { readonly floor: string }>;
  /** Workload versions by charm and track. */
  readonly workloadFloors: Dict<Dict<Sourced & { readonly floor: string }>>;
  /**
   * What the charms of a track (`main`: of the main branch, where no track is told) pin on Kubernetes, by charm and
   * track; one entry for each revision of the charm that is known.
   */
  readonly imagePins: Dict<Dict<readonly ImagePin[]>>;
  /** The same on machines, where a charm pins revisions of a snap. */
  readonly snapPins: Dict<Dict<readonly SnapPin[]>>;
  /** What is known of Charmhub's channels, by charm and track. */
  readonly channelMaps: Dict<Dict<ChannelTrack>>;
  /** Known vulnerabilities, by their id. */
  readonly advisories: Dict<Sourced & Advisory>;
  /** Charms that need `trust` to work. */
  readonly trustNeeded: Dict<Sourced>;
  readonly retiredCharms: Dict<
    Sourced & { readonly instead: string; readonly fromBase?: string; readonly from?: string }
  >;
  readonly tlsProviders: Dict<Sourced & TlsProvider>;
  /** Charms that carry telemetry from applications to COS, with their endpoints by signal. */
  readonly collectors: Dict<Sourced & Collector>;
  /** What Juju needs to be allowed, by provider: `ec2`, `azure`, … */
  readonly cloudPermissions: Dict<Sourced & CloudPermissions>;
  /** Bases by name and channel (`ubuntu@24.04`) with the end of their standard support. */
  readonly bases: Dict<Sourced & { readonly supportedUntil: string }>;
  /** Minor versions of Kubernetes (`1.36`) with the day on which the project stops mending them. */
  readonly kubernetesReleases: Dict<Sourced & { readonly supportedUntil: string }>;
}

export interface Sourced {
  /** Where it is written: release notes, charm metadata, guide. */
  readonly source: string;
  readonly date: string;
}

/** An OCI image as the metadata of a charm names it: by digest, or by a tag only. */
export interface ImagePin extends Sourced {
  /** The charm's resource that it is of. */
  readonly resource: string;
  /** Registry path without digest and tag. */
  readonly image: string;
  readonly digest?: string;
  readonly tag?: string;
  /** Version of the workload in it. */
  readonly workload?: string;
  /** The charm's revisions that pin it; absent where the source names none. */
  readonly charmRevisions?: readonly number[];
}

export interface SnapPin extends Sourced {
  readonly snap: string;
  /** The snap's revision by architecture. */
  readonly revisions: Dict<number>;
  readonly workload?: string;
  readonly charmRevisions?: readonly number[];
}

/** A track of a charm on Charmhub, as far as it is known without asking Charmhub. */
export interface ChannelTrack extends Sourced {
  /** live: it gets releases; superseded: it does, or did lately, but a newer one is there; unmaintained: it gets none. */
  readonly standing: 'live' | 'superseded' | 'unmaintained';
  /** The date from which it is unmaintained; absent: it is already. */
  readonly from?: string;
  /** The track to move to. */
  readonly instead?: string;
  /** As far as they are known: `ubuntu@24.04`. */
  readonly bases: readonly string[];
  readonly architectures: readonly string[];
  /** The day on which Charmhub itself was asked: the releases are then all that the track held on it. */
  readonly asked?: string;
  /** Who published the charm on that day, as Charmhub shows it. */
  readonly publisher?: string;
  /** The newest release that is known, by risk. */
  readonly releases: Dict<ChannelRelease>;
}

export interface ChannelRelease {
  /** The charm's revisions: one for each architecture or base. */
  readonly revisions: readonly number[];
  readonly workload?: string;
  /** The date on which it was out at the latest. */
  readonly outBy: string;
}

/** A known vulnerability, and which versions have it. */
export interface Advisory {
  /** `unrated`: the source names none. */
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'unrated';
  readonly summary: string;
  /** Where it is published. */
  readonly url: string;
  /** Juju itself, the revisions of a charm, or the versions of the workload that a charm runs. */
  readonly product: 'juju' | 'charm' | 'workload';
  /** Absent for Juju itself. */
  readonly charm?: string;
  readonly ranges: readonly AffectedRange[];
}

/** Versions (revisions of a charm) from one on and before another. */
export interface AffectedRange {
  /** Juju's or the workload's series, or the charm's track: `3.6`; absent: all. */
  readonly series?: string;
  /** The first one affected; absent: from the beginning. */
  readonly from?: string;
  /** The first one with the fix; absent: there is none yet. */
  readonly fixed?: string;
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
