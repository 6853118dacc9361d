/** Times by which units share an estate, ms. */
export interface Timing {
  /** A unit whose lease did not change for so long is taken for dead. */
  readonly duration: number;
  /** Between two renewals of the own lease, and before the next try where one did not work. */
  readonly renewEvery: number;
  readonly renewAgain: number;
  /** So long after a renewal was begun, steps may be begun: well before anybody may take the unit for dead. */
  readonly fresh: number;
  /** Between two looks at the leases of all. */
  readonly lookEvery: number;
  /** Who could not look for longer does not know for how long the others were silent meanwhile. */
  readonly blindAfter: number;
}

export const timing: Timing = {
  duration: 10_000,
  renewEvery: 3000,
  renewAgain: 500,
  fresh: 6600,
  lookEvery: 2000,
  blindAfter: 3000,
};
