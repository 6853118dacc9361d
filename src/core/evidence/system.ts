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
