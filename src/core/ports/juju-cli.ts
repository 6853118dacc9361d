/** What a finished `juju` call means; decided by exit code, standard error and, for actions, the status in the JSON. */
export type CliOutcome =
  /** Exit 0 and nothing speaks against it: the effect must still be observed. */
  | 'done'
  /** The state asked for is there already, says Juju: read it anew (a relation may be on its way out). */
  | 'already'
  /** A disabled command set forbids it: report, never lift. */
  | 'blocked'
  /** Our identity lacks the right. */
  | 'denied'
  /** Upgrade, migration or maintenance: try much later. */
  | 'busy'
  /** Unreachable, contention, timeout: try again with backoff. */
  | 'retry'
  /** The thing named does not exist. */
  | 'not-found'
  /** Juju refuses for good: wrong option, limit reached, bad value, failed action, usage. */
  | 'rejected';

export interface CliResult {
  readonly outcome: CliOutcome;
  /** The program's arguments, without the program; never holds a secret. */
  readonly argv: readonly string[];
  /** Absent when the process was ended by us or by a signal. */
  readonly exitCode?: number;
  readonly timedOut: boolean;
  /** Capped and scrubbed. */
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** One sentence for people. */
  readonly summary: string;
}

/** How one call is made, besides its arguments. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Told of the process's id as soon as it runs. */
  readonly onSpawn?: (pid: number) => void;
  /** Asked right before the process is started; where it says no, none is, and the outcome is `busy`. */
  readonly mayStart?: () => boolean;
  /** For standard input: the way in for secrets. Without it, standard input is closed. */
  readonly input?: string;
  /** Never to be seen in the result. What goes to standard input never is. */
  readonly secrets?: readonly string[];
}

/** Drives the `juju` executable for one controller. Never throws for what Juju answers; that is in the outcome. */
export interface JujuCli {
  readonly controller: string;
  run(argv: readonly string[], options?: CallOptions): Promise<CliResult>;
}
