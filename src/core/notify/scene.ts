import type { HeldStep } from '../ports/daemon.js';
import type { JujuHealth } from '../ports/juju-api.js';
import type { NotifierHealth } from '../ports/notifier.js';
import type { Quarantine, Remediation, StoreHealth } from '../ports/store.js';
import type { Report } from '../report/types.js';

/** All that alerts are made of, as of one moment. */
export interface Scene {
  readonly report: Report;
  readonly health: readonly JujuHealth[];
  readonly held: readonly HeldStep[];
  readonly remediations: readonly Remediation[];
  readonly quarantines: readonly Quarantine[];
  readonly journal: StoreHealth;
  readonly deliveries: readonly NotifierHealth[];
  /** Where several units share the estate. */
  readonly unit?: string;
  /** Seconds after which what was read is no longer believed. */
  readonly maxAge: number;
  /** Seconds for which something has to stay unknown before that is told. */
  readonly unknownAfter: number;
  /** ms since the epoch. */
  readonly now: number;
}
