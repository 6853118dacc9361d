/** How often one controller is looked at. All times in milliseconds. */
export interface FollowSettings {
  /** Pause between two looks at a model's status while things change. */
  readonly statusEvery: number;
  /** The pause grows step by step to this while nothing changes. */
  readonly statusMost: number;
  /** Pause between two readings of everything else (users, configurations, secrets, …). */
  readonly factsEvery: number;
  /** Pause between two looks at the list of models. */
  readonly listEvery: number;
  /** A model not read for longer is not believed any more: its facts turn unknown. */
  readonly maxAge: number;
  /** Shortest pause between two looks that wake-ups from Juju bring about. */
  readonly wakeAfter: number;
  /** Status calls on the controller at once. */
  readonly statusAtOnce: number;
  /** Other calls on the controller at once. */
  readonly factsAtOnce: number;
}

export const followDefaults: FollowSettings = {
  statusEvery: 15_000,
  statusMost: 60_000,
  factsEvery: 300_000,
  listEvery: 60_000,
  maxAge: 300_000,
  wakeAfter: 1_000,
  statusAtOnce: 4,
  factsAtOnce: 2,
};
