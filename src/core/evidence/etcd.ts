/**
 * What is known from inside of one member of etcd: how it is set up, and whom its files belong to.
 *
 * It stands in a snapshot as `application.workload.etcdMembers`, a fact that holds a member for each unit by the unit's
 * name. Whoever collects it (inside units, on a host, or from outside) reads the configuration by
 * `readEtcdConfiguration` of `src/workload/etcd`, which knows how etcd itself reads it, and its certificates by
 * `src/workload/x509`. What could not be collected of a member is an unknown fact; what was not tried is absent.
 */
import type { Dict } from '../dict.js';
import type { Fact, Instant } from '../fact.js';
import type { PortProbe } from '../snapshot.js';

/** One member, as far as somebody looked at it. */
export interface EtcdMember {
  /** What etcd makes of its configuration file, environment and flags. */
  readonly configuration?: Fact<EtcdConfiguration>;
  /** The configuration file itself; its mode stands in for the benchmark's pod specification. */
  readonly configurationFile?: Fact<FileStanding>;
  readonly dataDirectory?: Fact<FileStanding>;
  /** The certificates in the file that `trusted-ca-file` names. */
  readonly clientCas?: Fact<readonly CertificateFacts[]>;
  /** The certificates in the file that `peer-trusted-ca-file` names. */
  readonly peerCas?: Fact<readonly CertificateFacts[]>;
  /** What its client port answers a caller who shows no certificate. */
  readonly clientPort?: Fact<PortProbe>;
  /** What its peer port answers a caller who shows no certificate. */
  readonly peerPort?: Fact<PortProbe>;
  /** What it shows to a caller who may have a certificate. */
  readonly served?: Fact<EtcdServed>;
}

/** Settings as etcd ends up with them, or why it does not start with them. */
export interface EtcdConfiguration {
  /** Whether a configuration file rules, which makes every flag and variable ignored. */
  readonly ruledBy: 'file' | 'flags and environment';
  /** The file that rules, where there is one. */
  readonly file?: string;
  /** By the name of the flag: `client-cert-auth`, `peer-trusted-ca-file`. What nobody set is absent: the default holds. */
  readonly settings: Dict<EtcdSetting>;
  /** Why etcd refuses to start, in words; absent: nothing that we know of keeps it from starting. */
  readonly refusal?: string;
  /** What some versions of etcd take and others refuse, in words, where the version is not known. */
  readonly dependsOnVersion?: string;
  /** What was written down and has no effect, in words: an overridden flag, an unknown key. Bounded. */
  readonly ignored: readonly string[];
}

export interface EtcdSetting {
  /** Lists, such as URLs, stay one text, parted by commas; booleans are `true` or `false`. */
  readonly value: string;
  readonly origin: 'file' | 'environment' | 'flag';
}

/** Mode and owner of a file or folder. */
export interface FileStanding {
  readonly path: string;
  /** The permission bits, such as 0o600. */
  readonly mode: number;
  /** Name or number, as the system told it. */
  readonly owner: string;
  readonly group: string;
}

/** What is kept of a certificate; what was not looked at is absent. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** SHA-256 over the whole certificate: lower-case hexadecimal, without colons. */
  readonly fingerprint: string;
  /** SHA-256 over its public key: a CA that was renewed with its old key stays the same CA. */
  readonly keyFingerprint?: string;
  /** `rsa`, `ec`, `ed25519`, …; `unknown` for kinds that cannot be read. */
  readonly keyKind?: string;
  /** Bits of an RSA key or of a curve; absent where that says nothing. */
  readonly keyBits?: number;
  /** As in `DNS:etcd-0` and `IP:10.0.0.1`. Bounded. */
  readonly alternativeNames?: readonly string[];
  readonly isCa?: boolean;
  readonly selfSigned?: boolean;
}

/** What a live member shows from outside. */
export interface EtcdServed {
  /** The URL asked. */
  readonly url: string;
  /** The chain as served, the member's own certificate first; empty: it speaks no TLS. */
  readonly chain: readonly CertificateFacts[];
  /** Version and cipher, once negotiated. */
  readonly protocol?: string;
  /** Whether the chain leads to a CA that the caller was given; absent: none was given. */
  readonly trusted?: boolean;
  /** The CA that signed for it, where the caller was given it or it was served. */
  readonly ca?: CertificateFacts;
  /** Whether the caller could ask something, with the certificate that it was given. */
  readonly asked: boolean;
  /** `on`, `off`, or `unknown` with why. */
  readonly authentication: 'on' | 'off' | 'unknown';
  /** Why that is so, in etcd's own words or ours. */
  readonly authenticationShown: string;
  /** Whether the caller's common name was taken as a user of etcd; absent: that did not show. */
  readonly nameIsUser?: boolean;
}
