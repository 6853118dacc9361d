import type { Instant } from '../fact.js';
import type { AccessAnswer, AccessCheck, AccessSubject } from '../kube/access.js';
import type { ClusterState } from '../kube/cluster.js';

/** Something of this cluster (or of one namespace of it) reads differently than before: look again. */
export interface ClusterChange {
  readonly cluster: string;
  /** Absent: the cluster's own facts. */
  readonly namespace?: string;
}

/** One list that is held up to date by a watch. */
export interface WatchHealth {
  /** As in `networkpolicies.networking.k8s.io`. */
  readonly resource: string;
  /** Absent: all namespaces, or a resource outside them. */
  readonly namespace?: string;
  /** When the server was last heard on it, be it only to say that nothing changed; absent before the first list. */
  readonly lastHeard?: Instant;
  /** The last trouble in words, secrets left out; absent when all is well. */
  readonly trouble?: string;
  /** Lists read whole, the first included. */
  readonly lists: number;
  /** Watches that ended, in order or not, each to be begun anew. */
  readonly reconnects: number;
  /** Times that the watchdog ended a silence. */
  readonly silences: number;
  /** Objects that came, changed or went, told by the watch or found by a list. */
  readonly changes: number;
}

/** How well one cluster can be seen right now. */
export interface KubeHealth {
  readonly cluster: string;
  /** Every watch that is allowed runs, and is not in trouble. */
  readonly connected: boolean;
  readonly trouble?: string;
  /** Seconds since the most silent of the allowed watches was heard; absent while one of them never was. */
  readonly ageSeconds?: number;
  readonly watches: readonly WatchHealth[];
}

/**
 * How far the first reading is: `reading` until everything was tried, then `read`; `troubled` while something failed that
 * may still come. What may not be read counts as read.
 */
export type KubeStage = 'reading' | 'troubled' | 'read';

/**
 * Follows one cluster by lists and watches and keeps one ClusterState in which everything that did not change keeps
 * its identity. Facts too old to be believed turn unknown by themselves. Secrets are never read.
 */
export interface KubeSource {
  readonly cluster: string;
  /** Begins to follow. Never throws for an unreachable cluster: that shows in `health()` and as unknown facts. */
  start(): void;
  /** Follows these namespaces from now on, and no longer those that are left out. */
  follow(namespaces: readonly string[]): void;
  current(): ClusterState;
  /** The function returned ends the subscription. */
  onChange(listener: (change: ClusterChange) => void): () => void;
  /**
   * Asks the authorizer.
   * @throws Error in words without secrets, when it does not answer or may not be asked.
   */
  review(subject: AccessSubject, checks: readonly AccessCheck[]): Promise<readonly AccessAnswer[]>;
  health(): KubeHealth;
  stage(): KubeStage;
  close(): Promise<void>;
}

/** A container of a pod. */
export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** What a command printed, whatever its exit code; or why nothing is known of it. */
export type PodAnswer =
  { readonly stdout: string } | { readonly missing: string; readonly permission?: string };

/** Runs commands in containers. Rejects for nothing but an aborted signal. */
export interface PodExec {
  run(place: PodPlace, command: readonly string[], signal?: AbortSignal): Promise<PodAnswer>;
}
