/** What units of the daemon need of the world to share an estate. */

/** A lease as it was read or written last. */
export interface Lease {
  readonly name: string;
  /** Who has it; empty: nobody. */
  readonly holder: string;
  /** Small texts of ours on it. */
  readonly notes: Readonly<Record<string, string>>;
  /** Another after every write of anybody; compared for being the same only. */
  readonly version: string;
  /** How often it went to another holder, and when it last did, as somebody's clock has it: for people. */
  readonly transitions: number;
  readonly acquired?: string;
}

/** Somebody else was first: the lease is not as it was read. */
export class LeaseConflict extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LeaseConflict';
  }
}

/** The leases of one group of units. Which units live is told by whose lease is renewed, never by the times in them. */
export interface Leases {
  /** All of the group, as of one moment. @throws Error in words without secrets */
  list(): Promise<readonly Lease[]>;
  /**
   * Writes a lease that is still as `before` (undefined: there is none yet). Writing the same again renews it.
   * @throws LeaseConflict where it is not; Error in words without secrets when it is not known whether it was written.
   */
  put(lease: LeaseText, before: Lease | undefined): Promise<Lease>;
}

export type LeaseText = Pick<Lease, 'name' | 'holder' | 'notes'>;

export interface SharingPorts {
  readonly leases: Leases;
  /** Milliseconds of a clock that only goes forward, whatever the machine's clock is set to. */
  readonly monotonic: () => number;
  /** A text that no other process of any unit has. What was given last is what `before` is after a restart. */
  readonly newInstance: () => string;
  /** What the process before this one was given, where it is known to have ended. */
  readonly before?: string;
}

/**
 * How closely a model is followed: `own` as the policy paces it; `slow` as seldom as slow facts, for judging what
 * concerns the whole controller; `none`: another unit watches it, and all that is known here is that it is there.
 */
export type Attention = 'own' | 'slow' | 'none';

/** Says how closely a model is to be followed. */
export type Attend = (model: {
  /** As it is shown. */
  readonly shown: string;
  readonly name: string;
  readonly owner: string;
}) => Attention;

/** How units share the estate, as one of them sees it. */
export interface SharingView {
  readonly unit: string;
  readonly parts: number;
  /** The parts that are worked on here, as Leases call them. */
  readonly held: readonly string[];
  /** How many parts are in which state: held here, being taken or given up here, held by others, held by nobody. */
  readonly states: Readonly<Record<PartState, number>>;
  /** Units that live, this one among them. */
  readonly members: readonly string[];
  /** Why no step may be begun here at present; absent: steps may be begun. */
  readonly trouble?: string;
}

export const partStates = ['held', 'opening', 'closing', 'other', 'free'] as const;
export type PartState = (typeof partStates)[number];
