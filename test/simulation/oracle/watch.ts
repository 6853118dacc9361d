/** What the checks of all invariants share, and how they say that one is broken. */
import type { Daemon } from '../../../src/controller/daemon.js';
import type { Policy } from '../../../src/core/policy/policy.js';
import type { Target } from '../../../src/core/target.js';
import type { SimModel } from '../../../src/simulator/world/state.js';
import type { Spawned } from '../ports/processes.js';
import type { Host, Life } from '../machine.js';
import type { Shadow } from './shadow.js';

export interface Violation {
  /** Number of the invariant. */
  readonly invariant: number;
  /** What kind of break, the same for all breaks of the kind. */
  readonly rule: string;
  readonly text: string;
  /** ms of the world's clock. */
  readonly at: number;
}

export interface Watch {
  readonly host: Host;
  readonly shadow: Shadow;
  readonly policy: () => Policy;
  readonly daemon: () => Daemon | undefined;
  /** The life of the daemon that runs now. */
  readonly life: () => Life | undefined;
  /** The simulated model that a target is in. */
  readonly model: (target: Target) => SimModel | undefined;
  readonly running: () => readonly Spawned[];
  readonly broken: (invariant: number, rule: string, text: string) => void;
}

/** The machine's own time, ms. */
export function machineTime({ host }: Pick<Watch, 'host'>): number {
  return host.kernel.now() + host.skew;
}

/** As a line to type. */
export function lineOf(argv: readonly string[]): string {
  return `juju ${argv.join(' ')}`;
}
