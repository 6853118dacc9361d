import type { Instant } from '../fact.js';
import type { ControllerState } from '../snapshot.js';

/** Something of this controller (or of one model of it) reads differently than before: look again. */
export interface StateChange {
  readonly controller: string;
  /** Absent: the controller's own facts or its list of models. */
  readonly model?: string;
}

/** How well one controller can be seen right now. */
export interface JujuHealth {
  readonly controller: string;
  readonly connected: boolean;
  /** The last trouble in words, secrets left out; undefined when all is well. */
  readonly trouble?: string;
  readonly models: readonly {
    readonly model: string;
    /** When the model's status was last read with success. */
    readonly lastRead?: Instant;
    readonly trouble?: string;
    /** Seconds between two looks at present. */
    readonly interval: number;
  }[];
  readonly calls: number;
  readonly errors: number;
  readonly reconnects: number;
  /** The calls by what was called, as `Client.FullStatus`; absent where that is not counted. */
  readonly callsBy?: ReadonlyMap<string, number>;
  /** The errors by kind: a few codes. */
  readonly errorsBy?: ReadonlyMap<string, number>;
}

/**
 * Follows one controller by its API. It reads on its own (polls, wake-ups, slower facts) and keeps one ControllerState
 * in which everything that did not change keeps its identity. Facts too old to be believed turn unknown by themselves.
 */
export interface JujuApi {
  readonly controller: string;
  /** Begins to follow. Never rejects for an unreachable controller: that shows in `health()` and as unknown facts. */
  start(): void;
  current(): ControllerState;
  /** The function returned ends the subscription. */
  onChange(listener: (change: StateChange) => void): () => void;
  /** Reads anew now. Resolves once a read that began after this call is in the state, rejects when it failed. */
  refresh(model?: string): Promise<void>;
  /** The same for the controller's own facts and its list of models, leaving the models alone. */
  refreshController(): Promise<void>;
  /** Asks anew how closely each model is to be followed, where that is asked for at all. */
  reattend?(): void;
  health(): JujuHealth;
  close(): Promise<void>;
}
