import type { ActionAnswer } from './charm.js';
import type { UnitDisk } from './disk.js';
import type { SimApplication, SimRelation, SimUnit, World } from '../world/state.js';

/** One side of a relation, seen from one application. */
export interface RelationEvent {
  readonly world: World;
  readonly relation: SimRelation;
  readonly application: SimApplication;
  readonly endpoint: string;
  /** The application at the other end. */
  readonly other: string;
}

export interface ActionCall {
  readonly world: World;
  readonly unit: SimUnit;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ShellAnswer {
  readonly code: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What a charm does beyond running its hooks; a charm without one just turns active. */
export interface Behaviour {
  /** After the estate was built, relations included. */
  start?(world: World, application: SimApplication): void;
  /** Queues the unit's hooks of a new relation; returns whether it did, else the common ones run. */
  joined?(event: RelationEvent): boolean;
  /** The unit's work while the relation breaks; calls `finish` when done. */
  readonly broken?: (event: RelationEvent, unit: SimUnit, finish: () => void) => void;
  /** Sets the units' workload status from the application's present state. */
  refresh?(world: World, application: SimApplication): void;
  action?(call: ActionCall): ActionAnswer | undefined;
  shell?(unit: SimUnit, command: string): ShellAnswer | undefined;
  /** What lies on the unit now. */
  disk?(unit: SimUnit): UnitDisk;
}
