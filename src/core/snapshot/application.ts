/** What is known of one application, its relations and its units. */
import type { Dict } from '../dict.js';
import type { WorkloadEvidence } from '../evidence/workload.js';
import type { Fact, Instant } from '../fact.js';

export interface ApplicationState {
  readonly name: string;
  readonly charm: Fact<Charm>;
  readonly status: Fact<ApplicationStatus>;
  readonly exposure: Fact<Exposure>;
  /** Endpoint name to space; the key `''` is the default. Its keys are the charm's endpoints. */
  readonly bindings: Fact<Dict<string>>;
  /** The relations of this application, peers left out; each names both ends as far as the road shows them. */
  readonly relations: Fact<readonly Relation[]>;
  /** Units by name; a subordinate's units stand under the subordinate application. */
  readonly units: Fact<Dict<Unit>>;
  readonly upgrade: Fact<PendingUpgrade>;
  readonly config: Fact<Dict<ConfigOption>>;
  readonly trust: Fact<boolean>;
  /** Answers of the units' own ports, by unit name then port (evidence kind P). */
  readonly probes: Fact<Dict<Dict<PortProbe>>>;
  /** Evidence from inside the workload, by name; filled by the workload adapter. */
  readonly workload: WorkloadEvidence;
}

export interface Charm {
  readonly name: string;
  readonly revision?: number;
  /** `ch`, `cs` or `local`; absent where the road does not say. */
  readonly origin?: 'charmhub' | 'local' | 'charmstore';
  readonly track?: string;
  readonly risk?: string;
  /** As Juju shows it, for messages: `3.6/stable`. */
  readonly channel?: string;
  /** As in `ubuntu@24.04`. */
  readonly base?: string;
  readonly subordinateTo: readonly string[];
}

export interface ApplicationStatus {
  readonly status: string;
  readonly message: string;
  readonly workloadVersion?: string;
  readonly life?: string;
}

export interface Exposure {
  readonly exposed: boolean;
  /** By endpoint (`''` is all of them); undefined where the road shows only the flag. */
  readonly endpoints?: Dict<{ readonly cidrs: readonly string[]; readonly spaces: readonly string[] }>;
}

export interface RelationEnd {
  readonly application: string;
  /** Undefined where the road does not show this end's endpoint (older status files). */
  readonly endpoint?: string;
  readonly role?: string;
  /** The end is an application of another model (SAAS). */
  readonly remote?: boolean;
}

export interface Relation {
  readonly id?: number;
  readonly interface: string;
  /** `joined`, `joining`, `broken`, `suspended`, `''`; undefined where the road does not show it. */
  readonly status?: string;
  readonly scope?: string;
  readonly ends: readonly [RelationEnd, RelationEnd];
}

export interface Unit {
  readonly name: string;
  readonly machine?: string;
  readonly leader?: boolean;
  readonly address?: string;
  readonly agent: string;
  readonly agentMessage: string;
  readonly workload: string;
  readonly workloadMessage: string;
  /** The principal unit, for a subordinate's unit. */
  readonly principal?: string;
  readonly openPorts?: readonly string[];
  readonly version?: string;
  /** Set while this unit still runs another charm revision than its application. */
  readonly upgradingFrom?: string;
}

/** One option of an application's configuration. Values of secret-looking options are never kept: `redacted`. */
export interface ConfigOption {
  readonly value?: unknown;
  readonly source: string;
  readonly type?: string;
  readonly redacted?: true;
}

export interface PendingUpgrade {
  /** Charm URL that Juju would refresh to; `''` says nothing is known (filled once a day, empty offline). */
  readonly to: string;
}

/** What a unit's own port answered, from where Holdfast stands. A timeout is our vantage, not evidence. */
export interface PortProbe {
  readonly port: number;
  readonly answer:
    'plaintext' | 'tls' | 'tls-client-certificate' | 'refused' | 'timeout' | 'unreachable' | 'unrecognised';
  /** TLS version and cipher when one was negotiated. */
  readonly protocol?: string;
  readonly certificate?: ProbedCertificate;
}

export interface ProbedCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Absent where the prober did not read it; a certificate's lifetime decides how early it must be renewed. */
  readonly notBefore?: Instant;
  readonly notAfter: Instant;
}
