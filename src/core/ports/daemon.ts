import type { Plan } from '../plan.js';
import type { Report } from '../report/types.js';
import type { JujuHealth } from './juju-api.js';
import type { Remediation } from './store.js';

/** What a running daemon shows of itself: to the page, to metrics, to readiness checks. */
export interface DaemonView {
  /** The report of this moment; cheap enough to be asked for at every request. */
  report(): Report;
  plans(): readonly Plan[];
  /** Newest last. */
  remediations(): readonly Remediation[];
  health(): readonly JujuHealth[];
  queue(): QueueView;
  readiness(): Readiness;
}

export interface QueueView {
  readonly depth: number;
  readonly inFlight: number;
  /** Keys that wait for a retry after a failure. */
  readonly backingOff: number;
}

/** Ready: every controller's view is fresh. Otherwise the reasons say what is not, for people. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** Counts what happens. Labels are bounded: never a text from a model or an error. */
export interface Telemetry {
  reconciled(outcome: 'done' | 'failed', seconds: number): void;
  evaluated(seconds: number): void;
  drift(control: string): void;
  /** From the first sight of the drift to its verified fix. */
  fixed(control: string, seconds: number): void;
  remediationEnded(state: string, reason: string): void;
  cliCall(command: string, outcome: string, seconds: number): void;
  probed(answer: string): void;
}
