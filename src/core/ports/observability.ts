import type { StackPart, StackState } from '../observability/stack.js';
import type { WatchedModel } from '../observability/watched-models.js';

/** How one server of a stack answered so far. */
export interface StackPartHealth {
  readonly part: StackPart;
  /** Whether every question of the last reading was answered. */
  readonly reachable: boolean;
  /** The last trouble in words, secrets left out; absent when all is well. */
  readonly trouble?: string;
  /** Questions asked and not answered since the start. */
  readonly requests: number;
  readonly errors: number;
}

/** How well one stack is seen. */
export interface StackHealth {
  readonly stack: string;
  /** Seconds since it was last read with at least one answer; absent before that. */
  readonly ageSeconds?: number;
  readonly parts: readonly StackPartHealth[];
}

/** Asks the servers of one stack by their read-only APIs. */
export interface Observability {
  readonly stack: string;
  /**
   * Everything that it holds of these models, read now. Never rejects for a server that does not answer or refuses:
   * what was not read is unknown, with the reason. Rejects when the signal aborts.
   */
  read(models: readonly WatchedModel[], signal: AbortSignal): Promise<StackState>;
  health(): readonly StackPartHealth[];
  close(): Promise<void>;
}
