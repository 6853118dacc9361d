/** What the operating system below a unit tells of itself. */

export interface ProStatus {
  readonly attached: boolean;
  /** Services that are enabled: `esm-apps`, `esm-infra`, `livepatch`. */
  readonly enabled: readonly string[];
}

/** Security updates that wait to be installed. */
export interface PendingUpdates {
  /** From the standard archive, and from both parts of Ubuntu Pro. */
  readonly security: number;
  readonly restartNeeded: boolean;
}

export interface InstalledSnap {
  readonly name: string;
  readonly version: string;
  readonly revision: number;
  readonly held: boolean;
}

/** What the volume with the data consists of. */
export interface DiskLayers {
  /** The device that holds the folder, as the system names it. */
  readonly device: string;
  /** Kinds of the layers from the device down to the disk: `lvm`, `crypt`, `part`, `disk`; empty: not listed. */
  readonly layers: readonly string[];
}

/** What the machine itself lets in. `none`: nothing filters; `nft`: something does, whose rules are not read. */
export interface PacketFilter {
  readonly tool: 'ufw' | 'iptables' | 'nft' | 'none';
  /** What happens to what no rule is about. */
  readonly incoming: 'accept' | 'drop';
  /** In their order: the first that fits decides. Those about loopback and connections that stand are left out. */
  readonly rules: readonly FilterRule[];
}

/** `other`: a rule that cannot be read from here. */
export interface FilterRule {
  readonly verdict: 'accept' | 'drop' | 'other';
  /** As in `2379,2380` and `2000:3000`; absent: all. */
  readonly ports?: string;
  /** An address or a block; absent: everybody. */
  readonly from?: string;
}
