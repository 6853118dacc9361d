/**
 * What was seen inside the units of an application, by unit: settings as the product's own rules read them, modes of
 * files, what programs of the system and actions of the charm tell. Each is a fact of its own; what was not looked for
 * on a unit is absent, what could not be seen is an unknown fact. Values of secrets are never among them.
 */
import type { Dict } from '../dict.js';
import type { Fact, Instant } from '../fact.js';
import type { FileStanding } from './etcd.js';
import type { AuthorizerLog, KafkaListener, KafkaSettings, ZookeeperSettings } from './kafka.js';
import type { PgbouncerSettings, PostgresqlSettings } from './postgresql.js';
import type { DiskLayers, InstalledSnap, PacketFilter, PendingUpdates, ProStatus } from './system.js';

export interface UnitInside {
  readonly postgresql?: Fact<PostgresqlSettings>;
  /** How many roles have a password of which kind. */
  readonly verifiers?: Fact<Dict<number>>;
  readonly pgbouncer?: Fact<PgbouncerSettings>;
  readonly kafka?: Fact<KafkaSettings>;
  /** What `get-listeners` answers. */
  readonly listeners?: Fact<readonly KafkaListener[]>;
  readonly zookeeper?: Fact<ZookeeperSettings>;
  readonly authorizerLog?: Fact<AuthorizerLog>;
  /** Modes and owners, by path; a file that is not there is absent. */
  readonly files?: Fact<Dict<FileStanding>>;
  /** The first certificate of each file, by path. */
  readonly certificates?: Fact<Dict<FileCertificate>>;
  /** What `list-backups` answers, on the unit that was asked. */
  readonly backups?: Fact<readonly Backup[]>;
  /** What `status-detail` answers: the state of each part of the charm. */
  readonly details?: Fact<Dict<readonly StatusDetail[]>>;
  /** Whether etcd asks who its users are. */
  readonly etcdAuthentication?: Fact<EtcdAuthentication>;
  readonly etcdPeers?: Fact<readonly EtcdPeer[]>;
  readonly pro?: Fact<ProStatus>;
  readonly updates?: Fact<PendingUpdates>;
  readonly snap?: Fact<InstalledSnap>;
  readonly disk?: Fact<DiskLayers>;
  readonly packetFilter?: Fact<PacketFilter>;
}

/** What is kept of a certificate on disk. */
export interface FileCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Absent where it was not read. */
  readonly notBefore?: Instant;
  readonly notAfter: Instant;
  /** SHA-256 over the whole certificate: lower-case hexadecimal, without colons. */
  readonly fingerprint?: string;
}

export interface Backup {
  /** As the charm names it: a moment in UTC, in which it began. */
  readonly id: string;
  /** Absent where the name is no moment. */
  readonly at?: Instant;
  readonly type: string;
  /** In the charm's word: `finished`, or `failed` and why. */
  readonly status: string;
}

export interface StatusDetail {
  readonly status: string;
  readonly message: string;
}

/** `shown`: in etcd's own words, or ours. */
export interface EtcdAuthentication {
  readonly state: 'on' | 'off';
  readonly shown: string;
}

/** One member, as the cluster itself lists it. */
export interface EtcdPeer {
  /** Empty for one that has never started. */
  readonly name: string;
  readonly peerUrls: readonly string[];
}
