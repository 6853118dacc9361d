/** How several units of the daemon share one estate, as the policy says it. */
export interface SharingPolicy {
  /** This unit's own name; absent: its host's. */
  readonly unit?: string;
  /** Into how many parts the estate is cut; the same on all units. */
  readonly parts: number;
  /** What the Leases of units that belong together are named by. */
  readonly group: string;
  /** Where the Leases are; absent: the namespace of the pod that we run in. */
  readonly namespace?: string;
  /** Absolute path of a kubeconfig; absent: the service account of the pod that we run in. */
  readonly kubeconfig?: string;
  /** A context of the kubeconfig; absent: its current one. */
  readonly context?: string;
}

export const sharingDefaults = { parts: 16, group: 'holdfast' } as const;

/** Units' and groups' names become parts of the names of Leases. */
export const leaseNameForm = /^[a-z\d]([a-z\d-]{0,38}[a-z\d])?$/;
