/** Limits and paces of the connections to one controller. All times in milliseconds. */
export interface ConnectionSettings {
  /** Longest wait for the answer to one call. */
  readonly callTimeout: number;
  /** Longest wait for one address to accept a connection. */
  readonly connectTimeout: number;
  readonly loginTimeout: number;
  /** Head start of each address over the next one. */
  readonly addressStagger: number;
  readonly pingEvery: number;
  /** A peer silent for longer after a ping is taken for dead. */
  readonly pongWithin: number;
  /** First pause after a failure to connect; it doubles up to `backoffMost`. */
  readonly backoffFirst: number;
  readonly backoffMost: number;
  /** Sessions older than this log in anew, so that Juju never counts our users as stale. */
  readonly loginAnewAfter: number;
  /** Largest message accepted, in bytes. */
  readonly largestMessage: number;
  /** Connections being opened at once. */
  readonly mostOpening: number;
  /** Connections kept open at once; beyond it the one idle for longest is closed. */
  readonly mostOpen: number;
}

export const connectionDefaults: ConnectionSettings = {
  callTimeout: 60_000,
  connectTimeout: 10_000,
  loginTimeout: 30_000,
  addressStagger: 300,
  pingEvery: 30_000,
  pongWithin: 10_000,
  backoffFirst: 1_000,
  backoffMost: 30_000,
  loginAnewAfter: 7 * 86_400_000,
  largestMessage: 64 * 1024 * 1024,
  mostOpening: 10,
  mostOpen: 200,
};
