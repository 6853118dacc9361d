import type { Environment } from '../config/environment.js';
import type { Guide } from '../core/control.js';
import type { Instant } from '../core/fact.js';
import type { Plan } from '../core/plan.js';
import type { Policy } from '../core/policy/policy.js';
import type { Remediation } from '../core/ports/index.js';
import type { Report } from '../core/report/types.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Io } from './io.js';

/** What the commands are given. Everything that costs time to load comes as a function that loads it. */
export interface Services {
  readonly io: Io;
  readonly environment: Environment;
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly guides: () => Promise<readonly Guide[]>;
  readonly roads: Roads;
  /** The report as one HTML file. */
  readonly html?: (report: Report) => Promise<string>;
  /** Absent: nothing may be changed by this program. */
  readonly apply?: Apply;
  readonly run?: (options: RunOptions) => Promise<number>;
  readonly demo?: (options: DemoOptions) => Promise<number>;
}

/** Where a text came from, and when it was read or saved. */
export interface TextOrigin {
  readonly source: string;
  readonly at: Instant;
}

/** The ways to a snapshot. One that this build does not have is absent. */
export interface Roads {
  readonly status?: (content: string, origin: TextOrigin) => Promise<Snapshot>;
  readonly bundle?: (content: string, origin: TextOrigin) => Promise<Snapshot>;
  /** Reads a folder of answers that a Juju gave to somebody. */
  readonly recording?: (folder: string) => Promise<Snapshot>;
  /** Asks the `juju` that the person is logged in with. */
  readonly juju?: (look: Look) => Promise<Snapshot>;
  /** Asks the controllers of the policy by their API. */
  readonly controllers?: (policy: Policy, look: Look) => Promise<Snapshot>;
}

/** What a road that takes its time is given. */
export interface Look {
  readonly progress: (line: string) => void;
  readonly environment: Environment;
  /** A new folder into which every answer is written as it was given, secrets removed. */
  readonly raw?: string | undefined;
}

/** Carries out plans that a person approved by their hashes; everything else is left alone. */
export type Apply = (request: ApplyRequest) => Promise<readonly Remediation[]>;

export interface ApplyRequest {
  readonly policy: Policy;
  readonly plans: readonly Plan[];
  readonly progress: (line: string) => void;
}

export interface RunOptions {
  readonly policyFile: string;
  readonly environment: Environment;
  readonly io: Io;
}

export interface DemoOptions {
  /** Shows one drift being found and fixed, then ends. */
  readonly once: boolean;
  /** Port of the page; 0 lets the machine choose. */
  readonly port: number;
  readonly seed: number;
  /** How many times faster than real time the simulated estate lives. */
  readonly speed: number;
  readonly environment: Environment;
  readonly io: Io;
}
