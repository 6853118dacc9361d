/**
 * Safety rails: each looks at one step of a plan and says whether it may be taken now, and if not, why. All of them are
 * pure; what they need to know is in the scene. Every verdict is shown, also those that hold nothing back.
 */
import type { Proposal, ProposedStep } from '../plan.js';
import type { Mark, Orders, RemediationState, StoreHealth } from '../ports/index.js';
import type { ControllerState, ModelState } from '../snapshot.js';

export const railNames = [
  'journal',
  'mode',
  'managed',
  'pause',
  'quarantine',
  'breaker',
  'fight',
  'self',
  'order',
  'preflight',
  'blast-radius',
  'hourly-cap',
  'window',
  'approval',
] as const;

export type RailName = (typeof railNames)[number];

/** The place that a plan is about. */
export interface World {
  readonly controller: ControllerState;
  /** Absent for changes to the controller itself. */
  readonly model?: ModelState;
}

/** What the rails look at besides the step. */
export interface RailScene {
  readonly world: World;
  readonly proposal: Proposal;
  readonly orders: Orders;
  /** Of this controller, as far back as the longest window reaches. */
  readonly marks: readonly Mark[];
  readonly journal: StoreHealth;
  /** Names of our own identities on this controller. */
  readonly ourselves: readonly string[];
  /** Whether a person has to approve every step, whatever the policy lets through. */
  readonly askAlways?: boolean;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
}

/** What holds a step back, as it is written into the remediation. */
export interface Hold {
  readonly state: RemediationState;
  /** CamelCase. */
  readonly reason: string;
  readonly message: string;
  /** When time alone lifts it (ms); absent: something else has to happen. */
  readonly until?: number;
}

/** A rail's word on one step. */
export interface RailVerdict {
  readonly rail: RailName;
  /** Absent: it lets the step through. */
  readonly hold?: Hold;
  /** What it looked at, for people: `2 of 5 applications`, `open until 04:00Z`. */
  readonly note: string;
}

export type Rail = (step: ProposedStep, scene: RailScene) => Omit<RailVerdict, 'rail'>;
