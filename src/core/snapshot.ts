/**
 * The Snapshot: all that one daemon (or one command) knows of its estate at one moment. Every road builds the same
 * shape; what a road cannot see is an unknown fact. Snapshots share structure: what did not change keeps its identity
 * from one snapshot to the next, down to the single fact (see share.ts).
 */
import type { CharmListing } from './charmhub/listing.js';
import type { Dict } from './dict.js';
import type { Fact, Instant } from './fact.js';
import type { ClusterState } from './kube/cluster.js';
import type { StackState } from './observability/stack.js';
import type { ControllerState } from './snapshot/controller.js';

export type * from './snapshot/application.js';
export type * from './snapshot/controller.js';
export type * from './snapshot/model.js';

export interface Snapshot {
  readonly kind: 'Snapshot';
  readonly version: 'v1';
  readonly takenAt: Instant;
  readonly controllers: Dict<ControllerState>;
  /**
   * The Kubernetes clusters that may be looked at, by their name in policy or kubeconfig; absent: none may. Which
   * namespace is which model's, its own labels tell (see kube/model-namespace.ts).
   */
  readonly clusters?: Dict<ClusterState>;
  /** What the observability stacks that may be asked hold, by their name in the policy; absent: none may. */
  readonly observability?: Dict<StackState>;
  /** What Charmhub says of the charms that are deployed, by their name; absent: it was not asked. */
  readonly charmhub?: Dict<Fact<CharmListing>>;
}
