/** What the policy says of Charmhub. */

export interface CharmhubPolicy {
  /** `live`: it is asked through `juju info`; `offline`: only the knowledge data say what its channels hold. */
  readonly mode: 'live' | 'offline';
  /** Seconds for which an answer about a charm is kept before it is asked for again. */
  readonly every: number;
  /** Charms asked about at once. */
  readonly atOnce: number;
}

export const charmhubDefaults: CharmhubPolicy = { mode: 'live', every: 86_400, atOnce: 2 };
