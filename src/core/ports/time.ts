/** Time as handed in: the machine's in a daemon, a virtual one in simulations and tests. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Milliseconds since some moment, by a clock that nobody can set: for measuring how long something has lasted. It may
   * stand still while the machine sleeps. Absent: `now` is never set.
   */
  steady?(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `task` once after `ms` milliseconds; the function returned cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** Randomness as handed in, so that jitter and simulations repeat with their seed. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
}
