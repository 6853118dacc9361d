/** Units that may be looked into (evidence kind W): only those that the policy names. */
import type { EtcdIdentity } from '../evidence/etcd-users.js';
import { globMatcher } from '../glob.js';
import type { WatchedCluster } from './clusters.js';
import type { RuleMatch } from './policy.js';

/** One entry of the policy's `workload`. */
export interface WorkloadRule {
  /** Patterns know `*` and `?`; an absent one matches all. */
  readonly match: Pick<RuleMatch, 'controller' | 'model' | 'application'>;
  /** False takes out again what an earlier entry named. */
  readonly enabled: boolean;
  /** Seconds between two looks into a unit at the least. */
  readonly every: number;
  /** Calls under way at once in one model. */
  readonly atOnce: number;
  /** Calls begun in one minute in one model. */
  readonly perMinute: number;
  /** The cluster by which units are looked into; absent: by Juju, as the prober. */
  readonly through?: WatchedCluster;
  /** As whom etcd is asked for its users; absent: it is not. */
  readonly etcd?: EtcdIdentity;
}

/** What holds where an entry says nothing. */
export const workloadDefaults = { enabled: true, every: 900, atOnce: 2, perMinute: 30 } as const;

/** The last rule that speaks of an application; undefined where none does, or that one says no. */
export function workloadRuleFor(
  rules: readonly WorkloadRule[],
  place: { readonly controller: string; readonly model: string; readonly application: string },
): WorkloadRule | undefined {
  const rule = rules.findLast(
    ({ match }) =>
      fits(match.controller, place.controller) &&
      fits(match.model, place.model) &&
      fits(match.application, place.application),
  );
  return rule?.enabled === true ? rule : undefined;
}

function fits(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || globMatcher(pattern)(name);
}
